using Orleans;

namespace MailGrains.Model;

/// <summary>
/// Names one folder within its mailbox; survives RENAME, is never used again. With the account it makes the MAILBOXID of
/// RFC 8474.
/// </summary>
[GenerateSerializer, Immutable]
public readonly record struct FolderId([property: Id(0)] int Value)
{
    /// <summary>INBOX is the first folder of every mailbox.</summary>
    public static readonly FolderId Inbox = new(1);

    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
