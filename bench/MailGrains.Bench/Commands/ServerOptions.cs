using System.CommandLine;
using MailGrains.Bench.Client;
using MailGrains.Bench.Report;
using MailGrains.Bench.Servers;

namespace MailGrains.Bench.Commands;

/// <summary>The options that say where the servers are; shared by all commands that measure.</summary>
internal sealed class ServerOptions
{
    private readonly Option<string> _server = new("--server")
    {
        Description = "Which servers to measure: both, mailgrains or dovecot.",
        DefaultValueFactory = _ => "both",
    };

    private readonly Option<string> _template = new("--user-template")
    {
        Description = "Format of the accounts' addresses; {0} is the number.",
        DefaultValueFactory = _ => Users.DefaultTemplate,
    };

    private readonly Option<string> _password = new("--password")
    { Description = "Password of all accounts.", DefaultValueFactory = _ => Users.DefaultPassword };
    private readonly ServerPlace _mailGrains = new(ComparisonReport.MailGrains, "127.0.0.1:1143", "127.0.0.1:1024");
    private readonly ServerPlace _dovecot = new(ComparisonReport.Dovecot, "127.0.0.1:24101", "127.0.0.1:24102");

    public ServerOptions() => _server.AcceptOnlyFromAmong("both", ComparisonReport.MailGrains, ComparisonReport.Dovecot);

    public void AddTo(Command command)
    {
        command.Add(_server);
        _mailGrains.AddTo(command);
        _dovecot.AddTo(command);
        command.Add(_template);
        command.Add(_password);
    }

    public IReadOnlyList<MailServer> Read(ParseResult parsed)
    {
        var wanted = parsed.GetValue(_server);
        return
        [
            .. new[] { _mailGrains, _dovecot }
                .Where(place => wanted == "both" || wanted == place.Name)
                .Select(place => place.Read(parsed, parsed.GetValue(_template)!, parsed.GetValue(_password)!)),
        ];
    }

    private sealed class ServerPlace(string name, string imapDefault, string lmtpDefault)
    {
        private readonly Option<string> _imap = new($"--{name}-imap")
        { Description = "IMAP as host:port.", DefaultValueFactory = _ => imapDefault };
        private readonly Option<string> _lmtp = new($"--{name}-lmtp")
        { Description = "LMTP as host:port or unix:path.", DefaultValueFactory = _ => lmtpDefault };
        private readonly Option<string?> _restart = new($"--{name}-restart")
        { Description = "Shell command that restarts it and returns when it accepts connections." };
        private readonly Option<string?> _coldStart = new($"--{name}-cold-start")
        { Description = "The same, and caches that it derived from the messages are dropped." };
        private readonly Option<string?> _pidFile = new($"--{name}-pid-file")
        { Description = "File with its process id; without it, no memory figures." };
        private readonly Option<string?> _data = new($"--{name}-data") { Description = "Its data folder, where the disk is probed." };

        public string Name => name;

        public void AddTo(Command command)
        {
            foreach (var option in (Option[])[_imap, _lmtp, _restart, _coldStart, _pidFile, _data])
                command.Add(option);
        }

        public MailServer Read(ParseResult parsed, string template, string password) =>
            new(name, Endpoint.Parse(parsed.GetValue(_imap)!), Endpoint.Parse(parsed.GetValue(_lmtp)!))
            {
                UserTemplate = template,
                Password = password,
                RestartCommand = parsed.GetValue(_restart),
                ColdStartCommand = parsed.GetValue(_coldStart),
                PidFile = parsed.GetValue(_pidFile),
                DataFolder = parsed.GetValue(_data),
            };
    }
}
