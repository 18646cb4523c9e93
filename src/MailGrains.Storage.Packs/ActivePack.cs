using MailGrains.Storage.Packs.Files;
using Microsoft.Extensions.Logging;

namespace MailGrains.Storage.Packs;

/// <summary>The pack being written, as the pump sees it. Not thread-safe: the pump is one.</summary>
internal sealed class ActivePack(IPackFiles files, long packBytes, ILogger logger)
{
    // What one vectored write takes on Linux; more would be split anyway.
    private const int MaxBuffers = 1024;

    private readonly List<ReadOnlyMemory<byte>> _buffers = [];
    private IPackFile? _file;
    private int _number;
    private long _end;

    /// <summary>Writes the records at their places, making new packs as they come up.</summary>
    public void Write(List<EncodedRecord> records)
    {
        for (var i = 0; i < records.Count;)
        {
            var first = records[i];
            if (_file is null || _number != first.Position.Pack) Roll(first);
            var offset = first.Position.Offset;
            _buffers.Clear();
            for (; i < records.Count && _buffers.Count < MaxBuffers && records[i].Position.Pack == _number; i++) _buffers.Add(records[i].Bytes);
            _file!.Write(_buffers, offset);
            _end = records[i - 1].Position.Offset + records[i - 1].Size;
        }

        _buffers.Clear();
    }

    public void Flush() => _file?.FlushToDisk();

    /// <summary>Lets go of the pack after a failure, keeping what was durable before. Never throws: the disk is in trouble already.</summary>
    public void Abandon(PackPosition durable)
    {
        try
        {
            if (_file is null) return;
            if (_number == durable.Pack && durable.Offset > PackFormat.HeaderSize) _file.SetLength(durable.Offset);
            else files.Delete(_number);
        }
        catch (Exception failure)
        {
            Log.PackNotTrimmed(logger, failure, _number);
        }
        finally
        {
            _file?.Dispose();
            _file = null;
        }
    }

    public void Close()
    {
        try
        {
            if (_file is not null) Seal();
        }
        catch (Exception failure)
        {
            Log.PackNotTrimmed(logger, failure, _number);
            _file?.Dispose();
            _file = null;
        }
    }

    private void Roll(EncodedRecord first)
    {
        if (_file is not null) Seal();
        _number = first.Position.Pack;
        var file = files.Create(_number, Math.Max(packBytes, first.Position.Offset + first.Size));
        _file = file;
        _end = PackFormat.HeaderSize;
        file.Write([PackFormat.PackHeader(_number)], 0);
        Log.PackBegun(logger, _number);
    }

    private void Seal()
    {
        _file!.SetLength(_end);
        _file.FlushToDisk();
        _file.Dispose();
        _file = null;
    }
}
