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

    public RecordChunk(int size)
    {
        Rows = new MessageRow[size];
        _emails = new EmailId[size];
        _records = new EmailRecord?[size];
    }

    public MessageRow[] Rows { get; }

    /// <summary>Ends when the records are there.</summary>
    public Task Reading { get; private set; } = Task.CompletedTask;

    /// <summary>One for each row, once <see cref="Reading"/> has ended; null where it is gone.</summary>
    public ReadOnlyMemory<EmailRecord?> Records => _records.AsMemory(0, _count);

    /// <summary>What the records take, once <see cref="Reading"/> has ended.</summary>
    public long Octets
    {
        get
        {
            long octets = 0;
            foreach (var record in Records.Span) octets += record is null ? 0 : record.Summary.Length + record.Prefix.Length;
            return octets;
        }
    }

    /// <summary>Takes the next rows and begins to read their records; returns how many there are.</summary>
    public int BeginReading(RowCursor cursor, ImapSession session)
    {
        _count = cursor.Read(Rows);
        for (var i = 0; i < _count; i++) _emails[i] = Rows[i].EmailId;
        var emails = _emails.AsMemory(0, _count);
        Reading = session.Services.Emails.ReadAsync(session.Mailbox.Account, emails, _records.AsMemory(0, _count), session.Aborted).AsTask();
        return _count;
    }
}
