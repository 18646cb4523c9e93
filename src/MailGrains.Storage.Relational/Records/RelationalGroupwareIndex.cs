using MailGrains.Model;
using MailGrains.Storage.Records;
using MailGrains.Storage.Relational.Reading;

namespace MailGrains.Storage.Relational.Records;

/// <summary>The index of groupware objects in the database of the records, which forget an object's content with its last entry.</summary>
internal sealed class RelationalGroupwareIndex(IRecordDatabase database) : IGroupwareIndex
{
    private const long AnyKind = 0;

    public async Task AddAsync(IReadOnlyList<GroupwareRow> rows, CancellationToken cancellation)
    {
        if (rows.Count == 0) return;

        // All batches in one order: two that add the same rows at once then wait for each other instead of both ways.
        Question[] added = [.. rows.OrderBy(r => r.Account.Value).ThenBy(r => r.Email.Value).Select(r => new Question(
            "ObjectAdd", r.Account.Value, r.Email.Value, (long)r.Kind, r.Uid, r.Blob.ToArray()))];
        await database.WriteAsync(
            async transaction =>
            {
                await transaction.RunAsync(added);
                return true;
            },
            cancellation);
    }

    public Task<IReadOnlyList<GroupwareRow>> FindAsync(
        AccountId account, GroupwareKind? kind, string uid, int limit, CancellationToken cancellation)
    {
        var asked = new Question("ObjectsFind", account.Value, uid, kind is { } one ? (long)one : AnyKind, (long)limit);
        return database.ReadAsync(
            [asked], r => new GroupwareRow(account, (GroupwareKind)r.Int64(0), uid, new EmailId(r.Int64(1)), r.Blob(2)), cancellation);
    }
}
