using MailGrains.Model;
using MailGrains.Storage.Bodies;

namespace MailGrains.Storage.Relational.Bodies;

/// <summary>Bodies of which some are in the database and some in packs, because operators changed their mind: each is read where it lies.</summary>
/// <param name="written">One of the two: where new bodies go.</param>
public sealed class BodiesByPlace(IBodyStore written, IBodyReader database, IBodyReader packs) : IBodyStore
{
    public ValueTask<BodyLocator> AppendAsync(BlobId blob, ReadOnlyMemory<byte> bytes, CancellationToken cancellation) =>
        written.AppendAsync(blob, bytes, cancellation);

    public ValueTask FlushAsync(CancellationToken cancellation) => written.FlushAsync(cancellation);

    public bool IsLost(BodyLocator locator) => written.IsLost(locator);

    public ValueTask<BodyLease> ReadAsync(BlobId blob, BodyLocator locator, CancellationToken cancellation) =>
        (locator.Pack == DatabaseBodyStore.Pack ? database : packs).ReadAsync(blob, locator, cancellation);
}
