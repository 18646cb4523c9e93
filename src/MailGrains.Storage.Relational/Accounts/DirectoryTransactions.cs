using System.Data.Common;
using MailGrains.Storage.Accounts;

namespace MailGrains.Storage.Relational.Accounts;

/// <summary>
/// Runs writes of the directory, each in a transaction. One that had to give way to another is made again, as is one whose connection was dead before
/// anything was committed; when the connection is lost during COMMIT the caller hears of a failure, though the write may have been made.
/// </summary>
internal sealed class DirectoryTransactions(IDirectoryEngine engine)
{
    private const int Attempts = 5;

    /// <summary>Whatever does not end as <see cref="WriteOutcome.Done"/> is rolled back.</summary>
    public Task<WriteOutcome> RunAsync(Func<DirectoryTransaction, Task<WriteOutcome>> write, CancellationToken cancellation) =>
        RunAsync(write, outcome => outcome == WriteOutcome.Done, cancellation);

    public async Task<T> RunAsync<T>(Func<DirectoryTransaction, Task<T>> write, Func<T, bool> keep, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var committing = false;
            try
            {
                await using var connection = await engine.ConnectAsync(cancellation);
                await using var transaction = await connection.BeginTransactionAsync(cancellation);
                var result = await write(new DirectoryTransaction(engine, transaction, cancellation));
                committing = keep(result);
                if (committing) await transaction.CommitAsync(CancellationToken.None);
                else await transaction.RollbackAsync(CancellationToken.None);
                return result;
            }
            catch (DbException e) when (!committing && cancellation.IsCancellationRequested)
            {
                throw new OperationCanceledException("The write was given up.", e, cancellation);
            }
            catch (Exception e) when (attempt < Attempts && (engine.Repeats(e) || (!committing && engine.LostConnection(e))))
            {
                if (engine.LostConnection(e)) engine.GiveUpConnections();
            }
            catch (Exception e) when (e is DbException or IOException or TimeoutException or InvalidOperationException)
            {
                throw new StoreUnavailableException("The database doesn't do this now.", e);
            }
        }
    }
}
