using System.Data;
using System.Data.Common;

namespace MailGrains.Storage.Relational.Reading;

/// <summary>
/// One engine's connections for single questions, each one request and one answer. A question whose connection turns out to be dead is asked once
/// more on a fresh one; so it must be one that may be asked twice.
/// </summary>
internal interface IDatabase : IAsyncDisposable
{
    /// <param name="operation">Name for the metrics.</param>
    /// <param name="statements">Sent together as one transaction.</param>
    /// <param name="read">Takes the results.</param>
    /// <param name="reading"><see cref="CommandBehavior.SequentialAccess"/> for values too large to be held as a whole row.</param>
    /// <exception cref="StoreUnavailableException">The server doesn't answer, or refuses.</exception>
    Task<T> AskAsync<T>(
        string operation,
        Question[] statements,
        Func<DbDataReader, CancellationToken, Task<T>> read,
        CancellationToken cancellation,
        CommandBehavior reading = CommandBehavior.Default);

    /// <summary>The same for statements that only read: all of them see the database at one moment.</summary>
    /// <exception cref="StoreUnavailableException">The server doesn't answer, or refuses.</exception>
    Task<T> LookAsync<T>(
        string operation, Question[] statements, Func<DbDataReader, CancellationToken, Task<T>> read, CancellationToken cancellation);
}
