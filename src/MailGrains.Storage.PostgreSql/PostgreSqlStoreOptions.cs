using MailGrains.Storage.Relational.Bodies;

namespace MailGrains.Storage.PostgreSql;

/// <summary>How a store on PostgreSQL is opened.</summary>
public sealed record PostgreSqlStoreOptions
{
    /// <summary>
    /// In Npgsql's form. Everything is in one schema: the first of <c>Search Path</c>, or <c>mailgrains</c>. Between the program and the server
    /// there may be no pooler that hands out connections per transaction.
    /// </summary>
    public required string ConnectionString { get; init; }

    /// <summary>Partitions of the event log. Counts when the store is created; an existing store keeps its own number.</summary>
    public int Partitions { get; init; } = 8;

    /// <summary>Opens the store even when the server's settings would lose acknowledged mail in a crash. For tests and trials.</summary>
    public bool AllowUnsafeServer { get; init; }

    /// <summary>How long a statement may wait for another transaction's lock.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an answer of the server may take before its connection is given up.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// After this long the server gives up a connection whose other end is silent, and with it the locks of a process that was cut off.
    /// </summary>
    public TimeSpan SilenceTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Sizes of the body store.</summary>
    public DatabaseBodyOptions Bodies { get; init; } = new();
}
