using MailGrains.Storage.Bodies;
using MailGrains.Storage.Relational.Accounts;
using MailGrains.Storage.Relational.Bodies;
using MailGrains.Storage.Relational.Group;
using MailGrains.Storage.Relational.Reading;

namespace MailGrains.Storage.Relational;

/// <summary>What an engine's store is made of, and disposes.</summary>
/// <param name="BodyDatabase">The connections of <paramref name="Bodies"/>.</param>
/// <param name="Moving">How the engine is told that bodies were moved to other packs.</param>
internal sealed record StorageParts(
    IDatabase Database,
    IDatabase BodyDatabase,
    GroupWriter Writer,
    DatabaseBodyStore Bodies,
    IDirectoryEngine Directory,
    Func<IReadOnlyList<BodyMove>, Question[]> Moving);
