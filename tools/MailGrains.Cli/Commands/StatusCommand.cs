using System.CommandLine;
using System.Globalization;
using MailGrains.Cli.Api;

namespace MailGrains.Cli.Commands;

/// <summary>status: the server at a glance.</summary>
internal static class StatusCommand
{
    public static Command Create()
    {
        var command = new Command("status", "Show whether the server is up, and its size.");
        command.Runs(async (parsed, api, cancellation) => Listing.Print(
            parsed,
            [await api.GetAsync<ServerStatus>("/api/status", cancellation)],
            ("Version", s => s.Version),
            ("Ready", s => s.Ready ? "yes" : "no"),
            ("Up", s => TimeSpan.FromSeconds(s.UptimeSeconds).ToString("c", CultureInfo.InvariantCulture)),
            ("Memory", s => $"{s.ResidentBytes >> 20} MiB"),
            ("Accounts", s => s.Accounts),
            ("Owed to logs", s => s.OwedActs),
            ("Bodies", s => Octets(s.LiveBodyBytes)),
            ("To be collected", s => Octets(s.DeadBodyBytes))));
        return command;
    }

    private static string Octets(long? octets) => octets is { } some ? $"{some >> 20} MiB" : "-";
}
