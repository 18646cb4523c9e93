using MailGrains.Model;
using MailGrains.Storage.Columns;
using MailGrains.Storage.Commit;
using MailGrains.Storage.Events;
using MailGrains.Storage.Mailboxes;
using MailGrains.Storage.Relational.Group;
using Npgsql;

namespace MailGrains.Storage.PostgreSql.Group;

/// <summary>The tables that few commits touch: expunges, keywords, subscriptions, operations.</summary>
internal sealed class SmallRows
{
    private readonly SetStatement _expunges = new("AddExpunges"), _forget = new("ForgetExpunges"), _keywords = new("WriteKeywords");
    private readonly SetStatement _subscribe = new("Subscribe"), _unsubscribe = new("Unsubscribe"), _operations = new("AddOperations");
    private readonly List<int> _expungeFolders, _forgetFolders, _keywordBits;
    private readonly List<long> _modSeqs, _firstUids, _forgotten, _times;
    private readonly List<ReadOnlyMemory<byte>> _uids, _operationIds, _results;
    private readonly List<string?> _keywordNames, _subscribed, _unsubscribed;

    public SmallRows()
    {
        _expungeFolders = _expunges.Integers();
        _modSeqs = _expunges.Bigints();
        _firstUids = _expunges.Bigints();
        _uids = _expunges.Bytes();
        _forgetFolders = _forget.Integers();
        _forgotten = _forget.Bigints();
        _keywordBits = _keywords.Integers();
        _keywordNames = _keywords.Texts();
        _subscribed = _subscribe.Texts();
        _unsubscribed = _unsubscribe.Texts();
        _operationIds = _operations.Bytes();
        _times = _operations.Bigints();
        _results = _operations.Bytes();
    }

    public void Add(Owner owner, ExpungeWrite expunge)
    {
        _expunges.Own(owner);
        _expungeFolders.Add(expunge.Folder.Value);
        _modSeqs.Add(expunge.ModSeq);
        _firstUids.Add(expunge.Uids.Ranges[0].First);
        _uids.Add(UidSetCodec.Encode(expunge.Uids));
    }

    public void Forget(Owner owner, FolderRow folder)
    {
        if (folder.ExpungesForgottenTo <= 0) return;
        _forget.Own(owner);
        _forgetFolders.Add(folder.Id.Value);
        _forgotten.Add(folder.ExpungesForgottenTo);
    }

    public void Add(Owner owner, KeywordTable keywords)
    {
        for (var bit = 0; bit < keywords.Keywords.Length; bit++)
        {
            _keywords.Own(owner);
            _keywordBits.Add(bit);
            _keywordNames.Add(keywords.Keywords[bit]);
        }
    }

    public void Add(Owner owner, string path, bool subscribed)
    {
        (subscribed ? _subscribe : _unsubscribe).Own(owner);
        (subscribed ? _subscribed : _unsubscribed).Add(path);
    }

    public void Add(Owner owner, OperationWrite operation, ByteArena arena)
    {
        _operations.Own(owner);
        _operationIds.Add(arena.Encode(operation.Id.Value));
        _times.Add(EventHash.Microseconds(operation.At));
        _results.Add(operation.Result);
    }

    public void AddTo(NpgsqlBatch batch)
    {
        _expunges.AddTo(batch);
        _forget.AddTo(batch);
        _keywords.AddTo(batch);
        _subscribe.AddTo(batch);
        _unsubscribe.AddTo(batch);
        _operations.AddTo(batch);
    }

    public void Clear()
    {
        _expunges.Clear();
        _forget.Clear();
        _keywords.Clear();
        _subscribe.Clear();
        _unsubscribe.Clear();
        _operations.Clear();
    }
}
