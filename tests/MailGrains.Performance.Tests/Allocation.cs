namespace MailGrains.Performance.Tests;

/// <summary>How many bytes one operation allocates: the least of several rounds, for the runtime allocates now and then on its own account.</summary>
internal static class Allocation
{
    private const int Rounds = 5;

    /// <summary>For what stays on this thread.</summary>
    public static double PerOperation(Action operation, int operations = 2_000)
    {
        var least = double.MaxValue;
        for (var round = 0; round <= Rounds; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < operations; i++) operation();
            var bytes = GC.GetAllocatedBytesForCurrentThread() - before;

            // The first round warms up.
            if (round > 0) least = Math.Min(least, (double)bytes / operations);
        }

        return least;
    }

    /// <summary>For what runs on many threads: counts the whole process, so nothing else may run meanwhile.</summary>
    public static async Task<double> PerOperationAsync(Func<ValueTask> operation, int operations)
    {
        var least = double.MaxValue;
        for (var round = 0; round <= Rounds; round++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            for (var i = 0; i < operations; i++) await operation();
            var bytes = GC.GetTotalAllocatedBytes(precise: true) - before;
            if (round > 0) least = Math.Min(least, (double)bytes / operations);
        }

        return least;
    }
}
