using static MailGrains.Interop.Tests.BadInput.Attack;

namespace MailGrains.Interop.Tests.BadInput;

/// <summary>What somebody sends who is logged in and has INBOX with <see cref="AttackedServer.Messages"/> messages selected.</summary>
internal static class MailboxAttacks
{
    private const string TooBig = @"^a BAD \[TOOBIG\].*\n\* BYE \[TOOBIG\]";

    public static IEnumerable<Attack> All => Searches.Concat(Numbers).Concat(Folders).Concat(Messages).Concat(Unknown);

    private static IEnumerable<Attack> Searches =>
    [
        Command(16, "NOT up to the limit of a line", $"SEARCH {Repeat("NOT ", 16_000)}ALL", "BAD"),
        Command(16, "OR up to the limit of a line", $"SEARCH {Repeat("OR ALL ", 9_000)}ALL", "BAD"),
        Command(16, "( up to the limit of a line", $"SEARCH {Repeat("(", 65_000)}", "BAD"),
        Longer(16, "NOT a hundred thousand times", $"SEARCH {Repeat("NOT ", 100_000)}ALL"),
        Longer(16, "OR fifty thousand times", $"SEARCH {Repeat("OR ", 50_000)}ALL"),
        Command(22, "a charset there is not", "SEARCH CHARSET X ALL", @"NO \[BADCHARSET \("),
        Command(22, "a day there is not", "SEARCH SINCE 31-Feb-2024", "BAD"),
        Command(28, "words of References", $"SEARCH {Repeat("HEADER REFERENCES <x@y> ", 2_000)}ALL", "OK"),
    ];

    private static IEnumerable<Attack> Numbers =>
    [
        .. new[] { "4294967296", "0", "1:*:5" }.Select(set => Command(18, "the set " + set, $"FETCH {set} UID", "BAD")),
        new(18, "every UID there can be", AttackPlace.Mailbox, "a UID FETCH 1:4294967295 FLAGS\r\n", @"\A(\* \d+ FETCH .*\n){10}a OK"),
        Command(18, "all numbers many times", $"UID FETCH {Repeat("1:4294967295,", 5_000)}1 FLAGS", "OK"),
        Resync(19, "every UID there can be", "1 1 1:4294967295", "OK"),
        Resync(19, "a MODSEQ of 2^63", "1 9223372036854775808", "BAD"),
        Resync(19, "lists of different length", "1 1 1:4 (1:3 1:2)", "BAD"),
        Command(20, "no octets", "FETCH 1 BODY.PEEK[]<0.0>", "BAD"),
        new(20, "octets far behind the end", AttackPlace.Mailbox, "a FETCH 1 BODY.PEEK[]<4294967295.1>\r\n", @"\A\* 1 FETCH \(BODY\[\]<4294967295> """"\)\na OK"),
        new(20, "a part of ten thousand levels", AttackPlace.Mailbox, $"a FETCH 1 BODY.PEEK[{Repeat("1.", 10_000)}1]\r\n", @"\A\* 1 FETCH \(BODY\[[1.]+\] NIL\)\na OK"),
        Command(21, "header fields up to the limit of a line", $"FETCH 1:* BODY.PEEK[HEADER.FIELDS ({Repeat("xyzzy ", 10_000)}a)]", "OK"),
        Longer(21, "a hundred thousand header fields", $"FETCH 1:* BODY.PEEK[HEADER.FIELDS ({Repeat("x ", 100_000)}a)]"),
        Command(21, "no header field", "FETCH 1 BODY.PEEK[HEADER.FIELDS ()]", "BAD"),
    ];

    private static IEnumerable<Attack> Folders =>
    [
        Nothing(23, "many wildcards", "LIST \"\" \"*a*a*a*a*a*b\""),
        Nothing(23, "wildcards up to the limit of a line", $"LIST \"\" \"*{Repeat("%", 60_000)}b\""),
        Command(23, "patterns up to the limit of a line", $"LIST \"\" ({Repeat("*b ", 20_000)}a)", "BAD"),
        .. new[] { "&", "&AAA", "&AGE-", "&2D0-", "&3AA-" }.Select(name => Command(24, "the name " + name, $"CREATE {name}", @"NO \[CANNOT\]")),
        .. new[] { "&", "&AAA*", "*&AGE-", "&2D0-" }.Select(name => Nothing(24, "looking for " + name, $"LIST \"\" {name}")),
        .. new[] { "..", "../../x", "a//b", "/a", "./a", "a/../b", "&AIU-x", "&IC4-x", "&IGY-x", "&IGc-x", "&ICg-x", "&//8-x" }.Select(name =>
            Command(25, "the name " + name, $"CREATE {name}", @"NO \[CANNOT\]")),
        Command(25, "a name of a thousand levels", $"CREATE {Repeat("a/", 1_000)}x", @"NO \[CANNOT\]"),
        Command(25, "a name of 60 KB", $"CREATE {new string('a', 60_000)}", @"NO \[CANNOT\]"),
        Command(25, "a name of 1 MB", $"CREATE {{1000000+}}\r\n{new string('a', 1_000_000)}", @"NO \[CANNOT\]"),
        Command(25, "NUL in a name", "CREATE {3+}\r\na\0b", "BAD"),
        Command(25, "a line end in a name", "CREATE {4+}\r\na\r\nb", @"NO \[CANNOT\]"),
        Command(25, "a name renamed to one of these", "RENAME Archive ../../x", @"NO \[CANNOT\]"),
        Command(25, "a subscription to one of these", "SUBSCRIBE ../../x", @"NO \[CANNOT\]"),
        Command(26, "a keyword of 60 KB", $"STORE 1 +FLAGS ({new string('k', 60_000)})", @"NO \[LIMIT\]"),
        Command(26, "ten thousand keywords", $"STORE 1 +FLAGS ({string.Join(' ', Enumerable.Range(0, 10_000).Select(i => $"k{i}"))})", @"NO \[LIMIT\]"),
        Command(26, "keywords alike up to the limit of a line", $"STORE 1 +FLAGS ({string.Join(' ', Enumerable.Range(0, 4_000).Select(i => $"AaBB{i:x4}BBAa"))})", @"NO \[LIMIT\]"),
    ];

    private static IEnumerable<Attack> Messages =>
    [
        Command(27, "an empty message", "APPEND INBOX {0+}\r\n", "NO"),
        Command(27, "a date there is not", "APPEND INBOX \"31-Feb-2024 00:00:00 +0000\" {5+}\r\nevil!", "BAD"),
        Command(27, "\\Recent", "APPEND INBOX (\\Recent) {5+}\r\nevil!", "BAD"),
        new(27, "60 MB announced", AttackPlace.Mailbox, "a APPEND INBOX {60000000}\r\n", @"^a NO \[TOOBIG\]") { Never = @"^\+" },
        new(27, "60 MB begun", AttackPlace.Mailbox, $"a APPEND INBOX {{60000000+}}\r\n{Repeat("evil LOGOUT\r\n", 50_000)}", @"\[TOOBIG\]") { End = AttackEnd.ClientLeaves },
        new(27, "half a message", AttackPlace.Mailbox, "a APPEND INBOX {1000+}\r\nhalf of it", @"\A\z") { End = AttackEnd.ClientLeaves },
        new(30, "another command in IDLE", AttackPlace.Mailbox, "a IDLE\r\nevil NOOP\r\nb NOOP\r\n", @"\A\+ .*\na BAD .*\nb OK"),
    ];

    private static IEnumerable<Attack> Unknown =>
    [
        .. new[]
        {
            (10, "STARTTLS"), (28, "THREAD REFERENCES UTF-8 ALL"), (29, "COMPRESS DEFLATE"),
            (31, $"SETMETADATA INBOX ({Repeat("/private/x y ", 4_000)})"), (31, "SETMETADATA \"\" (//a x /private/* x)"),
            (32, "GETACL bystander/INBOX"), (32, "MYRIGHTS bystander/INBOX"), (32, "LISTRIGHTS bystander/INBOX x"), (32, "GETMETADATA bystander/INBOX /private/x"),
            (32, "NOTIFY SET (subtree bystander (MessageNew))"), (32, "ESEARCH IN (subtree bystander) ALL"), (35, "SETACL INBOX anyone lr"),
        }.Select(c => Command(c.Item1, $"{c.Item2.Split(' ')[0]} {c.Item2.Length}", c.Item2, "BAD")),
        Command(32, "SELECT of somebody else's mailbox", "SELECT bystander@example.org/INBOX", @"NO \[NONEXISTENT\]"),
        Command(32, "STATUS of somebody else's mailbox", "STATUS user/bystander@example.org (MESSAGES)", @"NO \[NONEXISTENT\]"),
        Command(34, "APPEND to somebody else's mailbox", "APPEND user/bystander@example.org {5+}\r\nevil!", @"NO \[TRYCREATE\]"),
    ];

    private static Attack Command(int entry, string name, string command, string answer) =>
        new(entry, name, AttackPlace.Mailbox, $"a {command}\r\n", $"^a {answer}");

    /// <summary>More than a line may have.</summary>
    private static Attack Longer(int entry, string name, string command) =>
        new(entry, name, AttackPlace.Mailbox, $"a {command}\r\n", TooBig) { End = AttackEnd.ServerCloses };

    private static Attack Nothing(int entry, string name, string command) => new(entry, name, AttackPlace.Mailbox, $"a {command}\r\n", @"\Aa OK");

    private static Attack Resync(int entry, string name, string arguments, string answer) =>
        new(entry, "QRESYNC of " + name, AttackPlace.Mailbox, $"a ENABLE QRESYNC\r\na SELECT INBOX (QRESYNC ({arguments}))\r\n", $@"^a OK.*\n(.*\n)*a {answer}");
}
