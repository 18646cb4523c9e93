using MailGrains.Storage.Relational.Bodies;

namespace MailGrains.Storage.SqlServer;

/// <summary>How a store on SQL Server is opened.</summary>
public sealed record SqlServerStoreOptions
{
    /// <summary>In the form of Microsoft.Data.SqlClient. The database is the store's own: it uses the schemas mailgrains and dbo.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>Partitions of the event log. Counts when the store is created; an existing store keeps its own number.</summary>
    public int Partitions { get; init; } = 8;

    /// <summary>Opens the store even when the database would lose acknowledged mail in a crash. For tests and trials.</summary>
    public bool AllowUnsafeDatabase { get; init; }

    /// <summary>How long an answer of the server may take before its connection is given up. Locks are waited for 30 seconds at most.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Sizes of the body store.</summary>
    public DatabaseBodyOptions Bodies { get; init; } = new();
}
