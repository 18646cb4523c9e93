namespace MailGrains.Verify;

/// <summary>What the program's end tells scripts.</summary>
internal static class ExitCode
{
    /// <summary>Everything there is as it was signed.</summary>
    public const int Unchanged = 0;

    /// <summary>There are problems, each with a line.</summary>
    public const int Problems = 1;

    /// <summary>The command line is wrong, or there is no export there that could be checked.</summary>
    public const int Unreadable = 2;
}
