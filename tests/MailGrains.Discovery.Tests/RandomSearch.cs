using System.Text;
using MailGrains.Discovery.Matching;

namespace MailGrains.Discovery.Tests;

/// <summary>Messages and queries from the same few words, so that many queries have answers.</summary>
internal sealed class RandomSearch(int seed)
{
    private static readonly string[] s_words =
    [
        "report", "Quarterly", "invoice", "inv", "alice", "bob", "example", "Straße", "café", "cafe\u0301", "東京", "กรุงเทพ", "हिन्दी", "2026", "re", "pdf", "ſtaff",
        "\u212Aelvin", "İstanbul", "AND", new string('x', 70),
    ];

    private static readonly string[] s_addresses = ["alice@example.org", "bob.b@Example.net", "alice@example.org.evil.example", "Émile@exämple.org", "x_y+z@127.0.0.1"];
    private static readonly string[] s_files = ["report.pdf", "Q1-report (final).PDF", "invoice.docx", "pdf", "東京.txt", "café.pdf"];
    private static readonly string[] s_folders = ["INBOX", "Archive/2026", "Archive/2025/Q1", "Trash"];

    private static readonly string[] s_textFields = ["subject", "body", "from", "to", "cc", "bcc", "participants", "recipients", "attachment", "listid", "sender", "replyto"];

    private readonly Random _random = new(seed);

    public string QueryText()
    {
        var text = new StringBuilder();
        AddQuery(text, depth: 0);
        return text.ToString();
    }

    public DiscoveryItem Item()
    {
        var mail = new StringBuilder();
        mail.Append($"From: {Words(2)} <{Any(s_addresses)}>\n");
        if (Chance(0.7)) mail.Append($"To: {Any(s_addresses)}, \"{Words(1)}\" <{Any(s_addresses)}>\n");
        if (Chance(0.3)) mail.Append($"Cc: {Any(s_addresses)}\n");
        if (Chance(0.2)) mail.Append($"Bcc: {Any(s_addresses)}\nList-Id: {Words(1)} <{Any(s_words)}.example.org>\n");
        if (Chance(0.9)) mail.Append($"Date: {_random.Next(1, 28)} Mar 2026 10:00 +0100\n");
        mail.Append($"Subject: {Words(3)}\nMessage-ID: <{Any(s_addresses)}>\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: ");
        mail.Append(Chance(0.5) ? $"text/plain; charset=utf-8\n\n{Words(6)}\n" : $"text/html; charset=utf-8\n\n<p>{Words(3)}</p>{Words(1)}<b>{Words(2)}</b>\n");
        if (Chance(0.5)) mail.Append($"--b\nContent-Type: application/pdf; name=\"{Any(s_files)}\"\n\n{Words(1)}\n");
        mail.Append("--b--\n");
        return Mail.Item(Mail.Document(mail.ToString())) with
        {
            Folder = Any(s_folders),
            Size = _random.Next(0, 4000),
            Flags = Chance(0.5) ? ["\\Seen"] : ["$Important"],
            InternalDate = new DateTimeOffset(2026, 3, _random.Next(1, 28), 0, 0, 0, TimeSpan.Zero),
        };
    }

    private void AddQuery(StringBuilder text, int depth)
    {
        var terms = _random.Next(1, 4);
        for (var i = 0; i < terms; i++)
        {
            if (i > 0) text.Append(Any([" ", " AND ", " OR "]));
            if (Chance(0.2)) text.Append(Any(["NOT ", "-"]));
            if (depth < 4 && Chance(0.3))
            {
                text.Append('(');
                AddQuery(text, depth + 1);
                text.Append(')');
            }
            else
            {
                text.Append(Term());
            }
        }
    }

    private string Term() => _random.Next(14) switch
    {
        0 or 1 => Quoted(Any(s_words)),
        2 => Quoted(Words(2)),
        3 => Prefix(Any(s_words)),
        4 or 5 => $"{Any(s_textFields)}:{Quoted(Any(s_words))}",
        6 => $"{Any(["from", "to", "participants", "recipients"])}:{Pattern(Any(s_addresses))}",
        7 => $"attachment:{Pattern(Any(s_files))}",
        8 => $"{Any(["sent", "received"])}{Any([":", ">", ">=", "<", "<="])}2026-03-{_random.Next(1, 28):00}",
        9 => $"size{Any([":", ">", ">=", "<", "<="])}{_random.Next(4)}KB",
        10 => Any(["hasattachment:true", "hasattachment:false", "partial:true", "flag:seen", "flag:\\Seen", "flag:$imp*", "bcc:*", "*"]),
        11 => $"folder:{Pattern(Any(s_folders))}",
        12 => Any(["type:application/pdf", "type:application/*", "type:*pdf", $"messageid:{Pattern(Any(s_addresses))}", $"sha256:{new string('0', 64)}"]),
        _ => $"{Any(["", "subject:", "body:"])}NEAR({_random.Next(4)}, {Quoted(Any(s_words))}, {Quoted(Any(s_words))})",
    };

    private string Words(int count) => string.Join(' ', Enumerable.Range(0, count).Select(_ => Any(s_words)));

    private string Prefix(string word) => Quoted(word[..Math.Min(word.Length, _random.Next(2, 5))] + "*");

    /// <summary>The value as it is, or with some of it replaced by a star, in another case.</summary>
    private string Pattern(string value)
    {
        if (Chance(0.5))
        {
            var start = _random.Next(value.Length);
            value = $"{value[..start]}*{value[_random.Next(start, value.Length)..]}";
        }

        return Quoted(Chance(0.3) ? value.ToUpperInvariant() : value);
    }

    private static string Quoted(string value) => $"\"{value}\"";

    private bool Chance(double chance) => _random.NextDouble() < chance;

    private string Any(string[] values) => values[_random.Next(values.Length)];
}
