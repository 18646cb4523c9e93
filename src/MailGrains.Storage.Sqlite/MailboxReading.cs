using MailGrains.Model;
using MailGrains.Model.Columns;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Columns;
using MailGrains.Storage.Commit;
using MailGrains.Storage.Events;
using MailGrains.Storage.Mailboxes;
using MailGrains.Storage.Sqlite.Native;

namespace MailGrains.Storage.Sqlite;

/// <summary>Rows into records. A null mailbox is one that was never claimed: there is nothing of it.</summary>
internal static class MailboxReading
{
    /// <summary>Runs in a transaction of the writer.</summary>
    public static (long Mailbox, MailboxClaim Claim) Claim(SqliteDatabase database, AccountId account)
    {
        var row = database.Statement("ClaimMailbox").Bind(1, account);
        row.Step();
        return State(database, account, row);
    }

    /// <summary>The mailbox's row, folders and names as of one moment; null when it was never claimed.</summary>
    public static MailboxClaim? Mailbox(SqliteDatabase database, AccountId account) => AtOneMoment(database, account, (_, claim) => claim);

    /// <summary>The same with all pages.</summary>
    public static WholeMailbox? Whole(SqliteDatabase database, AccountId account) => AtOneMoment(database, account, (mailbox, claim) => new WholeMailbox(
        claim, claim.Folders.Where(f => f.Messages > 0).ToDictionary(f => f.Id, f => Pages(database, mailbox, f.Id, 0, Keys.LastPage))));

    private static T? AtOneMoment<T>(SqliteDatabase database, AccountId account, Func<long, MailboxClaim, T> read)
        where T : class
    {
        database.Execute("BEGIN");
        try
        {
            var row = database.Statement("ReadMailbox").Bind(1, account);
            if (!row.Step())
            {
                row.Reset();
                return null;
            }

            var (mailbox, claim) = State(database, account, row);
            return read(mailbox, claim);
        }
        finally
        {
            database.Execute("COMMIT");
        }
    }

    private static (long Mailbox, MailboxClaim Claim) State(SqliteDatabase database, AccountId account, SqliteStatement row)
    {
        var mailbox = row.Int64(0);
        var epoch = row.Int64(1);
        var head = new MailboxHead(
            row.Int64(2), row.Int64(3), row.Int32(4), (uint)row.Int64(5), row.Int64(6), row.BlobId(7), row.Int64(8), row.Int64(9));
        row.Run();
        var claim = new MailboxClaim(
            account,
            epoch,
            head,
            ReadAll(database.Statement("ReadFolders").Bind(1, mailbox), Folder),
            ReadAll(database.Statement("ReadKeywords").Bind(1, mailbox), r => r.Text(0)),
            ReadAll(database.Statement("ReadSubscriptions").Bind(1, mailbox), r => r.Text(0)));
        return (mailbox, claim);
    }

    public static IReadOnlyList<MessagePage> Pages(SqliteDatabase database, long? mailbox, FolderId folder, int first, int last) =>
        mailbox is not { } number || last < 0
            ? []
            : ReadAll(
                database.Statement("ReadPages").Bind(1, number).Bind(2, folder.Value)
                    .Bind(3, Math.Max(0, first)).Bind(4, Math.Min(last, Keys.LastPage)),
                r => PageCodec.Decode(r.Blob(0)));

    public static UidSet Expunged(SqliteDatabase database, long? mailbox, FolderId folder, long since)
    {
        if (mailbox is not { } number) return UidSet.Empty;
        var sets = ReadAll(
            database.Statement("ReadExpunges").Bind(1, number).Bind(2, folder.Value).Bind(3, since),
            r => UidSetCodec.Decode(r.Blob(0)));
        return UidSet.FromRanges(sets.SelectMany(s => s.Ranges).Select(r => (r.First, r.Last)));
    }

    public static ReadOnlyMemory<byte>? Operation(SqliteDatabase database, long? mailbox, OperationId operation)
    {
        if (mailbox is not { } number) return null;
        var row = database.Statement("FindOperation").Bind(1, number).Bind(2, operation.Value);
        var result = row.Step() ? row.Blob(0).ToArray() : null;
        row.Reset();
        return result is null ? default(ReadOnlyMemory<byte>?) : result.AsMemory();
    }

    /// <summary>The beginnings of their ids, or null when there are more than <paramref name="most"/>.</summary>
    public static IReadOnlyList<ulong>? Operations(SqliteDatabase database, long? mailbox, int most)
    {
        if (mailbox is not { } number) return [];
        var ids = ReadAll(
            database.Statement("ListOperations").Bind(1, number).Bind(2, most + 1L), r => OperationId.Beginning(r.Blob(0)));
        return ids.Count > most ? null : ids;
    }

