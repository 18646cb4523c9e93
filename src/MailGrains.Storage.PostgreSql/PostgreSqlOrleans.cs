using Npgsql;

namespace MailGrains.Storage.PostgreSql;

/// <summary>
/// What Orleans' ADO.NET providers (clustering, grain storage, reminders) need to find their tables, which are in the store's schema and are created
/// with it.
/// </summary>
public sealed class PostgreSqlOrleans(string connectionString) : IAsyncDisposable
{
    /// <summary>The invariant name under which Orleans takes Npgsql's connections.</summary>
    public const string Invariant = "Npgsql";

    /// <summary>Opens connections that look into the store's schema first.</summary>
    public string ConnectionString => connectionString;

    /// <summary>The same, for providers that take a data source.</summary>
    public NpgsqlDataSource DataSource { get; } = NpgsqlDataSource.Create(connectionString);

    public ValueTask DisposeAsync() => DataSource.DisposeAsync();
}
