using MailGrains.Storage.Bodies;
using MailGrains.Storage.Checkpoints;
using MailGrains.Storage.Events;

namespace MailGrains.Tampering.Tests.Engines;

/// <summary>What evidence is made from, opened as a silo opens it.</summary>
/// <param name="shared">Null: the store is of one process.</param>
/// <param name="close">Closes all of it.</param>
internal sealed class OpenedStore(
    IEventLog log, IEventRetention retention, IBodyIndex index, IBodyReader bodies, ICheckpointStore? shared, Func<ValueTask> close) : IAsyncDisposable
{
    public IEventLog Log => log;

    public IEventRetention Retention => retention;

    public IBodyIndex Index => index;

    public IBodyReader Bodies => bodies;

    public ICheckpointStore? Shared => shared;

    public ValueTask DisposeAsync() => close();
}
