using MailGrains.Storage.Events;

namespace MailGrains.Grains.Tests.Streams;

/// <summary>A shortened log to which something is written when its end has been looked at for the first time.</summary>
internal sealed class HeadHookedLog(IEventLog inner) : ShortenedLog(inner)
{
    private bool _looked;

    public required Func<Task> AfterFirstHead { get; init; }

    public override async Task<IReadOnlyList<long>> ReadHeadAsync(CancellationToken cancellation)
    {
        var heads = await base.ReadHeadAsync(cancellation);
        if (!_looked)
        {
            _looked = true;
            await AfterFirstHead();
        }

        return heads;
    }
}
