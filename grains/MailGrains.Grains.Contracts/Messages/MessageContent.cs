using MailGrains.Model;
using Orleans;

namespace MailGrains.Grains.Contracts.Messages;

/// <summary>
/// A message's octets on their way in. Passed by reference inside a process; the sender must not touch the bytes until the call has ended
/// without a time-out.
/// </summary>
[GenerateSerializer, Immutable]
public sealed class MessageContent
{
    /// <summary>SHA-256 of <see cref="Bytes"/>.</summary>
    [Id(0)] public required BlobId Blob { get; init; }

    [Id(1)] public required ReadOnlyMemory<byte> Bytes { get; init; }

    /// <summary>Encoded <c>MessageSummary</c> of the bytes.</summary>
    [Id(2)] public required ReadOnlyMemory<byte> Summary { get; init; }

    /// <summary>Message-ID without angle brackets, or null; for events and logs.</summary>
    [Id(3)] public string? MessageId { get; init; }
}
