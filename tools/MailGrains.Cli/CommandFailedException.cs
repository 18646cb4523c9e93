namespace MailGrains.Cli;

/// <summary>The command ends here, with one line for the user.</summary>
internal sealed class CommandFailedException(int exitCode, string message) : Exception(message)
{
    public int ExitCode => exitCode;
}
