using System.Globalization;
using System.Text;

namespace MailGrains.TestKit.Transcripts;

/// <summary>
/// A conversation as a text file, one behaviour per file. Protocol-neutral.
/// <code>
/// # a comment; empty lines are skipped
/// C: NOOP                  the client sends this line, CRLF added
/// S: 250 2.0.0 OK          the server's next line is exactly this
/// S: 250 {{2\..*}} OK      {{…}} is a regular expression
/// S: 250 receipt &lt;&lt;id&gt;&gt;    captures up to what follows; C: and S: lines after it may say &lt;&lt;id&gt;&gt;
/// C-RAW: abc\r\n\x00       exactly these bytes (\r \n \t \0 \\ \xHH); S-RAW: likewise for the server
/// C&lt;&lt;END                   the lines up to one that is END, each with CRLF, nothing interpreted; S&lt;&lt;END likewise
/// C-REPEAT: 1000 abc\r\n   the same raw bytes many times
/// C-CLOSE                  the client closes;  S-CLOSE: the server must have closed, nothing left to read
/// C-TLS                    the client runs the TLS handshake
/// C@b: NOOP                all of these on a second connection, opened when first named
/// </code>
/// Text is UTF-8 and travels as its bytes.
/// </summary>
public sealed class Transcript
{
    private Transcript(string name, IReadOnlyList<Step> steps)
    {
        Name = name;
        Steps = steps;
    }

    public string Name { get; }

    public IReadOnlyList<Step> Steps { get; }

    public static Transcript Load(string path) => Parse(Path.GetFileNameWithoutExtension(path), File.ReadAllText(path));

    public static Transcript Parse(string name, string text)
    {
        // From here on one character stands for one byte.
        var lines = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text)).Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n');
        var steps = new List<Step>();
        for (var i = 0; i < lines.Length; i++)
        {
            var number = i + 1;
            var line = lines[i];
            if (line.Length == 0 || line[0] == '#')
                continue;
            var block = line.IndexOf("<<", StringComparison.Ordinal);
            steps.Add(block > 0 && !line[..block].Contains(':', StringComparison.Ordinal)
                ? ParseBlock(name, lines, ref i, block)
                : ParseLine(name, number, line));
        }

        return steps.Count == 0 ? throw new FormatException($"{name}: the transcript is empty.") : new Transcript(name, steps);
    }

    private static Step ParseBlock(string name, string[] lines, ref int i, int block)
    {
        var number = i + 1;
        var (side, connection) = Side(lines[i][..block]);
        var end = lines[i][(block + 2)..];
        var text = new StringBuilder();
        for (i++; i < lines.Length; i++)
        {
            if (lines[i] == end)
                return new Step(number, connection, side == "C" ? StepKind.Send : StepKind.ExpectBytes, Literal(text.ToString()));
            text.Append(lines[i]).Append("\r\n");
        }

        throw new FormatException($"{name}, line {number}: the block never ends with a line '{end}'.");
    }

    private static Step ParseLine(string name, int number, string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        var (side, connection) = Side(colon < 0 ? line : line[..colon]);
        var text = colon < 0 ? "" : line[(colon + 1)..];
        if (text.StartsWith(' '))
            text = text[1..];

        return side switch
        {
            "C" => new Step(number, connection, StepKind.Send, text + "\r\n"),
            "S" => new Step(number, connection, StepKind.ExpectLine, text),
            "C-RAW" => new Step(number, connection, StepKind.Send, Unescape(text)),
            "S-RAW" => new Step(number, connection, StepKind.ExpectBytes, Unescape(text)),
            "C-REPEAT" => new Step(number, connection, StepKind.Send, Repeat(text)),
            "C-CLOSE" => new Step(number, connection, StepKind.Close, ""),
            "S-CLOSE" => new Step(number, connection, StepKind.ExpectClose, ""),
            "C-TLS" => new Step(number, connection, StepKind.StartTls, ""),
            _ => throw new FormatException($"{name}, line {number}: '{side}' is no kind of step."),
        };
    }

    private static (string Side, string Connection) Side(string head)
    {
        var at = head.IndexOf('@', StringComparison.Ordinal);
        if (at < 0)
            return (head.Trim(), "");
        var dash = head.IndexOf('-', at);
        return dash < 0 ? (head[..at].Trim(), head[(at + 1)..].Trim()) : (head[..at].Trim() + head[dash..].Trim(), head[(at + 1)..dash]);
    }

    private static string Repeat(string text)
    {
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        var count = int.Parse(text.AsSpan(0, space), NumberStyles.None, CultureInfo.InvariantCulture);
        var piece = Unescape(text[(space + 1)..]);
        return new StringBuilder(piece.Length * count).Insert(0, piece, count).ToString();
    }

    /// <summary>Keeps the text of a block from being searched for captures.</summary>
    private static string Literal(string text) => text.Replace("<<", Captures.Escaped, StringComparison.Ordinal);

    private static string Unescape(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || ++i == text.Length)
            {
                plain.Append(i < text.Length ? text[i] : '\\');
                continue;
            }

            plain.Append(text[i] switch
            {
                'r' => '\r',
                'n' => '\n',
                't' => '\t',
                '0' => '\0',
                'x' => (char)byte.Parse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
                var other => other,
            });
            if (text[i] == 'x')
                i += 2;
        }

        return plain.ToString();
    }
}
