using System.Globalization;
using MailGrains.Bench.Client;
using MailGrains.Bench.Generator;
using MailGrains.Bench.Servers;

namespace MailGrains.Bench.Rows;

/// <summary>Fills the mailboxes that rows read from; what is there already from an earlier run is kept.</summary>
internal static class Mailboxes
{
    public const int Count = 10_000;
    public const ulong Seed = 1;
    public const int FolderCount = 50;
    private const int Batch = 50;
    private const int PerFolder = 20;

    /// <summary>The 10,000-message mailbox in the reader's INBOX. True when it had to be filled.</summary>
    public static bool EnsureMailbox(MailServer server)
    {
        using var imap = server.LogIn(Users.Reader);
        var exists = SelectState.Read(imap.RunForLines("SELECT INBOX")).Exists;
        if (exists == Count)
            return false;
        if (exists > 0)
            throw new InvalidOperationException($"{server.Name}: the reader's INBOX holds {exists} messages, expected none or {Count}.");
        foreach (var batch in new MailboxGenerator(Seed).Generate(Count).Chunk(Batch))
            imap.Append("INBOX", [.. batch.Select(message => (Options(message), (ReadOnlyMemory<byte>)message.Bytes))]);
        return true;
    }

    public static string FolderName(int index) => $"Folder{index:D2}";

    /// <summary>Fifty folders with a few messages each.</summary>
    public static void EnsureFolders(ImapConnection imap)
    {
        var there = imap.RunForLines("LIST \"\" \"Folder*\"");
        var messages = new MailboxGenerator(Seed + 1).GenerateOfSize(PerFolder, 2000)
            .Select(message => (Options(message), (ReadOnlyMemory<byte>)message.Bytes)).ToArray();
        foreach (var name in Enumerable.Range(0, FolderCount).Select(FolderName))
        {
            if (there.Any(line => line.Contains(name, StringComparison.Ordinal)))
                continue;
            imap.Run($"CREATE {name}");
            imap.Append(name, messages);
        }
    }

    private static string Options(GeneratedMessage message) =>
        $"({string.Join(' ', message.Flags)}) \"{message.Date.ToString("dd-MMM-yyyy HH':'mm':'ss ", CultureInfo.InvariantCulture)}" +
        $"{message.Date.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal)}\"";
}
