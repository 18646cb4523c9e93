using System.Globalization;
using System.Text;
using MailGrains.Bench.Generator;

namespace MailGrains.Bench.Client;

/// <summary>
/// A pool of messages that never repeats: each one handed out has another Message-ID, so that no server can answer from a
/// duplicate check or store equal bytes once. Each holder has its own pool; not thread-safe.
/// </summary>
internal sealed class UniqueMessages
{
    private const int Digits = 16;
    private static readonly byte[] Field = "Message-ID: <"u8.ToArray();
    private static long s_next = Random.Shared.NextInt64(1L << 52) << 10;
    private readonly byte[][] _messages;
    private readonly int[] _places;
    private int _turn;

    public UniqueMessages(IEnumerable<GeneratedMessage> messages)
    {
        _messages = [.. messages.Select(message => message.Bytes)];
        _places = [.. _messages.Select(bytes => bytes.AsSpan().IndexOf(Field) + Field.Length)];
    }

    /// <summary>The next message; its bytes are valid until it comes round again.</summary>
    public byte[] Next()
    {
        _turn = (_turn + 1) % _messages.Length;
        var bytes = _messages[_turn];
        Span<char> digits = stackalloc char[Digits];
        Interlocked.Increment(ref s_next).TryFormat(digits, out _, "x16", CultureInfo.InvariantCulture);
        Encoding.ASCII.GetBytes(digits, bytes.AsSpan(_places[_turn], Digits));
        return bytes;
    }
}
