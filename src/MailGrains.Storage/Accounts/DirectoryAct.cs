using System.Collections.Immutable;

namespace MailGrains.Storage.Accounts;

/// <summary>A change of groups, roles or domains that is owed to the directory's log.</summary>
/// <param name="Number">In the order in which changes were committed, from 1, gapless.</param>
/// <param name="Type">Name of the event.</param>
/// <param name="Details">What the event says of the change, in order.</param>
public sealed record DirectoryAct(long Number, string Type, ActOrigin Origin, ImmutableArray<ActDetail> Details);
