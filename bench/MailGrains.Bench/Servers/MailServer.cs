using System.Diagnostics;
using System.Globalization;
using MailGrains.Bench.Client;

namespace MailGrains.Bench.Servers;

/// <summary>One of the servers under measurement: where it listens, who may log in, and how to start it anew.</summary>
internal sealed class MailServer(string name, Endpoint imap, Endpoint lmtp)
{
    private const int SmallBuffer = 2048;

    public string Name => name;

    public required string UserTemplate { get; init; }

    public required string Password { get; init; }

    /// <summary>Shell command that restarts the server and returns when it accepts connections again.</summary>
    public string? RestartCommand { get; init; }

    /// <summary>The same, and whatever the server once derived from the messages (caches of headers) is gone.</summary>
    public string? ColdStartCommand { get; init; }

    /// <summary>File with the process id of the server's first process; read anew each time, a restart changes it.</summary>
    public string? PidFile { get; init; }

    /// <summary>Folder of the server's data, for the disk probe beside the table.</summary>
    public string? DataFolder { get; init; }

    /// <summary>Its administration, where the bench asks how far subscribers are.</summary>
    public AdminApi? Admin { get; init; }

    public bool CanRestart => RestartCommand is not null;

    public string Address(int user) => Users.Address(UserTemplate, user);

    public ImapConnection Connect() => new(imap);

    public LmtpConnection ConnectLmtp() => new(lmtp);

    /// <summary>A connection that is logged in, and has a folder selected if one is named.</summary>
    public ImapConnection LogIn(int user, string? folder = null) => LogIn(new ImapConnection(imap), user, folder);

    /// <summary>The same with next to no memory on our side, for connections by the thousand.</summary>
    public ImapConnection LogInSmall(int user, string folder) => LogIn(new ImapConnection(imap, SmallBuffer), user, folder);

    /// <summary>Restarts; with <paramref name="cold"/> it forgets what it derived from messages, where it is known how.</summary>
    public void Restart(bool cold = false)
    {
        var command = (cold ? ColdStartCommand : null) ?? RestartCommand;
        using var shell = Process.Start(
            "/bin/sh", ["-c", command ?? throw new InvalidOperationException($"No restart command for {name}.")]);
        shell.WaitForExit();
        if (shell.ExitCode != 0)
            throw new InvalidOperationException($"The restart command of {name} ended with {shell.ExitCode}.");
    }

    /// <summary>Bytes of memory of all processes, or null when no process id is known.</summary>
    public long? Memory() =>
        PidFile is null ? null : ProcessMemory.OfTree(int.Parse(File.ReadAllText(PidFile).Trim(), CultureInfo.InvariantCulture));

    private ImapConnection LogIn(ImapConnection connection, int user, string? folder)
    {
        connection.LogIn(Address(user), Password);
        if (folder is not null)
            connection.Run($"SELECT {folder}");
        return connection;
    }
}
