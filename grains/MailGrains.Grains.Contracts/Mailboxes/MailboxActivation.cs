using Orleans;

namespace MailGrains.Grains.Contracts.Mailboxes;

/// <summary>A mailbox as the node sees it on which it is open.</summary>
/// <param name="Silo">The node's address.</param>
/// <param name="Epoch">How often the mailbox has been claimed; 0 before the first claim.</param>
/// <param name="State">
/// <c>settled</c>: all changes are durable; <c>committing</c>: some are on their way; <c>reading</c>: not claimed (the store takes no writes);
/// <c>fenced</c>: another node has it.
/// </param>
[GenerateSerializer, Immutable]
public sealed record MailboxActivation(
    [property: Id(0)] string Silo,
    [property: Id(1)] long Epoch,
    [property: Id(2)] string State,
    [property: Id(3)] int Sessions);
