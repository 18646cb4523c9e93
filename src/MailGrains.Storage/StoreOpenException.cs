namespace MailGrains.Storage;

/// <summary>
/// The store can't be opened as it is: another process holds it, a newer version of the program wrote it, or its server would lose what
/// was acknowledged, or it can't be reached. The message says which, in one line for an operator.
/// </summary>
public sealed class StoreOpenException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether waiting may mend it: its server isn't there now, or doesn't take connections yet.</summary>
    public bool MayPass { get; init; }

    /// <summary>A database that has a log, but doesn't say in how many partitions: it is not new, so nobody may choose a number.</summary>
    public static StoreOpenException WithoutPartitions(string name) =>
        new($"{name} is not whole: it has a log, but its table meta doesn't say how many partitions that has.");
}
