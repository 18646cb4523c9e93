namespace MailGrains.TestKit.Processes;

/// <summary>The product as those outside reach it, one process or a node of a cluster. All ports are of 127.0.0.1.</summary>
internal interface IRunningProduct
{
    int ImapPort { get; }

    int LmtpPort { get; }

    /// <summary>Runs a command of the administration program, with text on its standard input.</summary>
    Task<ProgramResult> AdminAsync(string input, params string[] arguments);
}
