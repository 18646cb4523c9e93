namespace MailGrains.Storage.Relational.Group;

/// <summary>What one engine brings to <see cref="GroupWriter"/>, which uses it from one place at a time.</summary>
internal interface IGroupEngine : IAsyncDisposable
{
    /// <summary>Connects, ends the writer's connection before this one, and takes over its row.</summary>
    Task<IGroupSession> EnterAsync(Guid writer, long generation, CancellationToken cancellation);

    /// <summary>
    /// True when the server said that a statement failed and goes on with the connection: the transaction was rolled back. Every other
    /// failure leaves open how it ended.
    /// </summary>
    bool RolledBack(Exception failure);

    /// <summary>Two transactions met in a way that one had to go; it may simply be tried again.</summary>
    bool Repeats(Exception failure);

    /// <summary>Whether the work itself is impossible: whatever else shares its transaction can be written without it.</summary>
    bool IsOfTheWork(Exception failure);
}
