using System.CommandLine;
using MailGrains.Bench.Client;
using MailGrains.Bench.Report;
using MailGrains.Bench.Rows;
using MailGrains.Bench.Servers;

namespace MailGrains.Bench.Commands;

/// <summary><c>subscriber-cost</c>: deliveries a second with subscribers and without, by turns. <c>bench/subscriber-cost</c> starts the servers.</summary>
internal static class SubscriberCostCommand
{
    public static Command Create()
    {
        var none = new ServerOption("none");
        var subscribed = new ServerOption("subscribed");
        var runs = new Option<int>("--runs") { Description = "Runs on each server; the ratio is of the medians.", DefaultValueFactory = _ => 3 };
        var seconds = new Option<double>("--seconds") { Description = "Time of each run that counts.", DefaultValueFactory = _ => 12 };
        var subscribers = new Option<int>("--subscribers") { Description = "How many subscribers the second server has.", Required = true };
        var json = new Option<FileInfo?>("--json") { Description = "File to write the figures to." };
        var command = new Command("subscriber-cost", "Measure LMTP deliveries with subscribers on and without any.") { runs, seconds, subscribers, json };
        none.AddTo(command);
        subscribed.AddTo(command);
        command.SetAction(parsed =>
        {
            using var admin = subscribed.Admin(parsed);
            MailServer[] servers = [none.Read(parsed, null), subscribed.Read(parsed, admin)];
            var row = SubscriberCost.Row(TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(subscribers));
            SubscriberCost.WarmUp(servers);
            admin.AwaitSubscribers(parsed.GetValue(subscribers));
            var result = new ComparisonRun(servers, parsed.GetValue(runs), Console.Error).Execute([row])[0];
            var report = new SubscriberCostReport(result, none.Name, subscribed.Name);
            Console.WriteLine();
            Console.WriteLine(report);
            if (parsed.GetValue(json) is { } file)
                File.WriteAllText(file.FullName, report.ToJson());
            return report.IsWhole ? 0 : 1;
        });
        return command;
    }

    private sealed class ServerOption(string name)
    {
        private readonly Option<string> _lmtp = new($"--{name}-lmtp") { Description = "LMTP as host:port.", Required = true };
        private readonly Option<string> _http = new($"--{name}-http") { Description = "Administration as a URL.", Required = true };
        private readonly Option<string> _data = new($"--{name}-data") { Description = "Data folder, with the admin token.", Required = true };

        public string Name => name;

        public void AddTo(Command command)
        {
            foreach (var option in (Option[])[_lmtp, _http, _data])
                command.Add(option);
        }

        public AdminApi Admin(ParseResult parsed) =>
            new(parsed.GetValue(_http)!, File.ReadAllText(Path.Combine(parsed.GetValue(_data)!, "admin-token")).Trim());

        public MailServer Read(ParseResult parsed, AdminApi? admin) =>
            new(name, Endpoint.Parse(parsed.GetValue(_lmtp)!), Endpoint.Parse(parsed.GetValue(_lmtp)!))
            {
                UserTemplate = Users.DefaultTemplate,
                Password = Users.DefaultPassword,
                DataFolder = parsed.GetValue(_data),
                Admin = admin,
            };
    }
}
