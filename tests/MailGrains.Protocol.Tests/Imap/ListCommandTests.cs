using MailGrains.Imap;
using MailGrains.Imap.Commands;
using Xunit;

namespace MailGrains.Protocol.Tests.Imap;

public sealed class ListCommandTests
{
    [Fact]
    public void Basic_list()
    {
        var command = Parsing.Command<ListCommand>("LIST \"\" %/a]*");
        Assert.Equal(("", false, ListSelectionOptions.None, ListReturnOptions.None), (command.Reference.Value, command.IsExtended, command.Selection, command.Return));
        Assert.Equal(["%/a]*"], command.Patterns.Select(p => p.Value));
        Assert.Equal("", Parsing.Command<ListCommand>("LIST \"\" \"\"").Patterns[0].Value);
    }

    [Fact]
    public void Extended_list()
    {
        var command = Parsing.Command<ListCommand>(
            "LIST (SUBSCRIBED RECURSIVEMATCH SPECIAL-USE REMOTE) ref (INBOX \"a b%\" {1+}\r\n*) RETURN (CHILDREN SPECIAL-USE SUBSCRIBED STATUS (MESSAGES UNSEEN))");
        Assert.True(command.IsExtended);
        Assert.Equal(
            ListSelectionOptions.Subscribed | ListSelectionOptions.RecursiveMatch | ListSelectionOptions.SpecialUse | ListSelectionOptions.Remote,
            command.Selection);
        Assert.Equal(["INBOX", "a b%", "*"], command.Patterns.Select(p => p.Value));
        Assert.Equal(
            ListReturnOptions.Children | ListReturnOptions.SpecialUse | ListReturnOptions.Subscribed | ListReturnOptions.Status,
            command.Return);
        Assert.Equal(StatusItems.Messages | StatusItems.Unseen, command.Status);
    }

    [Theory]
    [InlineData("LIST () \"\" *")]
    [InlineData("LIST \"\" (*)")]
    [InlineData("LIST \"\" * RETURN ()")]
    public void Any_extended_syntax_counts(string line) => Assert.True(Parsing.Command<ListCommand>(line).IsExtended);

    [Fact]
    public void Lsub()
    {
        var command = Parsing.Command<LsubCommand>("LSUB \"#news.\" \"comp.*\"");
        Assert.Equal(("#news.", "comp.*"), (command.Reference.Value, command.Pattern.Value));
    }

    [Fact]
    public void Patterns_are_decoded_and_invalid_ones_say_so()
    {
        Assert.Equal("ü*", Parsing.Command<ListCommand>("LIST \"\" &APw-*").Patterns[0].Value);
        Assert.False(Parsing.Command<ListCommand>("LIST \"\" &AAA*").Patterns[0].IsValid);
    }

    [Theory]
    [InlineData("*", "a/b", true)]
    [InlineData("%", "a/b", false)]
    [InlineData("%", "a", true)]
    [InlineData("%/%", "a/b", true)]
    [InlineData("%/%", "a/b/c", false)]
    [InlineData("a/%", "a/", true)]
    [InlineData("*b", "a/b", true)]
    [InlineData("*b", "b/a", false)]
    [InlineData("%a%b", "xaab", true)]
    [InlineData("%a*c%", "xa/yc/zcx", true)]
    [InlineData("*a%b", "ab/axb", true)]
    [InlineData("*a%b", "ab/ax/b", false)]
    [InlineData("inbox", "INBOX", true)]
    [InlineData("inbox/x", "INBOX/x", false)]
    [InlineData("A", "a", false)]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    public void Patterns_match(string pattern, string name, bool matches) => Assert.Equal(matches, new MailboxPattern(pattern, '/').Matches(name));

    [Fact]
    public void Patterns_match_like_the_definition()
    {
        var alphabet = CsCheck.Gen.Char["ab/*%"];
        CsCheck.Check.Sample(
            CsCheck.Gen.Select(CsCheck.Gen.String[alphabet, 0, 7], CsCheck.Gen.String[CsCheck.Gen.Char["ab/"], 0, 7]),
            (pattern, name) => new MailboxPattern(pattern, '/').Matches(name) == Defined(pattern, name),
            iter: 20_000);
    }

    /// <summary>Literals beyond one word of bits, with wildcards on both sides of its end.</summary>
    [Theory]
    [InlineData(62)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(2500)]
    public void Patterns_of_any_length_match(int length)
    {
        var literals = new string('a', length);
        Assert.True(new MailboxPattern(literals, '/').Matches(literals));
        Assert.False(new MailboxPattern(literals, '/').Matches(literals + "a"));
        Assert.False(new MailboxPattern(literals + "b", '/').Matches(literals + "a"));
        Assert.True(new MailboxPattern($"{literals}%b*c", '/').Matches(literals + "xb/yc"));
        Assert.False(new MailboxPattern($"{literals}%b*c", '/').Matches(literals + "/b/yc"));
    }

    [Theory]
    [InlineData("*a*a*a*a*a*b", 1)]
    [InlineData("*%%%%%%%%%%%%b", 5_000)]
    [InlineData("*a%aaaaaaaaaaaab", 200)]
    [InlineData("*a%a*a%a*a%a*a%b", 200)]
    public void Many_wildcards_over_many_names_take_no_time(string pattern, int longer)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var whole = new MailboxPattern(pattern.Insert(4, string.Concat(Enumerable.Repeat(pattern[3], longer))), '/');
        var name = string.Join('/', Enumerable.Repeat(new string('a', 249), 4));
        for (var i = 0; i < 1_000; i++) Assert.False(whole.Matches(name));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(1), watch.Elapsed.ToString());
    }

    [Fact]
    public void Patterns_beyond_a_number_no_client_has_folders_for_are_refused()
    {
        string Of(int patterns) => $"LIST \"\" ({string.Join(' ', Enumerable.Repeat("a*", patterns))})";
        Assert.Equal(ListCommand.MaxPatterns, Parsing.Command<ListCommand>(Of(ListCommand.MaxPatterns)).Patterns.Length);
        Parsing.IsBad(Of(ListCommand.MaxPatterns + 1));
    }

    private static bool Defined(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        if (pattern.IsEmpty) return name.IsEmpty;
        if (pattern[0] is not ('*' or '%')) return !name.IsEmpty && name[0] == pattern[0] && Defined(pattern[1..], name[1..]);
        for (var taken = 0; taken <= name.Length; taken++)
        {
            if (pattern[0] == '%' && name[..taken].Contains('/')) return false;
            if (Defined(pattern[1..], name[taken..])) return true;
        }

        return false;
    }
}
