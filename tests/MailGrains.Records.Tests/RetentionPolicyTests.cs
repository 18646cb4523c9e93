using MailGrains.Model;
using MailGrains.Records.Retention;
using MailGrains.Storage.Records;

namespace MailGrains.Records.Tests;

public sealed class RetentionPolicyTests
{
    private static readonly DateTimeOffset Now = MemoryLog.Start;
    private static readonly RetentionAccount Ada = new(["ada@example.org", "a.l@example.net"], ["board"]);

    [Theory]
    [InlineData("*", "", true)]
    [InlineData("*@example.org", "Ada@EXAMPLE.org", true)]
    [InlineData("*@example.org", "ada@example.org.evil", false)]
    [InlineData("Archive/*", "Archive/2026/03", true)]
    [InlineData("Archive/*", "Archive", false)]
    [InlineData("a?c", "abc", true)]
    [InlineData("a?c", "ac", false)]
    [InlineData("*a*b*c", "xxaxxbxxcxxc", true)]
    [InlineData("", "x", false)]
    public void Patterns_match_as_people_expect(string pattern, string text, bool expected) => Assert.Equal(expected, Glob.Matches(pattern, text));

    [Fact]
    public void Patterns_take_no_time() => Assert.False(Glob.Matches(string.Concat(Enumerable.Repeat("a*", 2000)) + "b", new string('a', 4000)));

    [Fact]
    public void The_first_rule_that_matches_counts()
    {
        var policy = new RetentionPolicy(
        [
            Rule(("Folders", "Trash"), ("KeepFor", "10d"), ("UndeleteFor", "5d")),
            Rule(("Accounts", "*@example.net"), ("KeepFor", "100d")),
            Rule(("Group", "staff"), ("KeepFor", "forever")),
            Rule(("KeepFor", "20d")),
        ]);
        Assert.True(policy.IsOver(Left("Trash", arrived: 10, left: 5), Ada, Now));
        Assert.False(policy.IsOver(Left("Trash", arrived: 9.99, left: 5), Ada, Now));
        Assert.False(policy.IsOver(Left("Trash", arrived: 10, left: 4.99), Ada, Now));
        Assert.False(policy.IsOver(Left("INBOX", arrived: 99, left: 50), Ada, Now));
        Assert.True(policy.IsOver(Left("INBOX", arrived: 100, left: 30), Ada, Now));
        Assert.False(policy.IsOver(Left("INBOX", arrived: 9000, left: 9000), new RetentionAccount(["b@x"], ["staff"]), Now));
        Assert.True(policy.IsOver(Left("INBOX", arrived: 40, left: 30), new RetentionAccount(["b@x"], []), Now));
    }

    [Fact]
    public void What_only_a_rule_about_unknown_accounts_could_let_go_is_kept()
    {
        var policy = new RetentionPolicy([Rule(("Folders", "Trash"), ("KeepFor", "1d")), Rule(("Group", "staff"), ("KeepFor", "9y")), Rule(("KeepFor", "1d"))]);
        Assert.True(policy.IsOver(Left("Trash", arrived: 90, left: 90), null, Now));
        Assert.False(policy.IsOver(Left("INBOX", arrived: 90, left: 90), null, Now));
    }

    [Fact]
    public void A_rule_matches_when_one_of_its_classes_is_the_messages()
    {
        var policy = new RetentionPolicy([Rule(("Classes", "bulk, Auto"), ("KeepFor", "10d")), Rule(("KeepFor", "100d"))]);
        foreach (var one in new[] { MessageClasses.Bulk, MessageClasses.Auto, MessageClasses.Bulk | MessageClasses.Calendar })
        {
            Assert.True(policy.IsOver(Of(one, 10), Ada, Now));
            Assert.False(policy.IsOver(Of(one, 9.99), Ada, Now));
        }

        foreach (var other in new[] { MessageClasses.None, MessageClasses.Calendar | MessageClasses.Encrypted })
        {
            Assert.False(policy.IsOver(Of(other, 99.99), Ada, Now));
            Assert.True(policy.IsOver(Of(other, 100), Ada, Now));
        }

        static LeftEntry Of(MessageClasses classes, double arrived) => Left("INBOX", arrived, 50) with { Classes = classes };
    }

