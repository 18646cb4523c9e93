using System.CommandLine;
using System.Globalization;
using MailGrains.Bench.Bonnie;
using MailGrains.Bench.Client;
using MailGrains.Bench.Servers;

namespace MailGrains.Bench.Commands;

/// <summary><c>bonnie</c>: many deliveries to many mailboxes, until every subscriber has handled every event. <c>bench/bonnie</c> starts the server.</summary>
internal static class BonnieCommand
{
    private static readonly Option<string> s_lmtp = new("--lmtp") { Description = "LMTP as host:port.", Required = true };
    private static readonly Option<string> s_http = new("--http") { Description = "Administration as a URL.", Required = true };
    private static readonly Option<string> s_token = new("--token-file") { Description = "File with the admin token.", Required = true };
    private static readonly Option<int?> s_pid = new("--pid") { Description = "The server's process, for its memory." };
    private static readonly Option<string> s_title = new("--title") { Description = "What the plots are called.", DefaultValueFactory = _ => "MailGrains" };
    private static readonly Option<string> s_out = new("--out") { Description = "Folder for plots and figures.", Required = true };
    private static readonly Option<string> s_prefix = new("--prefix") { Description = "How their names begin.", DefaultValueFactory = _ => "bonnie" };
    private static readonly Option<int> s_mailboxes = Number("--mailboxes", 30_000, "Accounts; user0000001@example.org and so on exist.");
    private static readonly Option<int> s_deliveries = Number("--deliveries", 90_000, "Messages to one mailbox each.");
    private static readonly Option<int> s_recipients = Number("--recipients", 2_200, "Recipients of the one message at the end.");
    private static readonly Option<int> s_atOnce = Number("--recipients-at-once", 1_000, "Recipients the server takes in a transaction.");
    private static readonly Option<int> s_connections = Number("--connections", 16, "Connections that deliver.");
    private static readonly Option<int> s_median = Number("--median", 3_000, "Median size of the messages in octets.");
    private static readonly Option<int> s_subscribers = Number("--subscribers", 0, "How many subscribers the server has.");

    public static Command Create()
    {
        var command = new Command("bonnie", "Deliver to many mailboxes and wait until all subscribers have handled all events.")
        {
            s_lmtp, s_http, s_token, s_pid, s_title, s_out, s_prefix,
            s_mailboxes, s_deliveries, s_recipients, s_atOnce, s_connections, s_median, s_subscribers,
        };
        command.SetAction(parsed =>
        {
            var options = new BonnieOptions(
                parsed.GetValue(s_mailboxes),
                parsed.GetValue(s_deliveries),
                Math.Min(parsed.GetValue(s_recipients), parsed.GetValue(s_mailboxes)),
                parsed.GetValue(s_atOnce),
                parsed.GetValue(s_connections),
                parsed.GetValue(s_median),
                parsed.GetValue(s_subscribers));
            using var admin = new AdminApi(parsed.GetValue(s_http)!, File.ReadAllText(parsed.GetValue(s_token)!).Trim());
            var load = new BonnieLoad(Endpoint.Parse(parsed.GetValue(s_lmtp)!), options);
            Print(Execute(options, admin, load, parsed.GetValue(s_title)!, parsed.GetValue(s_pid)), parsed.GetValue(s_out)!, parsed.GetValue(s_prefix)!);
        });
        return command;
    }

    private static BonnieResult Execute(BonnieOptions options, AdminApi admin, BonnieLoad load, string title, int? server)
    {
        // All have started, so that none is left out of the samples.
        admin.AwaitSubscribers(options.Subscribers);
        using var watcher = new BonnieWatcher(admin, load);
        load.DeliverSingly();
        var delivered = watcher.Seconds;
        load.DeliverToAll();
        var sent = watcher.Seconds;
        admin.AwaitSubscribers(options.Subscribers);
        var caughtUp = watcher.Seconds;
        var samples = watcher.Finish();
        var dead = samples[^1].Pending.Keys.Sum(admin.DeadLetters);
        return new BonnieResult(options, title, delivered, sent, caughtUp, dead, samples, server is { } pid ? ServerMemory.Read(admin, pid) : null);
    }

    private static void Print(BonnieResult result, string folder, string prefix)
    {
        Directory.CreateDirectory(folder);
        var report = new BonnieReport(result);
        Console.WriteLine(report);
        var json = Path.Combine(folder, prefix + ".json");
        File.WriteAllText(json, report.ToJson());
        foreach (var path in (string[])[json, .. BonniePlots.Write(result, folder, prefix)])
            Console.WriteLine(path);
    }

    private static Option<int> Number(string name, int otherwise, string description) =>
        new(name) { Description = description + $" Default: {otherwise.ToString(CultureInfo.InvariantCulture)}.", DefaultValueFactory = _ => otherwise };
}
