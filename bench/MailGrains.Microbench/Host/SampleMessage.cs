using System.Buffers.Text;
using System.Text;

namespace MailGrains.Microbench.Host;

/// <summary>A message of about 10 KB, text and HTML, made the same way every time; its Message-ID can be changed in place to make it another one.</summary>
public sealed class SampleMessage
{
    private const string Counter = "0000000000";
    private const int Size = 10 * 1024;

    private static readonly string[] Words =
    [
        "the", "quarterly", "figures", "for", "our", "northern", "branch", "have", "arrived", "and", "show", "a", "modest", "rise", "in",
        "orders", "while", "returns", "remain", "below", "what", "we", "expected", "last", "spring", "please", "review", "before", "Thursday",
    ];

    private readonly int _counterAt;
    private long _number;

    public SampleMessage()
    {
        var text = new StringBuilder(Size + 256);
        text.Append("From: Grace <grace@example.net>\r\nTo: Ada <ada@example.org>\r\nSubject: Figures of the northern branch\r\n")
            .Append("Date: Mon, 2 Mar 2026 09:12:44 +0100\r\nMessage-ID: <").Append(Counter).Append("@example.net>\r\nMIME-Version: 1.0\r\n")
            .Append("Content-Type: multipart/alternative; boundary=\"frontier\"\r\n\r\n--frontier\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n");
        Prose(text, Size / 2);
        text.Append("--frontier\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>\r\n");
        Prose(text, Size - 32);
        text.Append("</p>\r\n--frontier--\r\n");
        Bytes = Encoding.ASCII.GetBytes(text.ToString());
        _counterAt = Bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Counter));
    }

    public byte[] Bytes { get; }

    /// <summary>The same message under another Message-ID.</summary>
    public ReadOnlyMemory<byte> Next()
    {
        Utf8Formatter.TryFormat(++_number, Bytes.AsSpan(_counterAt, Counter.Length), out _, new System.Buffers.StandardFormat('D', (byte)Counter.Length));
        return Bytes;
    }

    private static void Prose(StringBuilder text, int until)
    {
        // A fixed walk over the words: enough variety that compression has its usual work.
        uint state = 12345;
        var column = 0;
        while (text.Length < until)
        {
            state = (state * 1664525) + 1013904223;
            var word = Words[(state >> 16) % Words.Length];
            column += word.Length + 1;
            text.Append(word).Append(column > 68 ? "\r\n" : " ");
            if (column > 68) column = 0;
        }

        text.Append("\r\n");
    }
}
