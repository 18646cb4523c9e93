using MailGrains.Storage.Events;

namespace MailGrains.Storage.Relational.Reading;

/// <summary>Forgets old operations slice by slice, so that no transaction is long.</summary>
internal sealed class OldOperations(IDatabase database)
{
    private const int OperationsAtOnce = 5000;

    public async Task<int> ForgetAsync(DateTimeOffset before, CancellationToken cancellation)
    {
        var total = 0;
        (long Mailbox, byte[] Id)? after = (0, []);
        while (after is { } place)
        {
            Question[] slice = [new("ForgetOperations", place.Mailbox, place.Id, (long)OperationsAtOnce, EventHash.Microseconds(before))];
            (after, var forgotten) = await database.AskAsync(
                "forget",
                slice,
                async (reader, c) => await reader.ReadAsync(c)
                    ? ((reader.GetInt64(0), Rows.Hash(reader, 1).ToArray()), (int)reader.GetInt64(2))
                    : (default((long, byte[])?), 0),
                cancellation);
            total += forgotten;
        }

        return total;
    }
}
