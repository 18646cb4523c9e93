using MailGrains.Model;
using MailGrains.Model.Summary;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Mailboxes;

namespace MailGrains.Frontends.Imap.Fetch;

/// <summary>
/// The bodies of a few messages in a row, read together: while one batch is written to the client the next one is read and decompressed.
/// </summary>
internal sealed class BodyBatch : IDisposable
{
    // Two batches are in memory at once; a single message may be larger than this.
    private const long MaxOctets = 1024 * 1024;

    private readonly BodyLease[] _leases;
    private readonly bool[] _damaged;

    private BodyBatch(int first, int count)
    {
        First = first;
        Count = count;
        _leases = new BodyLease[count];
        _damaged = new bool[count];
    }

    /// <summary>Index of the first message within the records it was made of.</summary>
    public int First { get; }

    public int Count { get; }

    public int End => First + Count;

    public ReadOnlyMemory<byte> this[int index] => _leases[index - First].Memory;

    public bool IsDamaged(int index) => _damaged[index - First];

    /// <summary>How many of the records from <paramref name="first"/> on make a batch.</summary>
    public static int Measure(ReadOnlySpan<EmailRecord?> records, int first, FetchPlan plan)
    {
        long octets = 0;
        var end = first;
        while (end < records.Length)
        {
            if (records[end] is { } record && plan.NeedsBody(MessageSummary.Read(record.Summary))) octets += record.Body.Length;
            if (octets > MaxOctets && end > first) break;
            end++;
        }

        return end - first;
    }

    public static async Task<BodyBatch> ReadAsync(
        BodySource bodies, AccountId account, ReadOnlyMemory<EmailRecord?> records, int first, int count, FetchPlan plan, CancellationToken cancellation)
    {
        var batch = new BodyBatch(first, count);
        try
        {
            for (var i = 0; i < count; i++)
            {
                if (records.Span[first + i] is not { } record || !plan.NeedsBody(MessageSummary.Read(record.Summary))) continue;
                try
                {
                    batch._leases[i] = await bodies.ReadAsync(account, record, cancellation);
                }
                catch (BodyCorruptException)
                {
                    batch._damaged[i] = true;
                }
            }

            return batch;
        }
        catch
        {
            batch.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        for (var i = 0; i < _leases.Length; i++) _leases[i].Dispose();
    }
}
