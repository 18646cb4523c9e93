using System.Text;
using MailGrains.Mime.Headers;

namespace MailGrains.Mime.Tests;

public sealed class MessageIdTextTests
{
    [Theory]
    [InlineData(" <a@b>\r\n", "a@b")]
    [InlineData("a@b", "a@b")]
    [InlineData("\r\n\t<caf\u00e9@b> ", "caf\u00e9@b")]
    [InlineData("<a b@c>", "a b@c")]
    [InlineData("", null)]
    [InlineData(" <> ", null)]
    [InlineData("<a\r\n b@c>", null)]
    [InlineData("<a\u007f@c>", null)]
    public void It_is_told_without_brackets_and_in_one_line(string value, string? told) =>
        Assert.Equal(told, MessageIdText.Of(Encoding.UTF8.GetBytes(value)));

    [Fact]
    public void One_longer_than_a_line_can_be_is_none()
    {
        Assert.Equal(998, MessageIdText.Of(Encoding.ASCII.GetBytes('<' + new string('x', 998) + '>'))!.Length);
        Assert.Null(MessageIdText.Of(Encoding.ASCII.GetBytes('<' + new string('x', 999) + '>')));
    }
}
