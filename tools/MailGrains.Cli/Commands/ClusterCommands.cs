using System.CommandLine;
using MailGrains.Cli.Api;

namespace MailGrains.Cli.Commands;

/// <summary>cluster status|locate|drain|undrain</summary>
internal static class ClusterCommands
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(500);

    private static readonly Argument<string> Name = new("silo") { Description = "A silo's name, ip:port, or ip:port@generation, as status shows them." };

    public static Command Create() => new("cluster", "The silos that together are the server.")
    {
        Status(),
        Locate(),
        Drain(),
        Undrain(),
    };

    private static Command Status()
    {
        var command = new Command("status", "List the silos.");
        command.Runs(async (parsed, api, cancellation) => Print(parsed, await api.GetAsync<List<Silo>>("/api/cluster/silos", cancellation)));
        return command;
    }

    private static Command Locate()
    {
        var command = new Command("locate", "Show on which silo a mailbox is open.") { AccountCommands.Name };
        command.Runs(async (parsed, api, cancellation) => Listing.Print(
            parsed,
            [await api.GetAsync<Location>(AccountCommands.Path(parsed.GetValue(AccountCommands.Name)!) + "/location", cancellation)],
            ("Login", l => l.Login),
            ("State", l => l.State),
            ("Silo", l => l.Silo),
            ("Epoch", l => l.Epoch),
            ("Sessions", l => l.Sessions)));
        return command;
    }

    private static Command Drain()
    {
        var command = new Command("drain", "Have a silo's mailboxes go to the others, so that it can be stopped; waits until they have gone.") { Name };
        command.Runs(async (parsed, api, cancellation) =>
        {
            var silo = await api.PostAsync<Silo>(Path(parsed) + "/drain", null, cancellation);
            await Progress.RunAsync("Mailboxes", silo.Mailboxes ?? 0, async advance => silo = await WaitAsync(api, silo, advance, cancellation));
            if (GlobalOptions.IsJson(parsed)) Listing.PrintJson(silo);
            else Console.WriteLine($"Silo {silo.Name} ({silo.Id}) has no mailbox open and takes none: it may be stopped. To undo: cluster undrain");
        });
        return command;
    }

    private static Command Undrain()
    {
        var command = new Command("undrain", "Let a silo take mailboxes again.") { Name };
        command.Runs(async (parsed, api, cancellation) =>
        {
            await api.CallAsync(HttpMethod.Delete, Path(parsed) + "/drain", null, cancellation);
            Print(parsed, [await api.GetAsync<Silo>(Path(parsed), cancellation)]);
        });
        return command;
    }

    private static async Task<Silo> WaitAsync(AdminApi api, Silo silo, Action<double> advance, CancellationToken cancellation)
    {
        while (silo.Mailboxes is not 0)
        {
            await Task.Delay(Between, cancellation);
            var before = silo.Mailboxes ?? 0;
            silo = await api.GetAsync<Silo>("/api/cluster/silos/" + AdminApi.Segment(silo.Id), cancellation);
            if (silo.State is not ("draining" or "silent"))
                throw new CommandFailedException(ExitCode.Failed, $"Silo {silo.Name} no longer drains; it is {silo.State}.");
            advance(before - (silo.Mailboxes ?? before));
        }

        return silo;
    }

    private static string Path(ParseResult parsed) => "/api/cluster/silos/" + AdminApi.Segment(parsed.GetValue(Name)!);

    private static void Print(ParseResult parsed, IReadOnlyList<Silo> silos) => Listing.Print(
        parsed,
        silos,
        ("Silo", s => s.Id),
        ("Name", s => s.Name),
        ("State", s => s.State),
        ("Started", s => s.StartedAt.ToString("yyyy-MM-dd HH:mm:ss")),
        ("Mailboxes", s => s.Mailboxes),
        ("Sessions", s => s.Sessions),
        ("Activations", s => s.Activations),
        ("Frontends", s => s.Clients),
        ("Memory", s => s.ResidentBytes is { } octets ? $"{octets >> 20} MiB" : null),
        ("Version", s => s.Version));
}
