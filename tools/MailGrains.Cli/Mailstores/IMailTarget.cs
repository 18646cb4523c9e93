using MailGrains.Cli.Api;

namespace MailGrains.Cli.Mailstores;

/// <summary>Files that exported messages go to, folder after folder.</summary>
internal interface IMailTarget : IDisposable
{
    /// <summary>What is written from now on belongs to this folder.</summary>
    void Begin(string folder);

    void Write(ExportedMessage message, byte[] octets);
}
