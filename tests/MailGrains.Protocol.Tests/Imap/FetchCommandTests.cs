using System.Text;
using MailGrains.Imap.Commands;
using Xunit;

namespace MailGrains.Protocol.Tests.Imap;

public sealed class FetchCommandTests
{
    private static FetchItem Item(string item) => Assert.Single(Parsing.Command<FetchCommand>("FETCH 1 " + item).Items);

    private static IEnumerable<FetchAttribute> Attributes(FetchCommand command) => command.Items.Cast<FetchItem.Simple>().Select(i => i.Attribute);

    [Theory]
    [InlineData("ENVELOPE", FetchAttribute.Envelope)]
    [InlineData("flags", FetchAttribute.Flags)]
    [InlineData("INTERNALDATE", FetchAttribute.InternalDate)]
    [InlineData("RFC822", FetchAttribute.Rfc822)]
    [InlineData("RFC822.SIZE", FetchAttribute.Rfc822Size)]
    [InlineData("RFC822.HEADER", FetchAttribute.Rfc822Header)]
    [InlineData("RFC822.TEXT", FetchAttribute.Rfc822Text)]
    [InlineData("BODY", FetchAttribute.Body)]
    [InlineData("BODYSTRUCTURE", FetchAttribute.BodyStructure)]
    [InlineData("UID", FetchAttribute.Uid)]
    [InlineData("MODSEQ", FetchAttribute.ModSeq)]
    [InlineData("EMAILID", FetchAttribute.EmailId)]
    [InlineData("THREADID", FetchAttribute.ThreadId)]
    [InlineData("SAVEDATE", FetchAttribute.SaveDate)]
    public void Simple_items(string text, FetchAttribute attribute)
    {
        Assert.Equal(new FetchItem.Simple(attribute), Item(text));
        Assert.Equal(new FetchItem.Simple(attribute), Item($"({text})"));
    }

    [Fact]
    public void Macros_expand()
    {
        FetchAttribute[] fast = [FetchAttribute.Flags, FetchAttribute.InternalDate, FetchAttribute.Rfc822Size];
        Assert.Equal(fast, Attributes(Parsing.Command<FetchCommand>("FETCH 1 FAST")));
        Assert.Equal([.. fast, FetchAttribute.Envelope], Attributes(Parsing.Command<FetchCommand>("FETCH 1 ALL")));
        Assert.Equal([.. fast, FetchAttribute.Envelope, FetchAttribute.Body], Attributes(Parsing.Command<FetchCommand>("FETCH 1 FULL")));
    }

    [Fact]
    public void Uid_and_modseq_come_along_where_they_must()
    {
        Assert.Equal([FetchAttribute.Uid, FetchAttribute.Flags], Attributes(Parsing.Command<FetchCommand>("UID FETCH 1:* (FLAGS UID)")));
        var changed = Parsing.Command<FetchCommand>("UID FETCH 1:* FLAGS (CHANGEDSINCE 12345 VANISHED)");
        Assert.Equal([FetchAttribute.Uid, FetchAttribute.Flags, FetchAttribute.ModSeq], Attributes(changed));
        Assert.Equal((12345L, true), (changed.ChangedSince, changed.Vanished));
    }

    [Theory]
    [InlineData("BODY[]", "BODY[]", SectionText.All, "", false)]
    [InlineData("BODY.PEEK[HEADER]", "BODY[HEADER]", SectionText.Header, "", true)]
    [InlineData("body.peek[text]", "BODY[TEXT]", SectionText.Text, "", true)]
    [InlineData("BODY[1]", "BODY[1]", SectionText.All, "1", false)]
    [InlineData("BODY[1.2.MIME]", "BODY[1.2.MIME]", SectionText.Mime, "1.2", false)]
    [InlineData("BODY[4.1.HEADER]", "BODY[4.1.HEADER]", SectionText.Header, "4.1", false)]
    [InlineData("BODY[HEADER.FIELDS (From \"To\")]", "BODY[HEADER.FIELDS (From To)]", SectionText.HeaderFields, "", false)]
    [InlineData("BODY[2.HEADER.FIELDS.NOT (\"a(b\\\"\")]", "BODY[2.HEADER.FIELDS.NOT (\"a(b\\\"\")]", SectionText.HeaderFieldsNot, "2", false)]
    [InlineData("BODY[]<0.10>", "BODY[]<0>", SectionText.All, "", false)]
    [InlineData("BODY[TEXT]<4294967295.1>", "BODY[TEXT]<4294967295>", SectionText.Text, "", false)]
    public void Sections(string text, string label, SectionText sectionText, string part, bool peek)
    {
        var item = Assert.IsType<FetchItem.Body>(Item(text));
        Assert.Equal(label, Encoding.ASCII.GetString(item.Label));
        Assert.Equal((sectionText, peek), (item.Section.Text, item.Peek));
        Assert.Equal(part, string.Join('.', item.Section.Part));
        Assert.Equal(!peek, item.SetsSeen);
    }

    [Theory]
    [InlineData("BODY[1.2.HEADER.FIELDS (a b)]")]
    [InlineData("BODY[HEADER.FIELDS.NOT (\"a(b\\\\\")]")]
    [InlineData("BODY[3.TEXT]")]
    [InlineData("BINARY[1.2]")]
    [InlineData("BINARY.SIZE[]")]
    public void Labels_read_back_as_what_they_name(string text)
    {
        var item = Item(text);
        var label = item switch
        {
            FetchItem.Body body => body.Label,
            FetchItem.Binary binary => binary.Label,
            _ => ((FetchItem.BinarySize)item).Label,
        };
        Assert.Equal(text, Encoding.ASCII.GetString(label));
        Assert.Equal(item, Item(Encoding.ASCII.GetString(label)));
    }

    [Fact]
    public void Binary_items()
    {
        var peek = Assert.IsType<FetchItem.Binary>(Item("BINARY.PEEK[1.2]<5.10>"));
        Assert.Equal((true, new FetchPartial(5, 10)), (peek.Peek, peek.Partial));
        Assert.Equal("BINARY[1.2]<5>", Encoding.ASCII.GetString(peek.Label));
        Assert.True(Item("BINARY[1]").SetsSeen);
        Assert.False(Item("BINARY.SIZE[1]").SetsSeen);
    }

    [Theory]
    [InlineData(0, 10, 100, 0, 10)]
    [InlineData(95, 10, 100, 95, 5)]
    [InlineData(4294967295, 1, 100, 100, 0)]
    [InlineData(1, long.MaxValue, 100, 1, 99)]
    public void Partials_stay_inside_the_text(long offset, long count, long length, long expectedOffset, long expectedCount) =>
        Assert.Equal((expectedOffset, expectedCount), new FetchPartial(offset, count).Of(length));

    [Fact]
    public void Part_too_deep_to_exist_keeps_no_numbers()
    {
        var name = string.Join('.', Enumerable.Repeat(1, 10_000));
        var item = Assert.IsType<FetchItem.Body>(Item($"BODY[{name}]"));
        Assert.False(item.Section.CanExist);
        Assert.Empty(item.Section.Part);
        Assert.Equal($"BODY[{name}]", Encoding.ASCII.GetString(item.Label));
        Assert.True(Assert.IsType<FetchItem.Body>(Item("BODY[" + string.Join('.', Enumerable.Repeat(1, 100)) + "]")).Section.CanExist);
    }
}
