using System.Collections.Immutable;
using MailGrains.Discovery.Extraction;
using MailGrains.Discovery.Tokens;
using MailGrains.Model;

namespace MailGrains.Discovery.Documents;

/// <summary>
/// What a search sees of a message: its fields, the tokens of its text, and what could not be read. Made of the message's octets as
/// they were received, without the trace header of a delivery.
/// </summary>
public sealed record DiscoveryDocument
{
    /// <summary>The number of <see cref="AddressField"/>s.</summary>
    internal const int AddressFields = 6;

    /// <summary>Of the message's octets.</summary>
    public required BlobId Sha256 { get; init; }

    /// <summary>The <see cref="Tokenizer.Version"/> it was made with.</summary>
    public int TokenizerVersion { get; init; } = Tokenizer.Version;

    /// <summary>Several Subject fields are lines of it.</summary>
    public required string Subject { get; init; }

    /// <summary>In the order of <see cref="AddressField"/>; all fields of one name together.</summary>
    public required ImmutableArray<ImmutableArray<DiscoveryAddress>> Addresses { get; init; }

    /// <summary>The Date field; of one without a readable time the day at 00:00 UTC; null when no day can be told.</summary>
    public required DateTimeOffset? Date { get; init; }

    /// <summary>Without angle brackets.</summary>
    public required string? MessageId { get; init; }

    /// <summary>The ids in References and In-Reply-To, in their order, each once.</summary>
    public required ImmutableArray<string> References { get; init; }

    /// <summary>List-Id (RFC 2919), with the list's description.</summary>
    public required string? ListId { get; init; }

    public required ImmutableArray<DiscoveryAttachment> Attachments { get; init; }

    /// <summary>Empty when all of the message is here.</summary>
    public required ImmutableArray<PartialPart> Partial { get; init; }

    public required DocumentTokens Tokens { get; init; }

    public ImmutableArray<DiscoveryAddress> From => Addresses[(int)AddressField.From];

    public ImmutableArray<DiscoveryAddress> Sender => Addresses[(int)AddressField.Sender];

    public ImmutableArray<DiscoveryAddress> ReplyTo => Addresses[(int)AddressField.ReplyTo];

    public ImmutableArray<DiscoveryAddress> To => Addresses[(int)AddressField.To];

    public ImmutableArray<DiscoveryAddress> Cc => Addresses[(int)AddressField.Cc];

    public ImmutableArray<DiscoveryAddress> Bcc => Addresses[(int)AddressField.Bcc];

    /// <summary>
    /// All tokens of all fields as one text for a full-text index, separated by single spaces. What a plan asks is asked of these.
    /// </summary>
    public string TokenText => string.Join(TokenFolding.Separator, Tokens.All.Where(t => t.Length > 0))
        .Replace(TokenWriter.SegmentEnd, TokenFolding.Separator);

    /// <summary>Any octets give a document: it never throws on content, and takes time and memory linear in the message.</summary>
    public static DiscoveryDocument Extract(ReadOnlyMemory<byte> message, ExtractionLimits? limits = null) =>
        new DocumentExtractor(limits ?? ExtractionLimits.Default).Extract(message);

    /// <summary>The document of a message that can't be read: it is there, and nothing is known of it.</summary>
    public static DiscoveryDocument Unreadable(BlobId sha256) => Extract(ReadOnlyMemory<byte>.Empty) with
    {
        Sha256 = sha256,
        Partial = [new PartialPart("", PartialReason.Malformed, "The message is not in the store, or damaged there.")],
    };

    /// <summary>The stored form; its first octet is the version.</summary>
    public byte[] Encode() => DocumentWriter.Write(this);

    /// <exception cref="InvalidDataException">The octets are no document of a version this code knows.</exception>
    public static DiscoveryDocument Decode(ReadOnlySpan<byte> encoded) => DocumentReader.Read(encoded);
}
