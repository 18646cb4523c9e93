using MailGrains.Model;
using MailGrains.Storage.Records;

namespace MailGrains.Storage.InMemory;

/// <summary>The index of groupware objects as plain as the contract allows. For tests.</summary>
public sealed class InMemoryGroupwareIndex : IGroupwareIndex
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(AccountId Account, EmailId Email), GroupwareRow> _rows = [];

    public Task AddAsync(IReadOnlyList<GroupwareRow> rows, CancellationToken cancellation)
    {
        lock (_lock)
        {
            foreach (var row in rows) _rows.TryAdd((row.Account, row.Email), row);
            return Task.CompletedTask;
        }
    }

    public Task<IReadOnlyList<GroupwareRow>> FindAsync(
        AccountId account, GroupwareKind? kind, string uid, int limit, CancellationToken cancellation)
    {
        lock (_lock)
        {
            var found = _rows.Values.Where(r => r.Account == account && (kind is null || r.Kind == kind) && r.Uid == uid);
            return Task.FromResult<IReadOnlyList<GroupwareRow>>([.. found.OrderBy(r => r.Email.Value).TakeLast(limit)]);
        }
    }
}
