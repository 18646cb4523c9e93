using System.Diagnostics;

namespace MailGrains.TestKit.Postgres;

/// <summary>Runs PostgreSQL's programs; as the user <c>postgres</c> when the tests run as root, which PostgreSQL refuses to be.</summary>
internal static class ServerProcess
{
    private static readonly bool IsRoot = Environment.UserName == "root";

    /// <summary>The folder of initdb and postgres, the newest there is; null when there is none.</summary>
    public static string? FindPrograms()
    {
        const string Debian = "/usr/lib/postgresql";
        var candidates = Directory.Exists(Debian)
            ? Directory.EnumerateDirectories(Debian).OrderByDescending(d => int.TryParse(Path.GetFileName(d), out var v) ? v : 0).Select(d => Path.Combine(d, "bin"))
            : [];
        return candidates.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")));
    }

    public static Process Start(string program, params ReadOnlySpan<string> arguments)
    {
        var start = new ProcessStartInfo(IsRoot ? "setpriv" : program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        string[] user = IsRoot ? ["--reuid=postgres", "--regid=postgres", "--clear-groups", program] : [];
        foreach (var argument in user) start.ArgumentList.Add(argument);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        start.Environment["LC_ALL"] = "C";
        return Process.Start(start) ?? throw new InvalidOperationException($"{program} can't be started.");
    }

    public static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} failed: {await output}{errors}");
    }

    /// <summary>Gives a folder to the user the server runs as.</summary>
    public static async Task HandOverAsync(string folder)
    {
        if (!IsRoot) return;
        using var chown = Process.Start("chown", ["postgres:postgres", folder]);
        await chown.WaitForExitAsync();
        using var chmod = Process.Start("chmod", ["0711", Path.GetDirectoryName(folder)!]);
        await chmod.WaitForExitAsync();
    }
}
