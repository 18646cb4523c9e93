namespace MailGrains.Cli;

/// <summary>What the command's end tells scripts.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>The server refused or is not available at the moment, or some messages could not be handled.</summary>
    public const int Failed = 1;

    /// <summary>The command line, or a file it names, is wrong.</summary>
    public const int Usage = 2;

    /// <summary>No server answers there.</summary>
    public const int Unreachable = 3;

    /// <summary>The admin token is missing or wrong.</summary>
    public const int Unauthorized = 4;
}