    [Fact]
    public void Classes_that_are_not_known_are_asked_for_only_where_they_decide()
    {
        var policy = new RetentionPolicy(
        [
            Rule(("Folders", "Trash"), ("Classes", "bulk"), ("KeepFor", "10d")),
            Rule(("Classes", "auto"), ("KeepFor", "200d")),
            Rule(("KeepFor", "100d")),
        ]);
        Assert.Null(policy.IsOver(Left("Trash", arrived: 50, left: 40), Ada, Now));
        Assert.Null(policy.IsOver(Left("INBOX", arrived: 150, left: 40), Ada, Now));
        Assert.False(policy.IsOver(Left("INBOX", arrived: 50, left: 40), Ada, Now));
        Assert.False(policy.IsOver(Left("Trash", arrived: 5, left: 4), Ada, Now));
        Assert.True(policy.IsOver(Left("Trash", arrived: 200, left: 40), Ada, Now));
    }

    [Fact]
    public void Of_an_account_that_is_not_known_classes_can_let_go_what_they_decide_alone()
    {
        var policy = new RetentionPolicy([Rule(("Classes", "bulk"), ("KeepFor", "1d")), Rule(("Group", "staff"), ("KeepFor", "1d")), Rule(("KeepFor", "1d"))]);
        Assert.Null(policy.IsOver(Left("INBOX", arrived: 90, left: 90), null, Now));
        Assert.True(policy.IsOver(Left("INBOX", arrived: 90, left: 90) with { Classes = MessageClasses.Bulk }, null, Now));
        Assert.False(policy.IsOver(Left("INBOX", arrived: 90, left: 90) with { Classes = MessageClasses.Auto }, null, Now));
    }

    [Fact]
    public void A_class_that_is_none_is_refused_with_those_there_are()
    {
        var wrong = Assert.Throws<FormatException>(() => Rule(("Classes", "bulk,spam"), ("KeepFor", "1d")));
        Assert.Equal("Classes = 'bulk,spam': expected some of bulk, auto, report, calendar, groupware, encrypted, separated by commas", wrong.Message);
        foreach (var none in new[] { "", ",", "none", "1" }) Assert.Throws<FormatException>(() => Rule(("Classes", none), ("KeepFor", "1d")));
        Assert.Throws<FormatException>(() => new RetentionPolicy([Rule(("Classes", "bulk"), ("KeepFor", "1d"))]));
    }

    [Fact]
    public void Without_rules_nothing_is_over() => Assert.False(RetentionPolicy.None.IsOver(Left("INBOX", 9000, 9000), Ada, Now));

    [Fact]
    public void Undeleting_is_possible_for_thirty_days_unless_said_otherwise() =>
        Assert.Equal((TimeSpan.FromDays(7), TimeSpan.FromDays(30)), (Rule(("keepfor", "1w")).KeepFor, Rule(("KeepFor", "1w")).UndeleteFor));

    [Fact]
    public void What_is_not_said_is_refused()
    {
        Assert.Throws<FormatException>(() => new RetentionPolicy([Rule(("Folders", "Trash"), ("KeepFor", "1d"))]));
        Assert.Throws<FormatException>(() => Rule(("Folders", "Trash")));
        Assert.Throws<FormatException>(() => Rule(("KeepFor", "1d"), ("Age", "x")));
        foreach (var wrong in new[] { "", "d", "1", "-1d", "1m", "1.5d", "1000000d", "for ever" }) Assert.Throws<FormatException>(() => Rule(("KeepFor", wrong)));
    }

    private static RetentionRule Rule(params (string Key, string Value)[] values) =>
        RetentionRule.Parse(values.Select(v => new KeyValuePair<string, string>(v.Key, v.Value)));

    private static LeftEntry Left(string folder, double arrived, double left) =>
        new(1, default, default, folder, Now.AddDays(-arrived), Now.AddDays(-left), 10, "", null);
}
