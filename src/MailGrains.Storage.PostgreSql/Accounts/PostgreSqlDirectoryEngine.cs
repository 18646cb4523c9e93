using System.Data.Common;
using MailGrains.Model;
using MailGrains.Storage.Accounts;
using MailGrains.Storage.Relational.Accounts;
using MailGrains.Storage.Relational.Reading;
using Npgsql;

namespace MailGrains.Storage.PostgreSql.Accounts;

/// <summary>The directory on PostgreSQL: rows are handed over as arrays, one a column.</summary>
internal sealed class PostgreSqlDirectoryEngine(string connectionString) : IDirectoryEngine
{
    /// <summary>Administrators are few; who comes when all are in use waits.</summary>
    private const int Connections = 8;

    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = Connections, MinPoolSize = 0 });

    public async Task<DbConnection> ConnectAsync(CancellationToken cancellation) => await _source.OpenConnectionAsync(cancellation);

    public void GiveUpConnections() => _source.Clear();

    public DbCommand Command(Question question) => PostgreSqlStatements.Single(question);

    public object?[] Accounts(IReadOnlyList<AccountRecord> accounts) =>
    [
        Column(accounts, a => a.Id.Value),
        Column(accounts, a => a.Version),
        Column(accounts, a => a.Disabled),
        Column(accounts, a => a.Password?.Argon2Id),
        Column(accounts, a => a.Password?.Scram?.ToString()),
        Column(accounts, a => a.CreatedAt.ToUnixTimeMilliseconds()),
    ];

    public object?[] Addresses(IReadOnlyList<(string Key, AccountId Account, int Place)> addresses) =>
        [Column(addresses, a => a.Key), Column(addresses, a => a.Account.Value), Column(addresses, a => a.Place)];

    public object?[] Acts(IReadOnlyList<(AccountId Account, OwedAct Act)> acts) =>
    [
        Column(acts, a => a.Account.Value),
        Column(acts, a => a.Act.Version),
        Column(acts, a => a.Act.Type),
        Column(acts, a => a.Act.Address),
        Column(acts, a => a.Act.Actor),
        Column(acts, a => a.Act.Client),
    ];

    public object?[] Settled(IReadOnlyList<(AccountId Account, long Version)> settled) =>
        [Column(settled, s => s.Account.Value), Column(settled, s => s.Version)];

    public bool Repeats(Exception failure) => Failures.Repeats(failure);

    public bool LostConnection(Exception failure) => Failures.LostConnection(failure);

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private static T[] Column<TRow, T>(IReadOnlyList<TRow> rows, Func<TRow, T> value) => [.. rows.Select(value)];
}
