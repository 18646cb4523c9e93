using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Model;
using Orleans;

namespace MailGrains.Grains.Contracts.Messages;

/// <summary>One message for one recipient.</summary>
[GenerateSerializer, Immutable]
public sealed record Delivery
{
    /// <summary>The same for every attempt to deliver these bytes to this mailbox.</summary>
    [Id(0)] public required BlobId Operation { get; init; }

    [Id(1)] public required MessageContent Content { get; init; }

    /// <summary>Trace header lines that go before the message: Return-Path, Delivered-To, Received.</summary>
    [Id(2)] public required ReadOnlyMemory<byte> Prefix { get; init; }

    /// <summary>The part after '+' of the recipient's local part: the folder to deliver to, when there is such a folder. null: INBOX.</summary>
    [Id(3)] public string? Detail { get; init; }

    /// <summary>The reverse-path; empty for bounces.</summary>
    [Id(4)] public required string Sender { get; init; }

    /// <summary>The recipient's address as it was given.</summary>
    [Id(5)] public required string Recipient { get; init; }

    [Id(6)] public required SessionOrigin Origin { get; init; }
}
