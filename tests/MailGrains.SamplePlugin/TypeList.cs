using MailGrains.Subscribers;

namespace MailGrains.SamplePlugin;

/// <summary>Adds a line to a file for each event: its place in the log and its type. After a crash a line may come twice.</summary>
internal sealed class TypeList(string name, string path, IReadOnlySet<string>? types) : IEventHandler
{
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);

    public string Name => name;

    public IReadOnlySet<string>? Types => types;

    public Interests Interests => Interests.None;

    public async Task HandleAsync(EventBatch batch, CancellationToken cancellation)
    {
        await _oneAtATime.WaitAsync(cancellation);
        try
        {
            await File.AppendAllLinesAsync(path, batch.Events.Select(e => $"{e.Partition} {e.Position} {e.Event.Type}"), cancellation);
        }
        catch (IOException failure)
        {
            throw new HandlerUnavailableException($"{path} can't be written now", failure);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }
}
