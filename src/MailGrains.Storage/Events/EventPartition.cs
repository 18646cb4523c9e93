using System.IO.Hashing;
using MailGrains.Model;

namespace MailGrains.Storage.Events;

/// <summary>Which partition a mailbox's events go to: the same on every machine and in every version.</summary>
public static class EventPartition
{
    public static int Of(AccountId account, int partitions)
    {
        Span<byte> key = stackalloc byte[16];
        account.Value.TryWriteBytes(key, bigEndian: true, out _);
        return (int)(XxHash64.HashToUInt64(key) % (uint)partitions);
    }

    /// <summary>The last positions by partition, from the rows of a store: 0 for one that has no row.</summary>
    public static long[] Ends(int partitions, IEnumerable<(long Partition, long Last)> rows)
    {
        var ends = new long[partitions];
        foreach (var (partition, last) in rows)
            if (partition >= 0 && partition < partitions) ends[partition] = last;
        return ends;
    }
}
