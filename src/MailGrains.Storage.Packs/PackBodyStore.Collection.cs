using MailGrains.Model;
using MailGrains.Storage.Bodies;

namespace MailGrains.Storage.Packs;

/// <content>What collection needs: sizes, copies, and packs that are left and deleted.</content>
public sealed partial class PackBodyStore
{
    /// <summary>All packs there are, ascending.</summary>
    public IReadOnlyList<PackSize> Packs()
    {
        var durable = _writer.Durable;
        var packs = new List<PackSize>();
        foreach (var pack in _files.List())
        {
            using var file = OpenUnlessGone(pack);
            if (file is null) continue;

            // The pack being written is as long as it may become.
            packs.Add(pack < durable.Pack ? new PackSize(pack, file.Length, true) : new PackSize(pack, Math.Min(file.Length, durable.Offset), false));
        }

        return packs;
    }

    /// <summary>These packs, to which nobody writes any more; those that are not there are left out.</summary>
    public IReadOnlyList<PackSize> Sealed(IReadOnlyList<int> numbers)
    {
        var packs = new List<PackSize>();
        foreach (var pack in numbers)
        {
            using var file = OpenUnlessGone(pack);
            if (file is not null) packs.Add(new PackSize(pack, file.Length, true));
        }

        return packs;
    }

    /// <summary>Lets go of packs that another process has deleted: until then their space is not free.</summary>
    public void CloseDeleted() => _reader.CloseWhere(pack =>
    {
        using var file = OpenUnlessGone(pack);
        return file is null;
    });

    /// <summary>From now on no append is answered with a place in this pack; the body is stored anew instead.</summary>
    public void Leave(int pack) => _writer.Leave(pack);

    /// <summary>Takes a <see cref="Leave"/> back.</summary>
    public void Stay(int pack) => _writer.Stay(pack);

    /// <summary>
    /// Stores a body that lies in a pack being left once more, somewhere else, or finds that it has been. Not durable before
    /// <see cref="FlushAsync"/>, as an append.
    /// </summary>
    /// <exception cref="BodyCorruptException">What lies there is not the body.</exception>
    public async ValueTask<BodyLocator> CopyAsync(PlacedBody body, CancellationToken cancellation)
    {
        using var lease = await ReadAsync(body.Blob, body.Locator, cancellation);
        if (BlobId.Of(lease.Memory.Span) != body.Blob) throw _reader.Damaged(body.Blob, body.Locator, "the body has another SHA-256");
        if (_writer.TryFindRecent(body.Blob, out var recent)) return recent;
        if (_writer.Crowded) await _writer.FlushAsync().WaitAsync(cancellation);
        return _writer.Append(_codec.Encode(body.Blob, lease.Memory.Span));
    }

    /// <summary>Deletes a pack that was left and that the index has retired.</summary>
    /// <exception cref="IOException">It is still there.</exception>
    public void Delete(int pack)
    {
        if (!_writer.IsLeft(pack)) throw new InvalidOperationException($"Pack {pack} is in use.");
        _reader.Close(pack);
        _files.Delete(pack);
    }
}
