using System.Buffers;
using System.Text;
using MailGrains.Imap;

namespace MailGrains.Protocol.Tests.Imap;

/// <summary>Feeds octets to an <see cref="ImapCommandReader"/> as a connection would and notes what happened, in words.</summary>
internal static class Feed
{
    public static readonly ImapLimits Limits = ImapLimits.AfterLogin(1024 * 1024);

    public static byte[] Octets(string text) => Encoding.Latin1.GetBytes(text);

    public static ReadOnlySequence<byte> Sequence(byte[] octets) => new(octets);

    /// <summary>One segment per octet: the worst a pipe can hand over.</summary>
    public static ReadOnlySequence<byte> Scattered(ReadOnlySpan<byte> octets)
    {
        var first = new Segment(default, 0);
        var last = first;
        foreach (var octet in octets) last = last.Append(new[] { octet });
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    /// <summary>Everything there at once.</summary>
    public static List<string> Whole(byte[] octets, ImapLimits? limits = null) => Run(octets, octets.Length, limits ?? Limits, Together);

    /// <summary>Everything there at once, each octet in a segment of its own.</summary>
    public static List<string> Segmented(byte[] octets, ImapLimits? limits = null) =>
        Run(octets, octets.Length, limits ?? Limits, memory => Scattered(memory.Span));

    /// <summary>One octet more at each read.</summary>
    public static List<string> Dripped(byte[] octets, ImapLimits? limits = null) => Run(octets, 1, limits ?? Limits, Together);

    private static ReadOnlySequence<byte> Together(ReadOnlyMemory<byte> octets) => new(octets);

    private static List<string> Run(byte[] octets, int step, ImapLimits limits, Func<ReadOnlyMemory<byte>, ReadOnlySequence<byte>> cut)
    {
        var log = new List<string>();
        var reader = new ImapCommandReader();
        int start = 0, end = Math.Min(step, octets.Length);
        while (true)
        {
            var result = reader.Read(cut(octets.AsMemory(start, end - start)), limits);
            if (result.Status == ImapReadStatus.NeedMore)
            {
                if (end == octets.Length) return log;
                end = Math.Min(end + step, octets.Length);
                continue;
            }

            log.Add(Describe(result));
            start += (int)result.Bytes.Length;
            if (result.Refusal is { Bye: true }) return log;
        }
    }

    private static string Describe(ImapReadResult result) => result.Status switch
    {
        ImapReadStatus.Continuation => $"+{result.LiteralOctets}",
        ImapReadStatus.Refused => Describe(result.Refusal!),
        _ => $"{result.Status}: {Encoding.Latin1.GetString(result.Bytes.ToArray())}",
    };

    private static string Describe(ImapRefusal refusal)
    {
        var code = refusal.Error.Code is { } c ? $" [{c}]" : "";
        return $"{refusal.Tag ?? "*"} {refusal.Error.Condition.ToString().ToUpperInvariant()}{code}{(refusal.Bye ? " BYE" : "")}";
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long index)
        {
            Memory = memory;
            RunningIndex = index;
        }

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