    /// <summary>Of the next <paramref name="limit"/> operations those committed before a time, and where to go on.</summary>
    public static (List<OperationCursor> Old, OperationCursor Next) OldOperations(
        SqliteDatabase database, OperationCursor after, DateTimeOffset before, int limit)
    {
        var old = new List<OperationCursor>();
        var seen = 0;
        var limitAt = EventHash.Microseconds(before);
        var rows = database.Statement("ScanOperations").Bind(1, after.Mailbox).Bind(2, after.Id).Bind(3, limit);
        for (; rows.Step(); seen++)
        {
            after = new OperationCursor(rows.Int64(0), rows.BlobId(1));
            if (rows.Int64(2) < limitAt) old.Add(after);
        }

        rows.Reset();
        return (old, seen < limit ? OperationCursor.End : after);
    }

    public static IReadOnlyList<AccountId> Mailboxes(SqliteDatabase database, AccountId? after, int limit)
    {
        var statement = database.Statement("ListMailboxes").Bind(2, limit);
        // No account is smaller than the empty blob.
        _ = after is { } account ? statement.Bind(1, account) : statement.Bind(1, []);
        return ReadAll(statement, r => r.AccountId(0));
    }

    public static BodyLocator? Body(SqliteDatabase database, BlobId blob)
    {
        var row = database.Statement("FindBody").Bind(1, blob);
        BodyLocator? locator = row.Step() ? Locator(row, 0) : null;
        row.Reset();
        return locator;
    }

    /// <summary>
    /// Reads neighbouring ids with one range scan, others one by one: a scan costs a third of a lookup for each row, also for those it passes.
    /// </summary>
    public static IReadOnlyList<EmailRecord?> Emails(SqliteDatabase database, long? mailbox, ReadOnlySpan<EmailId> ids)
    {
        var records = new EmailRecord?[ids.Length];
        if (mailbox is not { } number) return records;
        var start = 0;
        while (start < ids.Length)
        {
            var end = start + 1;
            while (end < ids.Length && ids[end].Value - ids[end - 1].Value is > 0 and <= 5) end++;
            ReadRun(database, number, ids[start..end], records.AsSpan(start, end - start));
            start = end;
        }

        return records;
    }

    private static void ReadRun(SqliteDatabase database, long mailbox, ReadOnlySpan<EmailId> ids, Span<EmailRecord?> records)
    {
        if (ids[0].Value <= 0) return;
        var rows = database.Statement("ReadEmails").Bind(1, Keys.Email(mailbox, ids[0])).Bind(2, Keys.Email(mailbox, ids[^1]));
        var at = 0;
        while (rows.Step())
        {
            var id = Keys.EmailOf(rows.Int64(0));
            while (at < ids.Length && ids[at].Value < id.Value) at++;
            if (at < ids.Length && ids[at] == id) records[at++] = Email(rows, id);
        }

        rows.Reset();
    }

    private static EmailRecord Email(SqliteStatement row, EmailId id)
    {
        var prefix = row.Blob(6);
        var summary = row.Blob(7);
        var bytes = GC.AllocateUninitializedArray<byte>(prefix.Length + summary.Length);
        prefix.CopyTo(bytes);
        summary.CopyTo(bytes.AsSpan(prefix.Length));
        return new EmailRecord(id, row.BlobId(1), bytes.AsMemory(0, prefix.Length), Locator(row, 2), bytes.AsMemory(prefix.Length));
    }

    private static BodyLocator Locator(SqliteStatement row, int column) =>
        new(row.Int32(column), row.Int64(column + 1), row.Int32(column + 2), row.Int32(column + 3));

    private static FolderRow Folder(SqliteStatement row) => new()
    {
        Id = new FolderId(row.Int32(0)),
        Path = row.Text(1),
        SpecialUse = row.TextOrNull(2),
        UidValidity = (uint)row.Int64(3),
        UidNext = (uint)row.Int64(4),
        HighestModSeq = row.Int64(5),
        Messages = row.Int32(6),
        Unseen = row.Int32(7),
        Deleted = row.Int32(8),
        SizeBytes = row.Int64(9),
        RecentFrom = (uint)row.Int64(10),
        ExpungesForgottenTo = row.Int64(11),
    };

    private static List<T> ReadAll<T>(SqliteStatement statement, Func<SqliteStatement, T> read)
    {
        var list = new List<T>();
        while (statement.Step()) list.Add(read(statement));
        statement.Reset();
        return list;
    }
}
