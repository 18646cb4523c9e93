using System.CommandLine;
using MailGrains.Cli.Api;

namespace MailGrains.Cli;

/// <summary>Who works on cases: an account with a role, never the administrator.</summary>
internal static class OfficerOptions
{
    private static readonly Option<string?> User = new("--user")
    {
        Description = "The officer's login; else MAILGRAINS_USER.",
        Recursive = true,
    };

    private static readonly Option<bool> FromStdin = new("--password-stdin")
    {
        Description = "Read the officer's password from the first line of standard input.",
        Recursive = true,
    };

    public static void AddTo(Command command)
    {
        command.Options.Add(User);
        command.Options.Add(FromStdin);
    }

    /// <exception cref="CommandFailedException">There is no user or password.</exception>
    public static AdminApi Connect(ParseResult parsed)
    {
        var user = parsed.GetValue(User) ?? Environment.GetEnvironmentVariable("MAILGRAINS_USER");
        if (string.IsNullOrEmpty(user)) throw new CommandFailedException(ExitCode.Usage, "Say who you are with --user, or in MAILGRAINS_USER.");
        return new AdminApi(GlobalOptions.Address(parsed), user, PasswordInput.ReadExisting(parsed.GetValue(FromStdin)));
    }
}
