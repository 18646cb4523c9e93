namespace MailGrains.Grains.Tests.Streams;

/// <summary>Waits for what happens by itself.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static async Task EqualAsync<T>(T expected, Func<Task<T>> actual)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (true)
        {
            var found = await actual();
            if (EqualityComparer<T>.Default.Equals(expected, found)) return;
            Assert.False(limit.IsCancellationRequested, $"Still {found} and not {expected} after {Limit}.");
            await Task.Yield();
        }
    }
}
