using System.Data.Common;
using MailGrains.Storage.Events;
using MailGrains.Storage.Relational.Reading;
using MailGrains.Storage.Subscribers;

namespace MailGrains.Storage.Relational;

/// <summary>The positions of subscribers in a database on a server; every method is one round trip.</summary>
public sealed class RelationalSubscribers : ISubscriberStore
{
    private readonly IDatabase _database;

    internal RelationalSubscribers(IDatabase database) => _database = database;

    public Task<IReadOnlyList<SubscriberPosition>> ListSubscribersAsync(CancellationToken cancellation) =>
        ListAsync("subscribers", new("ListSubscribers"), Position, cancellation);

    public async Task<SubscriberPosition?> FindSubscriberAsync(string subscriber, int partition, CancellationToken cancellation) =>
        await ListAsync("subscribers", new("FindSubscriber", subscriber, partition), Position, cancellation) is [var found] ? found : null;

    public async Task<SubscriberPosition> StartSubscriberAsync(string subscriber, int partition, long position, CancellationToken cancellation)
    {
        Question[] asked = [new("StartSubscriber", subscriber, partition, position), new("FindSubscriber", subscriber, partition)];
        return (await _database.AskAsync("subscriber.start", asked, (r, c) => Rows.AllAsync(r, Position, c), cancellation))[0];
    }

    public async Task<AdvanceOutcome> AdvanceAsync(SubscriberAdvance advance, CancellationToken cancellation)
    {
        var dead = advance.Dead;
        var step = new Question(
            "AdvanceSubscriber", advance.Subscriber, advance.Partition, advance.From, advance.To,
            dead is not null, dead?.Error ?? "", dead?.Attempts ?? 0, dead is null ? 0L : EventHash.Microseconds(dead.At));
        return await AnyAsync("subscriber.advance", step, cancellation) ? AdvanceOutcome.Advanced : AdvanceOutcome.Elsewhere;
    }

    public Task<bool> SetSubscriberStateAsync(string subscriber, SubscriberState state, CancellationToken cancellation) =>
        AnyAsync("subscriber.change", new("SetSubscriberState", subscriber, (int)state), cancellation);

    public Task<bool> MoveSubscriberAsync(string subscriber, int partition, long position, CancellationToken cancellation) =>
        AnyAsync("subscriber.change", new("MoveSubscriber", subscriber, partition, position), cancellation);

    public async Task<bool> ForgetSubscriberAsync(string subscriber, CancellationToken cancellation)
    {
        Question[] asked = [new("ForgetDeadLetters", subscriber), new("ForgetSubscriber", subscriber)];
        return (await _database.AskAsync("subscriber.change", asked, (r, c) => Rows.AllAsync(r, _ => true, c), cancellation)).Count > 0;
    }

    public Task<IReadOnlyList<DeadLetter>> ReadDeadLettersAsync(
        string subscriber, int partition, long after, int limit, CancellationToken cancellation) =>
        ListAsync("deadletters", new("ReadDeadLetters", subscriber, partition, after, (long)limit), Dead, cancellation);

    public Task<bool> RemoveDeadLetterAsync(string subscriber, int partition, long position, CancellationToken cancellation) =>
        AnyAsync("deadletters", new("RemoveDeadLetter", subscriber, partition, position), cancellation);

    private static SubscriberPosition Position(DbDataReader row) =>
        new(row.GetString(0), row.GetInt32(1), row.GetInt64(2), (SubscriberState)row.GetInt32(3));

    private static DeadLetter Dead(DbDataReader row) => new(
        row.GetString(0), row.GetInt32(1), row.GetInt64(2), row.GetString(3), row.GetInt32(4),
        DateTimeOffset.UnixEpoch.AddTicks(row.GetInt64(5) * TimeSpan.TicksPerMicrosecond));

    /// <summary>For statements that return a row for each one they have changed.</summary>
    private async Task<bool> AnyAsync(string operation, Question asked, CancellationToken cancellation) =>
        (await ListAsync(operation, asked, _ => true, cancellation)).Count > 0;

    private async Task<IReadOnlyList<T>> ListAsync<T>(string operation, Question asked, Func<DbDataReader, T> read, CancellationToken cancellation) =>
        await _database.AskAsync(operation, [asked], (r, c) => Rows.AllAsync(r, read, c), cancellation);
}
