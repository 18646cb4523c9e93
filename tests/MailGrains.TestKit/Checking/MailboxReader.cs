using System.Globalization;
using System.Text.RegularExpressions;
using MailGrains.TestKit.Clients;

namespace MailGrains.TestKit.Checking;

/// <summary>Reads everything the checker wants to see, over IMAP.</summary>
internal static partial class MailboxReader
{
    public static readonly IReadOnlyList<string> Folders = ["INBOX", "Archive"];

    public static async Task<IReadOnlyList<FolderSnapshot>> ReadAsync(int port, IEnumerable<string> users, CancellationToken cancellation)
    {
        var result = new List<FolderSnapshot>();
        foreach (var user in users)
        {
            using var imap = await RawImap.LoggedInAsync(port, user, LoadRun.Password, cancellation);
            foreach (var folder in Folders)
            {
                var examined = (await imap.RunAsync($"EXAMINE \"{folder}\"", cancellation)).Ok();
                var fetched = (await imap.RunAsync("UID FETCH 1:* (UID FLAGS MODSEQ BODY.PEEK[])", cancellation)).Ok();
                result.Add(new FolderSnapshot(
                    user, folder, (uint)Number(examined, "UIDVALIDITY"), (uint)Number(examined, "UIDNEXT"), Number(examined, "HIGHESTMODSEQ"),
                    [.. fetched.Untagged.Where(l => l.Literals.Count == 1).Select(Message)]));
            }
        }

        return result;
    }

    private static SeenMessage Message(RawImapLine line)
    {
        var flags = Flags().Match(line.Text).Groups[1].Value;
        return new SeenMessage(
            uint.Parse(Uid().Match(line.Text).Groups[1].Value, CultureInfo.InvariantCulture),
            flags.Contains("\\Flagged", StringComparison.OrdinalIgnoreCase),
            ulong.Parse(ModSeq().Match(line.Text).Groups[1].Value, CultureInfo.InvariantCulture),
            line.Literals[0],
            flags.Contains("\\Deleted", StringComparison.OrdinalIgnoreCase));
    }

    private static ulong Number(RawImapReply reply, string code) => ulong.Parse(reply.Code(code)[0], CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\bUID (\d+)")]
    private static partial Regex Uid();

    [GeneratedRegex(@"\bFLAGS \(([^)]*)\)")]
    private static partial Regex Flags();

    [GeneratedRegex(@"\bMODSEQ \((\d+)\)")]
    private static partial Regex ModSeq();
}
