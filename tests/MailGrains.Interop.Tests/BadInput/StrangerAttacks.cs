using static MailGrains.Interop.Tests.BadInput.Attack;

namespace MailGrains.Interop.Tests.BadInput;

/// <summary>What comes in before anybody has logged in.</summary>
internal static class StrangerAttacks
{
    private const string ForgedLine = "2026-01-01T00:00:00.000Z info: Forged[1] Session ended service=imap user=admin";
    private const string Refused = @"^a NO \[(AUTHENTICATIONFAILED|UNAVAILABLE)\] ";
    private const string TooBig = @"^\* BYE \[TOOBIG\]";

    public static IEnumerable<Attack> All => Literals.Concat(Lines).Concat(Logins).Concat(Protocols);

    private static IEnumerable<Attack> Literals =>
    [
        new(1, "a literal of 400 MB", AttackPlace.Imap, "a LOGIN {400000000}\r\n", @"^a NO \[TOOBIG\]") { Never = @"^\+" },
        .. new[] { "{2147483648}", "{4294967296}", "{-1}", "{}", "{ 5}", "{5", "{9999999999}" }.Select(literal =>
            new Attack(2, "a literal " + literal, AttackPlace.Imap, $"a LOGIN {literal}\r\n", "^a (BAD|NO)") { Never = @"^\+", End = AttackEnd.ClientLeaves }),
        Closed(3, "5 MB that nobody waited for", "a LOGIN {5000000+}\r\n" + Repeat("evil LOGOUT\r\n", 10_000), $@"^a NO \[TOOBIG\](.*\n)*{TooBig[1..]}"),
        Closed(4, "a literal over LITERAL-", "a LOGIN {4097+}\r\n" + Repeat("evil LOGOUT\r\n", 400), TooBig),
        Closed(4, "10,000 small literals", "a LOGIN" + Repeat(" {1000+}\r\n" + new string('x', 1000), 10_000) + "\r\n", TooBig),
    ];

