namespace MailGrains.Storage.Relational.Group;

/// <summary>A mailbox by its row number, and the epoch under which it is written.</summary>
internal readonly record struct Owner(long Mailbox, long Epoch);
