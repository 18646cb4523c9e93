namespace MailGrains.TestKit.Processes;

/// <summary>How a program ended, and what it said.</summary>
internal sealed record ProgramResult(string Command, int ExitCode, string Output, string Errors)
{
    /// <summary>For the message of a failed assertion.</summary>
    public override string ToString() => $"{Command}\nexit code {ExitCode}\n{Output}\n{Errors}";

    public ProgramResult Succeeded() => ExitCode == 0 ? this : throw new InvalidOperationException(ToString());
}
