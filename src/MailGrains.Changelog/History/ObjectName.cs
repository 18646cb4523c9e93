using MailGrains.Model;
using MailGrains.Storage.Records;

namespace MailGrains.Changelog.History;

/// <summary>Which object is asked about.</summary>
/// <param name="Kinds">One of these.</param>
/// <param name="Folder">Where it is or was; null: in any folder of the mailbox.</param>
public sealed record ObjectName(AccountId Account, IReadOnlyList<GroupwareKind> Kinds, string Uid, string? Folder);
