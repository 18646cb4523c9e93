using MailGrains.Frontends.Imap.Session;
using MailGrains.Model;
using MailGrains.Model.Columns;
using MailGrains.Storage.Mailboxes;

namespace MailGrains.Frontends.Imap.Fetch;

/// <summary>Some rows of a FETCH and their email records, read together. Once it has been written it is used again for later rows.</summary>
internal sealed class RecordChunk
{
    private readonly EmailId[] _emails;
    private readonly EmailRecord?[] _records;
    private int _count;

    private RecordChunk(int size)
    {
        Rows = new MessageRow[size];
        _emails = new EmailId[size];
        _records = new EmailRecord?[size];
    }

    public MessageRow[] Rows { get; }

    /// <summary>Ends when the records are there.</summary>
    public Task Reading { get; private set; } = Task.CompletedTask;

    /// <summary>One for each row; null where it is gone.</summary>
    public ReadOnlyMemory<EmailRecord?> Records => _records.AsMemory(0, _count);

    /// <summary>A chunk with the first rows the cursor gives; their records are being read.</summary>
    public static RecordChunk Read(RowCursor cursor, int size, ImapSession session)
    {
        var chunk = new RecordChunk(size);
        chunk.ReadNext(cursor, session);
        return chunk;
    }

    /// <summary>Takes the next rows and begins to read their records; false when there are no more.</summary>
    public bool ReadNext(RowCursor cursor, ImapSession session)
    {
        _count = cursor.Read(Rows);
        for (var i = 0; i < _count; i++) _emails[i] = Rows[i].EmailId;
        if (_count == 0) return false;
        var emails = _emails.AsMemory(0, _count);
        Reading = session.Services.Emails.ReadAsync(session.Mailbox.Account, emails, _records.AsMemory(0, _count), session.Aborted).AsTask();
        return true;
    }
}
