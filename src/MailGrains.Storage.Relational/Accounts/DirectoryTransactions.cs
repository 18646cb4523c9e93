using MailGrains.Storage.Accounts;
using Npgsql;

namespace MailGrains.Storage.PostgreSql.Accounts;

/// <summary>
/// Runs writes of the directory, each in a transaction. One that had to give way to another is made again, as is one whose connection was dead before
/// anything was committed; when the connection is lost during COMMIT the caller hears of a failure, though the write may have been made.
/// </summary>
internal sealed class DirectoryTransactions(string connectionString) : IAsyncDisposable
{
    private const int Attempts = 5;

    /// <summary>Administrators are few; who comes when all are in use waits.</summary>
    private const int Connections = 8;

    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = Connections, MinPoolSize = 0 });

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
                await using var connection = await _source.OpenConnectionAsync(cancellation);
                await using var transaction = await connection.BeginTransactionAsync(cancellation);
                var result = await write(new DirectoryTransaction(connection, transaction, cancellation));
                committing = keep(result);
                if (committing) await transaction.CommitAsync(CancellationToken.None);
                else await transaction.RollbackAsync(CancellationToken.None);
                return result;
            }
            catch (Exception e) when (attempt < Attempts && (Failures.Repeats(e) || (!committing && Failures.LostConnection(e))))
            {
                if (Failures.LostConnection(e)) _source.Clear();
            }
            catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException or ObjectDisposedException)
            {
                throw new StoreUnavailableException("The database doesn't do this now.", e);
            }
        }
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
