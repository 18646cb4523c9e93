using System.Buffers;
using System.Globalization;
using System.Text;

namespace MailGrains.Lmtp;

/// <summary>
/// One reply: the code of RFC 5321, the enhanced status of RFC 3463 (empty for greetings and go-aheads), and text. Rendered once;
/// keep replies that are sent often in static fields.
/// </summary>
public sealed class LmtpReply
{
    private readonly byte[] _bytes;

    /// <param name="text">One line; control characters are replaced, so that no reply can be split by what a client sent.</param>
    public LmtpReply(int code, string status, string text)
        : this(code, status, [text])
    {
    }

    /// <summary>A reply of several lines, as LHLO and HELP want.</summary>
    public LmtpReply(int code, string status, IReadOnlyList<string> lines)
    {
        Code = code;
        Status = status;
        var text = new StringBuilder();
        for (var i = 0; i < lines.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{code:000}").Append(i == lines.Count - 1 ? ' ' : '-');
            if (status.Length > 0)
                text.Append(status).Append(' ');
            foreach (var c in lines[i])
                text.Append(char.IsControl(c) ? '?' : c);
            text.Append("\r\n");
        }

        _bytes = Encoding.UTF8.GetBytes(text.ToString());
    }

    public int Code { get; }

    public string Status { get; }

    public ReadOnlyMemory<byte> Bytes => _bytes;

    public void WriteTo(IBufferWriter<byte> output) => output.Write(_bytes);

    public override string ToString() => Encoding.UTF8.GetString(_bytes).TrimEnd();
}
