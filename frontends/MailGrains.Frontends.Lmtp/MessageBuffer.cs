using System.Buffers;
using MailGrains.Lmtp;

namespace MailGrains.Frontends.Lmtp;

/// <summary>
/// The one copy of a message in memory: a rented array that grows up to the message limit. What comes beyond the limit is
/// counted and thrown away.
/// </summary>
internal sealed class MessageBuffer : IMessageSink, IDisposable
{
    private const int FirstSize = 16 * 1024;

    // A client may announce any size; only so much is believed before octets have come.
    private const int Believed = 1024 * 1024;

    // Room for what a relay adds between announcing and sending.
    private const int Slack = 4 * 1024;

    private readonly int _limit;
    private readonly int _announced;
    private byte[] _rented;

    public MessageBuffer(long? announced, int limit)
    {
        _limit = limit;
        _announced = (int)Math.Min(announced + Slack ?? FirstSize, limit);
        _rented = ArrayPool<byte>.Shared.Rent(Math.Min(_announced, Believed));
    }

    /// <summary>Octets received, those beyond the limit included.</summary>
    public long Length { get; private set; }

    public bool IsOverLimit => Length > _limit;

    public ReadOnlyMemory<byte> Message => _rented.AsMemory(0, (int)Math.Min(Length, _limit));

    public void Append(ReadOnlySpan<byte> octets)
    {
        var filled = (int)Math.Min(Length, _limit);
        Length += octets.Length;
        if (IsOverLimit)
            return;
        if (_rented.Length < Length)
            Grow(filled);
        octets.CopyTo(_rented.AsSpan(filled));
    }

    public void Dispose() => Exchange([], giveBack: true);

    /// <summary>
    /// Leaves the array to whoever may still read it: after a time-out, or any failure but a mailbox's own refusal, a mailbox may
    /// yet be storing this message.
    /// </summary>
    public void Abandon() => Exchange([], giveBack: false);

    private void Grow(int filled)
    {
        var size = Math.Max(Length, Math.Min(2L * _rented.Length, _limit));
        if (_rented.Length >= Believed)
            size = Math.Max(size, _announced);

        var larger = ArrayPool<byte>.Shared.Rent((int)size);
        _rented.AsSpan(0, filled).CopyTo(larger);
        Exchange(larger, giveBack: true);
    }

    private void Exchange(byte[] next, bool giveBack)
    {
        var old = _rented;
        _rented = next;
        if (giveBack && old.Length > 0)
            ArrayPool<byte>.Shared.Return(old);
    }
}
