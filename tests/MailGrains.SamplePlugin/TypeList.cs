using MailGrains.Subscribers;

namespace MailGrains.SamplePlugin;

/// <summary>Adds a line to a file for each event: its place in the log and its type. After a crash a line may come twice.</summary>
internal sealed class TypeList(string name, string path, IReadOnlySet<string>? types) : IEventHandler
{
    private readonly Lock _oneAtATime = new();

    public string Name => name;

    public IReadOnlySet<string>? Types => types;

    public Interests Interests => Interests.None;

    public Task HandleAsync(EventBatch batch, CancellationToken cancellation) => Task.Run(() => Add(batch), cancellation);

    private void Add(EventBatch batch)
    {
        try
        {
            lock (_oneAtATime) File.AppendAllLines(path, batch.Events.Select(e => $"{e.Partition} {e.Position} {e.Event.Type}"));
        }
        catch (IOException failure)
        {
            throw new HandlerUnavailableException($"{path} can't be written now", failure);
        }
    }
}
