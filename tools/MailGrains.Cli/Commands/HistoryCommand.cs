using System.CommandLine;
using MailGrains.Cli.Api;

namespace MailGrains.Cli.Commands;

/// <summary>history: who did what to a message, a folder or a mailbox, by its log.</summary>
internal static class HistoryCommand
{
    /// <summary>Sets of UIDs are cut off for people; programs are given them whole.</summary>
    private const int LongestSet = 40;

    public static Command Create()
    {
        var folder = new Option<string?>("--folder") { Description = "A folder, by a path it has or had." };
        var uid = new Option<long?>("--uid") { Description = "The message that has or had this UID in the folder; it is followed to other folders." };
        var email = new Option<string?>("--email") { Description = "The message with this EMAILID, wherever it is." };
        var since = new Option<DateTimeOffset?>("--since") { Description = "Only what happened at this time or later." };
        var command = new Command("history", "Show who did what to a message, a folder or the whole mailbox, and when.")
        {
            AccountCommands.Name, folder, uid, email, since,
        };
        command.Runs(async (parsed, api, cancellation) =>
        {
            (string Name, string? Value)[] asked =
            [
                ("folder", parsed.GetValue(folder)), ("uid", parsed.GetValue(uid)?.ToString()), ("email", parsed.GetValue(email)),
                ("since", parsed.GetValue(since)?.UtcDateTime.ToString("O")),
            ];
            var query = string.Join('&', asked.Where(a => a.Value is not null).Select(a => $"{a.Name}={AdminApi.Segment(a.Value!)}"));
            Listing.Print(
                parsed,
                await api.GetAsync<List<HistoryLine>>($"{AccountCommands.Path(parsed.GetValue(AccountCommands.Name)!)}/history?{query}", cancellation),
                ("When", l => l.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss")),
                ("What", l => l.Type),
                ("Who", l => l.Who),
                ("By", l => l.ClientIp is null ? l.Service : $"{l.Service} {l.ClientIp}"),
                ("Folder", l => Place(l.Folder, l.Uids)),
                ("From", l => Place(l.OldFolder, l.OldUids)),
                ("Detail", l => l.Detail));
        });
        return command;
    }

    private static string? Place(string? folder, string? uids) => uids switch
    {
        null => folder,
        { Length: > LongestSet } => $"{folder} {uids[..LongestSet]}…",
        _ => $"{folder} {uids}",
    };
}
