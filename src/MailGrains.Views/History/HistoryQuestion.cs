namespace MailGrains.Views.History;

/// <summary>Whose history is asked for: a message's by its place or its EMAILID, a folder's, or without any of these the mailbox's.</summary>
/// <param name="Folder">A path the folder has or had.</param>
/// <param name="Uid">A UID of the message in that folder; wants the folder.</param>
/// <param name="Email">Number of the EMAILID.</param>
public sealed record HistoryQuestion(string? Folder, long? Uid, long? Email)
{
    public bool IsOfMessage => Uid is not null || Email is not null;

    /// <summary>The number of an EMAILID as IMAP shows it (<c>M9-…</c>), or of the number alone; null: it is neither.</summary>
    public static long? EmailOf(string text)
    {
        var digits = text.StartsWith('M') ? text[1..] : text;
        if (digits.IndexOf('-', StringComparison.Ordinal) is > 0 and var end) digits = digits[..end];
        return NumberRuns.Number(digits);
    }
}
