using System.Text;
using MailGrains.TestKit;

namespace MailGrains.Interop.Tests.RealInput;

/// <summary>A message on its way, with a sender by which it is known again.</summary>
internal sealed record SentMail(string Sender, byte[] Message)
{
    private const int LongestLine = 900;

    /// <summary>Postfix' cleanup(8) takes these away, or puts its own in their place.</summary>
    private static readonly string[] RemovedByCleanup = ["Bcc:", "Resent-Bcc:", "Content-Length:", "Return-Path:", "Apparently-To:"];

    /// <summary>All real messages that have an octet at all, and some generated ones.</summary>
    public static IEnumerable<SentMail> Make(int generated) => RealMessages()
        .Concat(GeneratedMailbox.Messages(generated).Select(m => BeforeDelivery(m.Bytes)))
        .Select((message, number) => new SentMail($"sender{number}@example.net", message));

    public static IEnumerable<byte[]> RealMessages() => Corpus.Files.Select(File.ReadAllBytes).Where(m => m.Length > 0);

    /// <summary>
    /// Whether every MTA passes it on as it is: CRLF line ends, lines of at most 1,000 octets, header lines that begin as such, none of which is the
    /// MTA's own business, and an empty line behind them. Of others Postfix folds long lines, ends lines with CRLF, drops header lines, and adds the empty line.
    /// </summary>
    public bool PassesUnchanged
    {
        get
        {
            var text = Encoding.Latin1.GetString(Message);
            if (!text.EndsWith("\r\n", StringComparison.Ordinal) || !text.Contains("\r\n\r\n", StringComparison.Ordinal) || text.Contains('\0')) return false;
            var lines = text.Split("\r\n");
            var header = lines.TakeWhile(l => l.Length > 0).ToList();
            return lines.All(l => l.Length <= LongestLine && !l.Contains('\r') && !l.Contains('\n'))
                && header.Count > 0 && header[0] is [not (' ' or '\t'), ..]
                && header.All(h => h[0] is ' ' or '\t' || IsField(h))
                && !header.Exists(h => RemovedByCleanup.Any(name => h.StartsWith(name, StringComparison.OrdinalIgnoreCase)));
        }
    }

    private static bool IsField(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && line[..colon].All(c => c is > ' ' and < (char)127);
    }

    /// <summary>Generated messages lie in a mailbox already; on their way there they had no Return-Path yet.</summary>
    private static byte[] BeforeDelivery(byte[] message) =>
        message.AsSpan().StartsWith("Return-Path:"u8) ? message[(message.AsSpan().IndexOf((byte)'\n') + 1)..] : message;
}
