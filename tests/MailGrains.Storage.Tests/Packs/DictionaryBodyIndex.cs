using System.Collections.Concurrent;
using MailGrains.Model;
using MailGrains.Storage.Bodies;

namespace MailGrains.Storage.Tests.Packs;

internal sealed class DictionaryBodyIndex : ConcurrentDictionary<BlobId, BodyLocator>, IBodyIndex
{
    public ValueTask<BodyLocator?> FindAsync(BlobId blob, CancellationToken cancellation) =>
        new(TryGetValue(blob, out var locator) ? locator : null);
}
