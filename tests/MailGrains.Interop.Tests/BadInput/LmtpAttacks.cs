using System.Text;
using static MailGrains.Interop.Tests.BadInput.Attack;

namespace MailGrains.Interop.Tests.BadInput;

/// <summary>What a broken or hostile relay sends.</summary>
internal static class LmtpAttacks
{
    private const string Ready = $"MAIL FROM:<a{ClientNumber}@example.net>\r\nRCPT TO:<{AttackedServer.Addressee}>\r\n";
    private const string Smuggled = $"MAIL FROM:<{NeverRuns}@example.net>\r\nRCPT TO:<{AttackedServer.Addressee}>\r\nDATA\r\nSubject: smuggled\r\n\r\n.\r\n";
    private const string Delivered = @"250 2\.1\.5 <.*> delivered.*\n";

    private static readonly string[] FakeEnds =
        ["\n.\n", "\n.\r", "\r.\n", "\r.\r", "\n.\r\n", "\r.\r\n", "\r\n.\n", "\r\n.\r\r\n", "\r\n\0.\r\n"];

    public static IEnumerable<Attack> All =>
    [
        .. FakeEnds.Select((end, i) => new Attack(
            42, $"a fake end of data, {i + 1}", AttackPlace.Lmtp, $"{Ready}DATA\r\nSubject: x\r\n\r\nbody{end}{Smuggled}", OneMessage(1)) { Stored = AttackTests.Clients }),
        .. new[] { "-1", "18446744073709551616", "x LAST", "5 FIRST" }.Select(size => new Attack(
            43, "BDAT " + size, AttackPlace.Lmtp, $"{Ready}BDAT {size}\r\n{Smuggled}", @"\A250.*\n250.*\n501 .*\n\z") { End = AttackEnd.ServerCloses }),
        new(43, "BDAT 0", AttackPlace.Lmtp, Ready + "BDAT 0\r\n", @"\A250.*\n250.*\n501 "),
        new(43, "a chunk that breaks off", AttackPlace.Lmtp, Ready + "BDAT 1000 LAST\r\nhalf of it", @"\A250.*\n250.*\n\z") { End = AttackEnd.ClientLeaves },
        new(43, "a chunk behind a message", AttackPlace.Lmtp, Ready + "DATA\r\nSubject: x\r\n\r\n.\r\nBDAT 6 LAST\r\nQUIT\r\n", OneMessage(1, @"503 .*\n")) { Stored = AttackTests.Clients },
        .. new[] { "18446744073709551616", "-1", "1 SIZE=1", "" }.Select(size => new Attack(
            45, "SIZE=" + size, AttackPlace.Lmtp, $"MAIL FROM:<a@example.net> SIZE={size}\r\n", @"\A501 ")),
        new(45, "a size over the limit", AttackPlace.Lmtp, "MAIL FROM:<a@example.net> SIZE=60000000\r\n", @"\A552 "),
        .. new[] { "a\0b", "a\nb", "a\rb", "\"a\0b\"" }.Select((name, i) => new Attack(
            46, $"a control character in an address, {i + 1}", AttackPlace.Lmtp, $"MAIL FROM:<{name}@example.net>\r\nMAIL FROM:<a@b>\r\nRCPT TO:<{name}@example.org>\r\n", @"\A501.*\n250.*\n501 ")),
        new(46, "a line end in quotes", AttackPlace.Lmtp, $"MAIL FROM:<a@b>\r\nRCPT TO:<\"a\r\n{NeverRuns}\r\n\"@example.org>\r\n", @"\A250.*\n501.*\n500.*\n500 "),
        new(46, "addresses that would forge a line of the log", AttackPlace.Lmtp, Forging, @"\A250.*\n550.*\n250.*\n" + Delivered) { Stored = AttackTests.Clients },
        new(46, "a detail that climbs out", AttackPlace.Lmtp, $"MAIL FROM:<a{ClientNumber}@b>\r\nRCPT TO:<\"addressee+../../x\"@example.org>\r\nBDAT 3 LAST\r\nx\r\n", OneMessage(0)) { Stored = AttackTests.Clients },
        new(47, "commands out of order", AttackPlace.Lmtp, "EHLO x\r\nDATA\r\nRCPT TO:<addressee@example.org>\r\nBDAT 6 LAST\r\nQUIT\r\n", @"\A500.*\n503.*\n503.*\n503 "),
        new(48, "a command of 1 MB", AttackPlace.Lmtp, Repeat($"{NeverRuns}\n", 200_000) + "\r\n", @"\A500 .*too long"),
        new(48, "a message that goes round in circles", AttackPlace.Lmtp, $"{Ready}DATA\r\n{Repeat("Received: from a by b\r\n", 100)}\r\n.\r\n", @"^554 5\.4\.6 "),
        new(49, "a connection closed behind the last dot, and again", AttackPlace.Lmtp, Again, @"\A250.*\n250.*\n(354.*\n(250.*\n)?)?\z") { Stored = 1, End = AttackEnd.ClientLeaves },
    ];

    /// <summary>From all clients the same.</summary>
    private static string Again => Ready.Replace(ClientNumber, "", StringComparison.Ordinal) + "DATA\r\nSubject: once\r\n\r\n.\r\n";

    /// <summary>Formatting and control characters, as UTF-8, in the sender, a recipient and the id.</summary>
    private static string Forging
    {
        get
        {
            var message = Utf8("Message-ID: <x\u0085\u202ey\u001b[2J@z>\r\n\r\nbody\r\n");
            var envelope = $"MAIL FROM:<a{ClientNumber}\u202e\u2028@example.net> SMTPUTF8\r\nRCPT TO:<addressee+\u202e@example.org>\r\nRCPT TO:<{AttackedServer.Addressee}>\r\n";
            return $"{Utf8(envelope)}BDAT {message.Length} LAST\r\n{message}";
        }
    }

    private static string Utf8(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    /// <summary>MAIL, RCPT, perhaps DATA, and one delivery.</summary>
    private static string OneMessage(int goAheads, string then = "") => $@"\A250.*\n250.*\n(354.*\n){{{goAheads}}}{Delivered}{then}221 ";
}
