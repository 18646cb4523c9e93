using System.CommandLine;
using Spectre.Console;

namespace MailGrains.Cli;

/// <summary>Asks for a password, or takes the first line of standard input. Never from the command line, which others can see.</summary>
internal static class PasswordInput
{
    public static readonly Option<bool> FromStdin = new("--password-stdin") { Description = "Read the password from the first line of standard input." };

    /// <summary>A new password, asked for twice.</summary>
    public static string Read(ParseResult parsed) => Read(parsed.GetValue(FromStdin), isNew: true);

    /// <summary>The password somebody has.</summary>
    public static string ReadExisting(bool fromStdin) => Read(fromStdin, isNew: false);

    private static string Read(bool fromStdin, bool isNew)
    {
        if (fromStdin)
            return Console.In.ReadLine() ?? throw new CommandFailedException(ExitCode.Usage, "There is no password on standard input.");
        if (Console.IsInputRedirected)
            throw new CommandFailedException(ExitCode.Usage, "There is no terminal to ask for the password; use --password-stdin.");

        var password = AnsiConsole.Prompt(new TextPrompt<string>("Password:").Secret(null));
        if (!isNew) return password;
        var again = AnsiConsole.Prompt(new TextPrompt<string>("Once more:").Secret(null));
        return password == again ? password : throw new CommandFailedException(ExitCode.Usage, "The two differ.");
    }
}
