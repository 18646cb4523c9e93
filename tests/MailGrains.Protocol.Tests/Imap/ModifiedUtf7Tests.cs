using System.Text;
using CsCheck;
using MailGrains.Imap;
using Xunit;

namespace MailGrains.Protocol.Tests.Imap;

public sealed class ModifiedUtf7Tests
{
    [Theory]
    [InlineData("INBOX", "INBOX")]
    [InlineData("A&-B", "A&B")]
    [InlineData("Entw&APw-rfe", "Entwürfe")]
    [InlineData("~peter/mail/&U,BTFw-/&ZeVnLIqe-", "~peter/mail/台北/日本語")]
    [InlineData("&2D3cjA-", "\ud83d\udc8c")]
    [InlineData("&IKwgrA-x", "€€x")]
    [InlineData("&AAA-", "\0")]
    [InlineData("", "")]
    public void Names_and_their_only_encoding(string encoded, string name)
    {
        Assert.Equal(name, ModifiedUtf7.Decode(Encoding.ASCII.GetBytes(encoded)));
        Assert.Equal(encoded, ModifiedUtf7.Encode(name));
    }

    [Theory]
    [InlineData("&")]
    [InlineData("a&")]
    [InlineData("&AAA")]
    [InlineData("&APw")]
    [InlineData("&AGE-")]
    [InlineData("&ACY-")]
    [InlineData("&2D0-")]
    [InlineData("&3Iw-")]
    [InlineData("&2D3YPQ-")]
    [InlineData("&APx-")]
    [InlineData("&APwA-")]
    [InlineData("&A-")]
    [InlineData("&AP/8-")]
    [InlineData("&AP =-")]
    [InlineData("&APw-&APw-")]
    [InlineData("a\u007f")]
    [InlineData("a\tb")]
    [InlineData("\u00fc")]
    public void Anything_else_is_no_name(string encoded) => Assert.Null(ModifiedUtf7.Decode(Encoding.Latin1.GetBytes(encoded)));

    [Fact]
    public void Every_name_survives_encoding()
    {
        var runes = Gen.OneOf(Gen.Int[0x20, 0x7e], Gen.Int[0xa0, 0xd7ff], Gen.Int[0xe000, 0x10ffff]).Select(i => new Rune(i).ToString());
        runes.Array[0, 20].Select(string.Concat).Sample(name => ModifiedUtf7.Decode(Encoding.ASCII.GetBytes(ModifiedUtf7.Encode(name))) == name);
    }

    [Fact]
    public void What_decodes_encodes_to_the_same_octets() =>
        Gen.String[Gen.Char["&-ABPw2D3,+/x"], 0, 12].Sample(text => ModifiedUtf7.Decode(Encoding.ASCII.GetBytes(text)) is not { } name || ModifiedUtf7.Encode(name) == text, iter: 50_000);
}
