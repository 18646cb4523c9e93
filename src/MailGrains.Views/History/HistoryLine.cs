namespace MailGrains.Views.History;

/// <summary>What one event did to what is asked about.</summary>
/// <param name="Who">Login of who did it; <c>administrator</c> without one; null where nobody was logged in, as with deliveries.</param>
/// <param name="Service">By which way: imap, lmtp, admin.</param>
/// <param name="Folder">Its path then.</param>
/// <param name="Uids">The messages concerned, as a set; of one message its UID.</param>
/// <param name="OldFolder">Where they came from, or what the folder was called before.</param>
/// <param name="OldUids">Their UIDs there.</param>
/// <param name="Detail">What else the type has to say: flags, the sender, a reason.</param>
public sealed record HistoryLine(
    long Sequence,
    DateTimeOffset At,
    string Type,
    string? Who,
    string? Service,
    string? ClientIp,
    string? Folder,
    string? Uids,
    string? OldFolder,
    string? OldUids,
    string? Detail);
