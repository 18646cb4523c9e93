using System.Collections.Immutable;
using MailGrains.Model;
using MailGrains.Model.Columns;
using Orleans;

namespace MailGrains.Grains.Contracts.Sessions;

/// <summary>
/// What a session is to be told, in the order of the members: first expunges, then the new count, then changed flags, whose sequence
/// numbers are those after both.
/// </summary>
[GenerateSerializer, Immutable]
public sealed class SessionUpdates
{
    public static readonly SessionUpdates None = new();

    /// <summary>The keyword table when it grew since the session was last told (untagged FLAGS).</summary>
    [Id(0)] public KeywordTable? Keywords { get; init; }

    /// <summary>Sequence numbers for untagged EXPUNGE, in descending order, so that each is right when it is sent.</summary>
    [Id(1)] public ImmutableArray<uint> Expunged { get; init; } = [];

    /// <summary>The same messages by UID, for VANISHED (RFC 7162).</summary>
    [Id(2)] public UidSet Vanished { get; init; } = UidSet.Empty;

    /// <summary>The number of messages the session now sees, when messages were added; else null.</summary>
    [Id(3)] public uint? Exists { get; init; }

    /// <summary>UIDs among the new messages that are \Recent in this session.</summary>
    [Id(4)] public UidSet Recent { get; init; } = UidSet.Empty;

    /// <summary>Messages the session knew whose flags changed.</summary>
    [Id(5)] public MessageRows Changed { get; init; } = MessageRows.Empty;

    /// <summary>True when the selected folder was deleted: the session has nothing selected any more.</summary>
    [Id(6)] public bool FolderGone { get; init; }

    /// <summary>
    /// The MODSEQ up to which the session now knows of every expunge; 0 where expunges were held back. With it a session can be taken
    /// up again by another activation.
    /// </summary>
    [Id(7)] public long HighestModSeq { get; init; }
}
