using MailGrains.Storage.Relational;
using Microsoft.Data.SqlClient;

namespace MailGrains.Storage.SqlServer;

/// <summary>The connection strings of a store, made from the one in the options.</summary>
internal sealed class ConnectionSettings
{
    private readonly SqlConnectionStringBuilder _given;

    public ConnectionSettings(SqlServerStoreOptions options)
    {
        _given = GivenConnection.Read(() => new SqlConnectionStringBuilder(options.ConnectionString));
        if (!_given.ShouldSerialize("Application Name")) _given.ApplicationName = "MailGrains";
        Pool = new SqlConnectionStringBuilder(Plain) { CommandTimeout = (int)Math.Ceiling(options.AnswerTimeout.TotalSeconds) }.ConnectionString;
        Directory = new SqlConnectionStringBuilder(Pool) { MaxPoolSize = 8, MinPoolSize = 0 }.ConnectionString;
        // A connection that came back by itself would be another session than the one in the writer's row.
        Writer = new SqlConnectionStringBuilder(Pool) { Pooling = false, ConnectRetryCount = 0 }.ConnectionString;
        Once = new SqlConnectionStringBuilder(Plain) { Pooling = false }.ConnectionString;
    }

    /// <summary>Names the database for an operator, without a password.</summary>
    public string Name => $"{_given.InitialCatalog} on {_given.DataSource}";

    /// <summary>For everything that is not the store's own statements.</summary>
    public string Plain => _given.ConnectionString;

    /// <summary>For connections that nobody uses again.</summary>
    public string Once { get; }

    /// <summary>For reads, claims and bodies.</summary>
    public string Pool { get; }

    /// <summary>For writes of the directory. Administrators are few; who comes when all connections are in use waits.</summary>
    public string Directory { get; }

    /// <summary>For the one connection of group commits.</summary>
    public string Writer { get; }
}
