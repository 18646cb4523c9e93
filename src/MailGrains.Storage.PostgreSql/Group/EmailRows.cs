using MailGrains.Storage.Commit;
using MailGrains.Storage.Relational.Bodies;
using MailGrains.Storage.Relational.Group;
using Npgsql;
using NpgsqlTypes;

namespace MailGrains.Storage.PostgreSql.Group;

/// <summary>Contents, the references to them, and the bodies' counters.</summary>
internal sealed class EmailRows
{
    private readonly SetStatement _lock = new("LockBodies"), _lockPacks = new("LockPacks");
    private readonly SetStatement _packed = new("AddPackedBodies"), _counted = new("CountBodies");
    private readonly SetStatement _emails = new("WriteEmails"), _references = new("ChangeReferences");
    private readonly List<long> _lockIds, _ids, _packOffsets, _referenceIds;
    private readonly List<int> _lockDeltas, _lockedPacks, _deltas, _packs, _storedLengths, _lengths;
    private readonly List<ReadOnlyMemory<byte>> _lockBlobs, _blobs, _prefixes, _summaries, _packedBlobs, _countedBlobs;
    private bool _releases;

    public EmailRows()
    {
        _lockIds = _lock.Bigints();
        _lockDeltas = _lock.Integers();
        _lockBlobs = _lock.Column<ReadOnlyMemory<byte>>(NpgsqlDbType.Bytea);
        _lockedPacks = _lockPacks.Integers();
        _packedBlobs = _packed.Bytes();
        _packs = _packed.Integers();
        _packOffsets = _packed.Bigints();
        _storedLengths = _packed.Integers();
        _lengths = _packed.Integers();
        _countedBlobs = _counted.Bytes();
        _ids = _emails.Bigints();
        _blobs = _emails.Bytes();
        _prefixes = _emails.Bytes();
        _summaries = _emails.Bytes();
        _referenceIds = _references.Bigints();
        _deltas = _references.Integers();
    }

    public void Add(Owner owner, EmailWrite email, ByteArena arena)
    {
        var blob = arena.Encode(email.Blob);
        _emails.Own(owner);
        _ids.Add(email.Id.Value);
        _blobs.Add(blob);
        _prefixes.Add(email.Prefix);
        _summaries.Add(email.Summary);
        _lockBlobs.Add(blob);
        _counted.Own(owner);
        _countedBlobs.Add(blob);
        if (email.Body.Pack == DatabaseBodyStore.Pack) return;
        _lockPacks.Own(owner);
        _lockedPacks.Add(email.Body.Pack);
        _packed.Own(owner);
        _packedBlobs.Add(blob);
        _packs.Add(email.Body.Pack);
        _packOffsets.Add(email.Body.Offset);
        _storedLengths.Add(email.Body.StoredLength);
        _lengths.Add(email.Body.Length);
    }

    public void Refer(Owner owner, long email, int delta)
    {
        if (delta == 0) return;
        _references.Own(owner);
        _referenceIds.Add(email);
        _deltas.Add(delta);
        if (delta > 0) return;
        _releases = true;
        _lock.Own(owner);
        _lockIds.Add(email);
        _lockDeltas.Add(delta);
    }

    public void AddTo(NpgsqlBatch batch)
    {
        _lockPacks.AddTo(batch);
        if (_releases && _emails.Rows > 0) _lock.AddTo(batch);
        _counted.AddTo(batch);
        _packed.AddTo(batch);
        _emails.AddTo(batch);
        _references.AddTo(batch);
    }

    public void Clear()
    {
        _releases = false;
        _lockPacks.Clear();
        _lock.Clear();
        _packed.Clear();
        _counted.Clear();
        _emails.Clear();
        _references.Clear();
    }
}
