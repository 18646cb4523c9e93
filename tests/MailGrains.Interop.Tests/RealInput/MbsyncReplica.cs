using MailGrains.Interop.Tests.Server;
using MailGrains.TestKit;

namespace MailGrains.Interop.Tests.RealInput;

/// <summary>A Maildir that mbsync keeps in step with an account, over STARTTLS.</summary>
internal sealed class MbsyncReplica : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public MbsyncReplica(ServerProcess server, string user)
    {
        Directory.CreateDirectory(Maildir);
        File.WriteAllText(ConfigFile, $"""
            IMAPAccount server
            Host 127.0.0.1
            Port {server.Ports.Imap}
            User {user}
            Pass "{SharedServer.Password}"
            SSLType STARTTLS
            CertificateFile {server.Data}/certificate.pem

            IMAPStore far
            Account server

            MaildirStore near
            Path {Maildir}/
            Inbox {Inbox}
            SubFolders Verbatim

            Channel both
            Far :far:
            Near :near:
            Patterns *
            Create Both
            Expunge Both
            SyncState *

            """);
    }

    public string Maildir => Path.Combine(_folder.Path, "mail");

    public string Inbox => Path.Combine(Maildir, "INBOX");

    private string ConfigFile => Path.Combine(_folder.Path, "mbsyncrc");

    public Task<ProgramResult> SyncAsync() => Programs.RunAsync("mbsync", "-c", ConfigFile, "-a");

    /// <summary>All message files of a Maildir with their flags, in no order.</summary>
    public static IEnumerable<string> Files(string maildir) =>
        ((string[])["cur", "new"]).Select(part => Path.Combine(maildir, part)).Where(Directory.Exists).SelectMany(Directory.EnumerateFiles);

    /// <summary>Everything that is there, by name and content: equal before and after when nothing was done.</summary>
    public IReadOnlyDictionary<string, string> State() => Directory.EnumerateFiles(Maildir, "*", SearchOption.AllDirectories)
        .ToDictionary(path => path, path => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path))));

    public void Dispose() => _folder.Dispose();
}
