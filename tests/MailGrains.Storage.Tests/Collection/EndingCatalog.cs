using MailGrains.Model;
using MailGrains.Storage.Bodies;

namespace MailGrains.Storage.Tests.Collection;

/// <summary>A catalog whose process ends before or after one of the changes the collector makes: an even step before, an odd one after.</summary>
internal sealed class EndingCatalog(int step)
{
    private int _steps;

    public IBodyCatalog Around(IBodyCatalog catalog) => new Catalog(this, catalog);

    private async Task<T> StepAsync<T>(Func<Task<T>> change)
    {
        if (_steps++ == step) throw new EndException();
        var result = await change();
        if (_steps++ == step) throw new EndException();
        return result;
    }

    public sealed class EndException() : Exception("The process ends here.");

    private sealed class Catalog(EndingCatalog ending, IBodyCatalog inner) : IBodyCatalog
    {
        public Task<PackNumbers> ReadNumbersAsync(CancellationToken cancellation) => inner.ReadNumbersAsync(cancellation);

        public Task<IReadOnlyList<UnusedBody>> FindUnusedAsync(DateTimeOffset before, long after, int limit, CancellationToken cancellation) =>
            inner.FindUnusedAsync(before, after, limit, cancellation);

        public Task<int> ForgetAsync(IReadOnlyList<BlobId> bodies, DateTimeOffset before, CancellationToken cancellation) =>
            ending.StepAsync(() => inner.ForgetAsync(bodies, before, cancellation));

        public Task<IReadOnlyList<PackUse>> ReadUseAsync(IReadOnlyList<int> packs, CancellationToken cancellation) =>
            inner.ReadUseAsync(packs, cancellation);

        public Task<IReadOnlyList<PlacedBody>> ReadPackAsync(int pack, int limit, CancellationToken cancellation) =>
            inner.ReadPackAsync(pack, limit, cancellation);

        public Task<int> MoveAsync(IReadOnlyList<BodyMove> moves, CancellationToken cancellation) =>
            ending.StepAsync(() => inner.MoveAsync(moves, cancellation));

        public Task<bool> TryRetireAsync(int pack, CancellationToken cancellation) =>
            ending.StepAsync(() => inner.TryRetireAsync(pack, cancellation));
    }
}
