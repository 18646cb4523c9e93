using System.Buffers.Text;
using System.Diagnostics;
using System.Text.Json;
using MailGrains.TestKit.Processes;

namespace MailGrains.TestKit.Checking;

/// <summary>
/// Compares what clients were told with the log and the archive, message by message: each that arrived has one event and one entry made of it, and each that
/// was delivered a receipt of that event.
/// </summary>
internal sealed class ArchiveCheck(IReadOnlyCollection<MessageHistory> histories, IReadOnlyDictionary<string, Guid> accounts)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>What the server gave for deliveries.</summary>
    public IReadOnlyList<string> Receipts => [.. histories.Select(h => h.Receipt).OfType<string>()];

    public static async Task<ArchiveCheck> OfAsync(IRunningProduct product, IEnumerable<MessageHistory> histories) => new(
        [.. histories],
        JsonDocument.Parse((await product.AdminAsync("", "account", "list", "--json")).Succeeded().Output).RootElement.EnumerateArray()
            .ToDictionary(a => a.GetProperty("login").GetString()!, a => Guid.Parse(a.GetProperty("id").GetString()!)));

    /// <summary>Waits until the archive has everything that is in the log.</summary>
    /// <exception cref="TimeoutException">It doesn't get there; the message says what it says of itself.</exception>
    public static async Task CaughtUpAsync(IRunningProduct product, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var listed = (await product.AdminAsync("", "subscriber", "list", "--json")).Succeeded().Output;
            var places = JsonDocument.Parse(listed).RootElement.EnumerateArray().ToList();
            if (places.Count > 0 && places.TrueForAll(p => p.GetProperty("position").GetInt64() >= p.GetProperty("head").GetInt64())) return;
            if (Stopwatch.GetElapsedTime(started) > Patience) throw new TimeoutException($"The archive does not catch up:\n{listed}");
            await Task.Delay(LookAgain, cancellation);
        }
    }

    /// <summary>Returns what is wrong; empty is good.</summary>
    /// <param name="events">All arrivals in the log.</param>
    /// <param name="entries">All arrivals in the archive.</param>
    public IReadOnlyList<string> Problems(IReadOnlyList<Arrival> events, IReadOnlyList<Arrival> entries)
    {
        var problems = new List<string>();
        var (logged, archived) = (events.ToLookup(Key), entries.ToLookup(Key));
        foreach (var history in histories)
        {
            var key = (accounts[history.User], $"{history.Token}@example.net");
            var (type, expected) = (history.Delivered ? "MessageNew" : "MessageAppend", history.Arrived ? 1 : 0);
            var (inLog, inArchive) = (logged[key].ToList(), archived[key].ToList());
            if (inLog.Count != expected || inLog.Exists(e => e.Type != type))
                problems.Add($"{history.User}: {history.Token} should have {expected} {type}; it has {Describe(inLog)}");
            else if (!inLog.SequenceEqual(inArchive))
                problems.Add($"{history.User}: {history.Token} has {Describe(inLog)} in the log and {Describe(inArchive)} in the archive");
            else if (history is { Delivered: true, Arrived: true } && PlaceIn(history.Receipt) != (key.Item1, inLog[0].Sequence))
                problems.Add($"{history.User}: {history.Token} has the receipt {history.Receipt ?? "none"}, and {Describe(inLog)}");
        }

        var known = histories.Select(h => (accounts[h.User], $"{h.Token}@example.net")).ToHashSet();
        problems.AddRange(events.Where(e => !known.Contains(Key(e))).Select(e => $"{e} is of no message that was ever sent"));
        problems.AddRange(entries.Where(e => !known.Contains(Key(e))).Select(e => $"{e} of the archive is of no message that was ever sent"));
        return problems;
    }

    /// <summary>What was compared, in numbers.</summary>
    public string Counts(IReadOnlyList<Arrival> events, IReadOnlyList<Arrival> entries) =>
        $"{Count(delivered: true)} deliveries and {Count(delivered: false)} appended messages; {events.Count} events and {entries.Count} entries of them; "
        + $"{Receipts.Count} receipts";

    private static (Guid Account, string MessageId) Key(Arrival arrival) => (arrival.Account, arrival.MessageId);

    private static string Describe(List<Arrival> arrivals) =>
        arrivals.Count == 0 ? "nothing" : string.Join(", ", arrivals.Select(a => $"{a.Type} {a.Sequence}"));

    /// <summary>The event a receipt names.</summary>
    private static (Guid Account, long Sequence)? PlaceIn(string? receipt)
    {
        if (receipt is null) return null;
        var parts = receipt.Split('.');
        return (new Guid(Base64Url.DecodeFromChars(parts[1]), bigEndian: true), long.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture));
    }

    private int Count(bool delivered) => histories.Count(h => h.Arrived && h.Delivered == delivered);
}
