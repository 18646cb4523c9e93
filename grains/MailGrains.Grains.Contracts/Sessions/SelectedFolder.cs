using MailGrains.Model;
using MailGrains.Model.Columns;
using Orleans;

namespace MailGrains.Grains.Contracts.Sessions;

/// <summary>What SELECT answers with.</summary>
[GenerateSerializer, Immutable]
public sealed class SelectedFolder
{
    [Id(0)] public required FolderId Folder { get; init; }

    /// <summary>The folder's name in its canonical form.</summary>
    [Id(1)] public required string Path { get; init; }

    [Id(2)] public required uint UidValidity { get; init; }

    [Id(3)] public required uint UidNext { get; init; }

    [Id(4)] public required long HighestModSeq { get; init; }

    [Id(5)] public required uint Exists { get; init; }

    /// <summary>UIDs that are \Recent in this session.</summary>
    [Id(6)] public required UidSet Recent { get; init; }

    /// <summary>Sequence number of the first message without \Seen; null when there is none.</summary>
    [Id(7)] public required uint? FirstUnseen { get; init; }

    [Id(8)] public required KeywordTable Keywords { get; init; }

    /// <summary>The answer to QRESYNC: UIDs that are gone; null when it wasn't asked or UIDVALIDITY didn't match.</summary>
    [Id(9)] public UidSet? Vanished { get; init; }

    /// <summary>The answer to QRESYNC: messages changed since the client's MODSEQ.</summary>
    [Id(10)] public MessageRows Changed { get; init; } = MessageRows.Empty;

    /// <summary>SPECIAL-USE attribute without backslash, or null.</summary>
    [Id(11)] public string? SpecialUse { get; init; }

    /// <summary>
    /// <see cref="Vanished"/> is exact for a client that was told everything up to this MODSEQ or a later one; for others it has all UIDs that are not
    /// there, known to the client or not.
    /// </summary>
    [Id(12)] public long ExpungesForgottenTo { get; init; }
}
