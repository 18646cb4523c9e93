using MailGrains.Storage.Mailboxes;
using MailGrains.Storage.Relational.Group;
using Npgsql;
using NpgsqlTypes;

namespace MailGrains.Storage.PostgreSql.Group;

/// <summary>One row a share, and the group's mark.</summary>
internal sealed class HeadRows
{
    private readonly List<long> _modSeqs, _lastEmails, _lastUidValidities, _eventSequences, _messages, _sizes;
    private readonly List<int> _lastFolders;
    private readonly List<ReadOnlyMemory<byte>> _eventHashes;
    private readonly NpgsqlParameter<Guid> _writer;
    private readonly NpgsqlParameter<long> _generation, _number;

    public HeadRows()
    {
        _modSeqs = Statement.Bigints();
        _lastEmails = Statement.Bigints();
        _lastFolders = Statement.Integers();
        _lastUidValidities = Statement.Bigints();
        _eventSequences = Statement.Bigints();
        _eventHashes = Statement.Bytes();
        _messages = Statement.Bigints();
        _sizes = Statement.Bigints();
        _writer = Statement.Single<Guid>(NpgsqlDbType.Uuid);
        _generation = Statement.Single<long>(NpgsqlDbType.Bigint);
        _number = Statement.Single<long>(NpgsqlDbType.Bigint);
    }

    public SetStatement Statement { get; } = new("WriteHeads");

    public void Add(Owner owner, MailboxHead head, ByteArena arena)
    {
        Statement.Own(owner);
        _modSeqs.Add(head.ModSeq);
        _lastEmails.Add(head.LastEmail);
        _lastFolders.Add(head.LastFolder);
        _lastUidValidities.Add(head.LastUidValidity);
        _eventSequences.Add(head.EventSequence);
        _eventHashes.Add(arena.Encode(head.LastEventHash));
        _messages.Add(head.Messages);
        _sizes.Add(head.SizeBytes);
    }

    public void Mark(Guid writer, long generation, long number)
    {
        _writer.TypedValue = writer;
        _generation.TypedValue = generation;
        _number.TypedValue = number;
    }
}
