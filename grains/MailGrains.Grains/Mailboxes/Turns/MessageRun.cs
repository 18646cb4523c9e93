using System.Globalization;
using System.Text;
using MailGrains.Model;

namespace MailGrains.Grains.Mailboxes.Turns;

/// <summary>Messages named together in one event, in ascending UID order.</summary>
/// <param name="OldUids">The UIDs they had in the folder they came from, in the same order; null when they stayed.</param>
/// <param name="EmailIds">Their contents in the same order, runs as first:last.</param>
internal sealed record MessageRun(UidSet Uids, UidSet? OldUids, string EmailIds, long SizeBytes)
{
    /// <summary>Numbers in the order given, rising runs as first:last, e.g. <c>7:9,3</c>.</summary>
    public static string Runs(ReadOnlySpan<long> numbers)
    {
        var text = new StringBuilder();
        for (var i = 0; i < numbers.Length;)
        {
            var start = i++;
            while (i < numbers.Length && numbers[i] == numbers[i - 1] + 1) i++;
            if (text.Length > 0) text.Append(',');
            text.Append(CultureInfo.InvariantCulture, $"{numbers[start]}");
            if (i - start > 1) text.Append(CultureInfo.InvariantCulture, $":{numbers[i - 1]}");
        }

        return text.ToString();
    }
}
