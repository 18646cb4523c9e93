using System.Buffers;
using System.Text;
using MailGrains.Imap.Syntax;

namespace MailGrains.Imap.Commands;

/// <summary>
/// idle = "IDLE" CRLF "DONE" (RFC 9051 section 6.3.13, RFC 2177); DONE is a line of its own, see
/// <see cref="ImapCommandReader.ReadLine"/>
/// </summary>
public sealed record IdleCommand : ImapCommand
{
    public override CommandVerb Verb => CommandVerb.Idle;

    /// <summary>True for the line that ends IDLE; any other line is BAD and ends it too.</summary>
    public static bool IsDone(in ReadOnlySequence<byte> line)
    {
        Span<byte> text = stackalloc byte[6];
        if (line.Length != text.Length) return false;
        line.CopyTo(text);
        return Ascii.EqualsIgnoreCase(text, "DONE\r\n"u8);
    }

    internal static ImapCommand Parse(ref ImapScanner scanner) => new IdleCommand();
}
