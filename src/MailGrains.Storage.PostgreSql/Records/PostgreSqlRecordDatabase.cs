using MailGrains.Storage.Relational.Reading;
using MailGrains.Storage.Relational.Records;
using Npgsql;

namespace MailGrains.Storage.PostgreSql.Records;

/// <summary>The tables of the records, on connections of their own: applying events never takes one from the mail.</summary>
internal sealed class PostgreSqlRecordDatabase(string connectionString) : IRecordDatabase
{
    /// <summary>One for each partition that is handled here, and a few for those who ask.</summary>
    private const int Connections = 16;

    private const int Attempts = 5;

    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = Connections, MinPoolSize = 0 });

    public Task<IReadOnlyList<T>> ReadAsync<T>(IReadOnlyList<Question> asked, Func<IRecordRow, T> read, CancellationToken cancellation)
    {
        if (asked.Count == 0) return Task.FromResult<IReadOnlyList<T>>([]);
        IReadOnlyList<Question> sent = asked.Count == 1 ? asked : [new("BeginReading"), .. asked, new("EndReading")];
        return RepeatedAsync(
            async () =>
            {
                await using var connection = await _source.OpenConnectionAsync(cancellation);
                return await PostgreSqlRecordTransaction.AskAsync(connection, null, sent, read, cancellation);
            },
            () => true);
    }

    public Task<T> WriteAsync<T>(Func<IRecordTransaction, Task<T>> work, CancellationToken cancellation)
    {
        var committing = false;
        return RepeatedAsync(
            async () =>
            {
                committing = false;
                await using var connection = await _source.OpenConnectionAsync(cancellation);
                await using var transaction = await connection.BeginTransactionAsync(cancellation);
                var result = await work(new PostgreSqlRecordTransaction(connection, transaction, cancellation));
                committing = true;
                await transaction.CommitAsync(CancellationToken.None);
                return result;
            },
            () => !committing);
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    /// <param name="unchanged">Whether nothing can have been committed.</param>
    private async Task<T> RepeatedAsync<T>(Func<Task<T>> work, Func<bool> unchanged)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await work();
            }
            catch (Exception e) when (attempt < Attempts && (Failures.Repeats(e) || (unchanged() && Failures.LostConnection(e))))
            {
                if (Failures.LostConnection(e)) _source.Clear();
            }
            catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException or ObjectDisposedException && !IsOfTheWork(e))
            {
                throw new StoreUnavailableException("The database doesn't do this now.", e);
            }
        }
    }

    private static bool IsOfTheWork(Exception failure) => failure is PostgresException && Failures.IsOfTheWork(failure);
}
