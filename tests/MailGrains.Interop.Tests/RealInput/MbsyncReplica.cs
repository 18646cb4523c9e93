using System.Globalization;
using MailGrains.Interop.Tests.Server;
using MailGrains.TestKit;
using Xunit;

namespace MailGrains.Interop.Tests.RealInput;

/// <summary>A Maildir that mbsync keeps in step with an account, over STARTTLS.</summary>
internal sealed class MbsyncReplica : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public MbsyncReplica(ServerProcess server, string user)
    {
        Directory.CreateDirectory(Maildir);
        File.WriteAllText(ConfigFile, $"""
            FSync no

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

    /// <summary>mbsync is content: it ends with 0 and warns of nothing.</summary>
    public async Task SyncWithoutComplaintAsync()
    {
        var result = await Programs.RunAsync("mbsync", "-c", ConfigFile, "-a");
        Assert.True(result is { ExitCode: 0, Errors: "" }, result.ToString());
    }

    /// <summary>All message files of a Maildir with their flags, in no order.</summary>
    public static IEnumerable<string> Files(string maildir) =>
        ((string[])["cur", "new"]).Select(part => Path.Combine(maildir, part)).Where(Directory.Exists).SelectMany(Directory.EnumerateFiles);

    /// <summary>Everything that is there, by name and content: equal before and after when nothing was done.</summary>
    public IReadOnlyDictionary<string, string> State() => Directory.EnumerateFiles(Maildir, "*", SearchOption.AllDirectories)
        .ToDictionary(path => path, path => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path))));

    /// <summary>On the server; it is part of the name.</summary>
    public static uint UidOf(string file) => uint.Parse(Path.GetFileName(file).Split(",U=")[1].Split(':')[0], CultureInfo.InvariantCulture);

    /// <summary>Maildirs have LF line ends: mbsync leaves out every CR.</summary>
    public static byte[] AsCopied(byte[] message) => Array.FindAll(message, octet => octet != '\r');

    /// <summary>It puts a line into what it copies, by which it finds the copy again should it be interrupted.</summary>
    public static byte[] WithoutMark(byte[] file)
    {
        var start = file.AsSpan().IndexOf("X-TUID: "u8);
        return start < 0 ? file : [.. file[..start], .. file[(start + file.AsSpan(start).IndexOf((byte)'\n') + 1)..]];
    }

    public void Dispose() => _folder.Dispose();
}
