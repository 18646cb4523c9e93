using System.Diagnostics;
using MailGrains.Bench.Rows;

namespace MailGrains.Bench.Report;

/// <summary>What a durable write costs on a disk, by itself: the floor under every row that must be durable.</summary>
/// <param name="Median">Milliseconds of one 10 KB append with fdatasync.</param>
/// <param name="P99">The same, 99th percentile.</param>
internal sealed record DiskProbe(double Median, double P99)
{
    private const int MostWrites = 500;
    private const int Size = 10 * 1024;

    /// <summary>Appends and syncs in a file of its own in <paramref name="folder"/>, and removes it.</summary>
    public static DiskProbe Run(string folder, int writes = MostWrites)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, $"disk-probe-{Guid.NewGuid():N}");
        var bytes = new byte[Size];
        Random.Shared.NextBytes(bytes);
        var times = new List<double>(writes);
        try
        {
            using var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write);
            for (var i = 0; i < writes; i++)
            {
                var started = Stopwatch.GetTimestamp();
                RandomAccess.Write(file, bytes, (long)i * Size);
                RandomAccess.FlushToDisk(file);
                times.Add(Samples.Elapsed(started));
            }
        }
        finally
        {
            File.Delete(path);
        }
        return new DiskProbe(Samples.Percentile(times, 0.5), Samples.Percentile(times, 0.99));
    }

    public override string ToString() => FormattableString.Invariant($"10 KB append + fsync: p50 {Median:0.00} ms, p99 {P99:0.00} ms");
}
