using System.Globalization;
using System.Text;
using MailGrains.Storage.Events;

namespace MailGrains.Subscribers.JsonLines;

/// <summary>Looks for the lines of some positions, which rise within a file. Lines that were redriven stand anywhere and are passed over.</summary>
internal static class LineSearch
{
    private const int Chunk = 4 << 10;
    private const string PositionName = ",\"position\":";
    private const string RedrivenEnd = "\"redriven\":true}";

    /// <summary>Whether each line that has the position of one of the events is of that event.</summary>
    /// <param name="events">Of one partition, by rising positions; not empty.</param>
    public static bool Agree(Stream lines, IReadOnlyList<EventRecord> events)
    {
        var known = events.ToDictionary(e => e.Position);
        foreach (var (position, line) in From(lines, Before(lines, events[0].Position)))
        {
            if (position > events[^1].Position) break;
            if (known.TryGetValue(position, out var one) && !line.StartsWith(StartOf(one), StringComparison.Ordinal)) return false;
        }

        return true;
    }

    /// <summary>An offset before the line of a position, and not far before it.</summary>
    private static long Before(Stream lines, long position)
    {
        var (low, high) = (0L, lines.Length);
        while (high - low > Chunk)
        {
            var middle = low + (high - low) / 2;
            if (From(lines, middle).Select(l => (long?)l.Position).FirstOrDefault() < position) low = middle;
            else high = middle;
        }

        return low;
    }

    /// <summary>The lines that begin behind an offset, or at 0.</summary>
    private static IEnumerable<(long Position, string Line)> From(Stream lines, long offset)
    {
        lines.Seek(offset, SeekOrigin.Begin);
        using var reader = new StreamReader(lines, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, Chunk, leaveOpen: true);
        if (offset > 0) reader.ReadLine();
        while (reader.ReadLine() is { } line)
            if (!line.EndsWith(RedrivenEnd, StringComparison.Ordinal) && PositionOf(line) is { } position) yield return (position, line);
    }

    private static long? PositionOf(string line)
    {
        var start = line.IndexOf(PositionName, StringComparison.Ordinal) + PositionName.Length;
        var end = line.IndexOf(',', start);
        return end > start && long.TryParse(line.AsSpan(start, end - start), NumberStyles.None, CultureInfo.InvariantCulture, out var position)
            ? position
            : null;
    }

    private static string StartOf(EventRecord one) => string.Create(
        CultureInfo.InvariantCulture,
        $"{{\"partition\":{one.Partition},\"position\":{one.Position},\"sequence\":{one.Event.Sequence},\"hash\":\"{one.Event.Hash}\",");
}
