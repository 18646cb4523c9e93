using System.Globalization;
using MailGrains.Microbench.Host;

namespace MailGrains.Microbench.Events;

/// <summary><c>events NUMBER [sqlite|postgresql]…</c>: how many events a second the log brings to a subscriber.</summary>
internal static class EventsProgram
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        var number = int.Parse(arguments[0], CultureInfo.InvariantCulture);
        foreach (var store in arguments[1..])
        {
            await using var host = await EventHost.StartAsync(store == "postgresql" ? StoreKind.PostgreSql : StoreKind.SqlitePacks);
            await new EventsRun(host, store, number, Console.Out).ExecuteAsync();
        }

        return 0;
    }
}