    private static IEnumerable<Attack> Lines =>
    [
        .. new[] { "(", "()", "(()" }.Select(piece => Closed(5, $"{piece} without end", "a LIST " + Repeat(piece, 1_000_000 / piece.Length), TooBig)),
        new(5, "( up to the limit of a line", AttackPlace.Imap, $"a LIST {Repeat("(", 16_000)}\r\n", "^a BAD"),
        Closed(6, "a line of 100 MB", new string('a', 1_000_000), TooBig) with { Times = 100 },
        Closed(6, "an atom of 200 KB", $"a LOGIN {new string('a', 200_000)} x\r\n", TooBig),
        Closed(6, "a quoted string of 200 KB", $"a LOGIN \"{new string('a', 200_000)}\" x\r\n", TooBig),
        new(7, "NUL", AttackPlace.Imap, "a NOOP\0\r\n", "^a BAD"),
        new(7, "a bare LF", AttackPlace.Imap, "a LOGIN x\nevil NOOP\r\n", "^a BAD") { Never = "^evil" },
        new(7, "a bare CR", AttackPlace.Imap, "a LOGIN x\revil NOOP\r\n", "^a BAD") { Never = "^evil" },
        new(7, "a line end in quotes", AttackPlace.Imap, "a LOGIN \"u\r\nevil NOOP\" p\r\n", "^a BAD"),
        .. new[] { "+", "*", "a{1}", "%", "", "\u00e4", new string('t', 15_000) }.Select(tag =>
            new Attack(8, $"a tag {(tag.Length > 9 ? "of 15 KB" : tag)}", AttackPlace.Imap, $"{tag} NOOP\r\n", @"\A\* BAD ") { Never = "^\\+|\u00e4|%|tttt" }),
        Closed(8, "a tag of 64 KB", new string('t', 65_536) + " NOOP\r\n", @"\A\* BAD .*\n\* BYE \[TOOBIG\]") with { Never = "tttt" },
    ];

    private static IEnumerable<Attack> Logins =>
    [
        new(9, "no base64", AttackPlace.Imap, "a AUTHENTICATE PLAIN !!\r\n", "^a BAD"),
        new(9, "padding alone", AttackPlace.Imap, "a AUTHENTICATE PLAIN ====\r\nb AUTHENTICATE PLAIN\r\n====\r\n", @"^a BAD.*\n\+ ?\nb BAD"),
        new(9, "a cancelled exchange", AttackPlace.Imap, "a AUTHENTICATE PLAIN\r\n*\r\nb AUTHENTICATE SCRAM-SHA-256\r\n*\r\n", @"^a BAD(.*\n)*b BAD"),
        Closed(9, "an initial response of 1 MB", $"a AUTHENTICATE PLAIN {new string('A', 1_000_000)}\r\n", $@"\Aa BAD \[TOOBIG\].*\n{TooBig[1..]}"),
        Closed(9, "a response of 1 MB", $"a AUTHENTICATE PLAIN\r\n{new string('A', 1_000_000)}\r\n", TooBig),
        Closed(15, "four failed logins", Repeat("a LOGIN nobody15@example.org wrong\r\n", 4), @"^\* BYE(.*\n)*a NO|^a NO(.*\n)*\* BYE"),
        new(51, "a SCRAM proof made up", AttackPlace.Imap, Scram("nobody51@example.org") + Base64("c=biws,r=x,p=AAAA") + "\r\n", $@"^\+ .+\n{Refused[1..]}"),
        new(51, "a SCRAM binding that is not offered", AttackPlace.Imap, $"a AUTHENTICATE SCRAM-SHA-256 {Base64("p=tls-exporter,,n=x,r=abcdefghijkl")}\r\n", Refused),
        .. new[] { "\0nobody52@example.org\0x\0", "\0nobody52@example.org\0", "\0\0x", "nobody52" }.Select((message, i) =>
            new Attack(52, $"a PLAIN message that is none, {i + 1}", AttackPlace.Imap, $"a AUTHENTICATE PLAIN {Base64(message)}\r\n", Refused)),
        new(52, "a password of 1 MB", AttackPlace.Imap, "a LOGIN nobody52@example.org {1000000}\r\n", @"^a NO \[TOOBIG\]") { Never = @"^\+" },
        new(52, "a password of 4 KB", AttackPlace.Imap, $"a LOGIN nobody52@example.org \"{new string('x', 4000)}\"\r\n", Refused),
        .. new[] { "' OR 1=1--", "*)(uid=*", "\u202e\u0085@example.org", $"anna\r\n{ForgedLine}", "\u001b[2J\u0007" }.Select((name, i) =>
            new Attack(54, $"a user's name that means something elsewhere, {i + 1}", AttackPlace.Imap, Plain(name) + Login(name), @"^a NO .*\n(\+.*\n)?b (NO|BAD)")),
    ];

    private static IEnumerable<Attack> Protocols =>
    [
        Closed(10, "a command behind STARTTLS", "a STARTTLS\r\nevil NOOP\r\n", @"\A\z") with { Never = "^(a|evil)" },
        new(11, "passwords in clear, from elsewhere", AttackPlace.ImapProxy,
            $"PROXY TCP4 192.0.2.{ClientNumber} 198.51.100.1 4711 143\r\na LOGIN x y\r\nb AUTHENTICATE PLAIN {Base64("\0x\0y")}\r\n",
            @"\A\* OK.*LOGINDISABLED.*\na NO \[PRIVACYREQUIRED\].*\nb NO \[PRIVACYREQUIRED\]") { LogLine = @"Session ended .*client=192\.0\.2\.\d+ " },
        CutOff(12, "HTTP", AttackPlace.Imap, "GET / HTTP/1.1\r\nHost: mail\r\n\r\n"),
        CutOff(12, "HTTP/2", AttackPlace.Imap, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        CutOff(12, "TLS", AttackPlace.Imap, "\u0016\u0003\u0001\u0000\u00c8\u0001\u0000\u0000\u00c4\u0003\u0003"),
        CutOff(13, "a PROXY header of a peer not trusted with one", AttackPlace.Imap, "PROXY TCP4 192.0.2.7 198.51.100.1 4711 143\r\nevil LOGOUT\r\n"),
        .. new[] { AttackPlace.ImapProxy, AttackPlace.LmtpProxy }.SelectMany(place => new[]
        {
            NoHeader($"a PROXY header of 64 KB at {place}", place, "\r\n\r\n\0\r\nQUIT\n\u0021\u0011\u00ff\u00ff" + new string('x', 65_535)),
            NoHeader($"a port that is none at {place}", place, "PROXY TCP4 192.0.2.7 198.51.100.1 99999 143\r\n"),
            NoHeader($"no PROXY header at {place}", place, "a NOOP\r\n"),
            NoHeader($"half a PROXY header at {place}", place, "PROXY TCP4 192.0.2.7") with { End = AttackEnd.ClientLeaves },
        }),
        NoHeader("silence where a PROXY header is due", AttackPlace.ImapProxy, ""),
    ];

    private static Attack Closed(int entry, string name, string octets, string answer) =>
        new(entry, name, AttackPlace.Imap, octets, answer) { End = AttackEnd.ServerCloses, Never = $"^{NeverRuns}" };

    private static Attack NoHeader(string name, AttackPlace place, string octets) =>
        CutOff(13, name, place, octets) with { LogLine = "No valid PROXY header" };

    private static string Scram(string user) => $"a AUTHENTICATE SCRAM-SHA-256 {Base64($"n,,n={user},r=fyko+d2lbbFgONRv9qkxdawL")}\r\n";

    private static string Plain(string user) => $"a AUTHENTICATE PLAIN {Base64($"\0{user}\0secret")}\r\n";

    private static string Login(string user)
    {
        var octets = System.Text.Encoding.Latin1.GetString(System.Text.Encoding.UTF8.GetBytes(user));
        return $"b LOGIN {{{octets.Length}+}}\r\n{octets} secret\r\n";
    }
}
