using MailGrains.Frontends.Imap.Session;
using MailGrains.Model;
using MailGrains.Model.Columns;
using MailGrains.Storage.Mailboxes;

namespace MailGrains.Frontends.Imap.Fetch;

/// <summary>Some rows with their email records, read together; filled again and again.</summary>
internal sealed class RecordChunk(int capacity)
{
    private readonly MessageRow[] _rows = capacity == 0 ? [] : new MessageRow[capacity];
    private readonly EmailId[] _emails = capacity == 0 ? [] : new EmailId[capacity];
    private readonly EmailRecord?[] _records = capacity == 0 ? [] : new EmailRecord?[capacity];

    public int Capacity => capacity;

    public int Count { get; private set; }

    public MessageRow[] Rows => _rows;

    /// <summary>In the order of the rows; null where an email is gone.</summary>
    public ReadOnlyMemory<EmailRecord?> Records => _records.AsMemory(0, Count);

    /// <summary>Takes the next rows; none at the end.</summary>
    public async Task ReadAsync(RowCursor cursor, ImapSession session)
    {
        Count = cursor.Read(_rows);
        for (var i = 0; i < Count; i++) _emails[i] = _rows[i].EmailId;
        if (Count > 0) await session.Services.Emails.ReadAsync(session.Mailbox.Account, _emails.AsMemory(0, Count), _records.AsMemory(0, Count), session.Aborted);
    }
}
