using System.Text;
using MailGrains.Cli.Api;
using MailGrains.Cli.Mailstores;
using MailGrains.TestKit;
using Xunit;

namespace MailGrains.Cli.Tests.Mailstores;

/// <summary>An mbox that was exported gives the same messages, flags and dates when it is imported.</summary>
public sealed class MboxStatusTests
{
    [Theory]
    [InlineData("Subject: x\r\n\r\nbody\r\n", "")]
    [InlineData("Subject: x\r\n\r\nbody\r\n", @"\Seen")]
    [InlineData("Subject: x\r\n\r\nFrom me\r\n", @"\Seen \Answered \Flagged \Deleted \Draft")]
    [InlineData("Subject: x\r\n\r\n", @"\Flagged")]
    public void Flags_come_back(string message, string flags) => AssertComesBack(message, flags, flags);

    [Theory]
    [InlineData("Subject: x\r\nStatus: old news\r\n\r\nbody\r\n")]
    [InlineData("Subject: x\r\nX-Status: fine\r\n\r\nbody\r\n")]
    [InlineData("Subject: x\r\nStatus: a\r\nX-Status: b\r\n\r\nbody\r\n")]
    [InlineData("Subject: x\r\nX-Status: b\r\nStatus: a\r\n\r\nbody\r\n")]
    [InlineData("Status: a\r\n\r\nbody\r\n")]
    public void Fields_of_the_message_itself_stay(string message)
    {
        AssertComesBack(message, "", "");
        AssertComesBack(message, @"\Flagged", @"\Flagged");
    }

    [Theory]
    [InlineData("no header")]
    [InlineData("\r\nbody only\r\n")]
    public void What_has_no_header_stays_as_it_is(string message) => AssertComesBack(message, @"\Seen", null, "\r\n");

    [Fact]
    public void Other_programs_flags_are_taken()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "mbox");
        File.WriteAllText(path, "From a Thu Feb  1 03:04:05 2024\nSubject: x\nStatus: RO\nX-Status: AF\n\nbody\n");
        var message = Assert.Single(MailSource.Read(path, "INBOX")).Message!;
        Assert.Equal(@"\Seen \Answered \Flagged", message.Flags);
        Assert.Equal("Subject: x\r\n\r\nbody\r\n", Encoding.ASCII.GetString(message.Octets));
    }

    private static void AssertComesBack(string message, string flags, string? expected, string added = "")
    {
        using var folder = new TemporaryFolder();
        using (var target = new MboxTarget(Path.Combine(folder.Path, "out"), exact: false))
        {
            target.Begin("INBOX");
            var names = flags.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            target.Write(new ExportedMessage(1, names, 1706756645, message.Length, null), Encoding.ASCII.GetBytes(message));
        }

        var read = Assert.Single(MailSource.Read(Path.Combine(folder.Path, "out", "INBOX.mbox"), "INBOX")).Message!;
        Assert.Equal(message + (message.EndsWith('\n') ? "" : added), Encoding.ASCII.GetString(read.Octets));
        if (expected is not null) Assert.Equal(expected, read.Flags);
        Assert.Equal(1706756645, read.Date?.ToUnixTimeSeconds());
    }
}
