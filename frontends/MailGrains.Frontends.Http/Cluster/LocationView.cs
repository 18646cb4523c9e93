namespace MailGrains.Frontends.Http.Cluster;

/// <param name="Silo">null: the mailbox is open nowhere; it opens where there is room when it is wanted.</param>
/// <param name="State"><c>closed</c>, or what <see cref="Grains.Contracts.Mailboxes.MailboxActivation"/> says.</param>
public sealed record LocationView(string Account, string Login, string State, string? Silo, long? Epoch, int? Sessions);
