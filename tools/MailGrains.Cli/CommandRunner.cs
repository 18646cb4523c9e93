using System.CommandLine;
using MailGrains.Cli.Api;
using Spectre.Console;

namespace MailGrains.Cli;

/// <summary>Runs a command's action with the server's API, and turns failures into a line on standard error and an exit code.</summary>
internal static class CommandRunner
{
    public static readonly IAnsiConsole Errors = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });

    public static void Runs(this Command command, Func<ParseResult, AdminApi, CancellationToken, Task<int>> action) =>
        command.SetAction((parsed, cancellation) => RunAsync(parsed, Administrator, action, cancellation));

    public static void Runs(this Command command, Func<ParseResult, AdminApi, CancellationToken, Task> action) =>
        command.Runs(async (parsed, api, cancellation) =>
        {
            await action(parsed, api, cancellation);
            return ExitCode.Done;
        });

    /// <summary>As an officer, not as administrator.</summary>
    public static void RunsAsOfficer(this Command command, Func<ParseResult, AdminApi, CancellationToken, Task> action) =>
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed,
            OfficerOptions.Connect,
            async (given, api, stop) =>
            {
                await action(given, api, stop);
                return ExitCode.Done;
            },
            cancellation));

    private static AdminApi Administrator(ParseResult parsed)
    {
        var (server, token) = GlobalOptions.Connection(parsed);
        return new AdminApi(server, token);
    }

    private static async Task<int> RunAsync(
        ParseResult parsed,
        Func<ParseResult, AdminApi> connect,
        Func<ParseResult, AdminApi, CancellationToken, Task<int>> action,
        CancellationToken cancellation)
    {
        DoNotFold();
        try
        {
            using var api = connect(parsed);
            return await action(parsed, api, cancellation);
        }
        catch (CommandFailedException failed)
        {
            Errors.WriteLine("mailgrains: " + failed.Message);
            return failed.ExitCode;
        }
        catch (OperationCanceledException)
        {
            Errors.WriteLine("mailgrains: stopped.");
            return ExitCode.Failed;
        }
    }

    /// <summary>Where no terminal is, lines are for programs: they must not be folded.</summary>
    private static void DoNotFold()
    {
        const int unfolded = 10_000;
        if (Console.IsErrorRedirected) Errors.Profile.Width = unfolded;
        if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = unfolded;
    }
}
