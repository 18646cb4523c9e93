namespace MailGrains.Frontends.Connections;

/// <summary>
/// Makes short connection ids: 45 bits of milliseconds and 20 bits that count from a random start, in Crockford's
/// base 32 as ULIDs are, so that ids sort by time and can be read out over the telephone.
/// </summary>
internal sealed class ConnectionIdSource(TimeProvider time)
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Length = 13;

    private int _counter = Random.Shared.Next();

    public string Next()
    {
        var value = ((ulong)time.GetUtcNow().ToUnixTimeMilliseconds() << 20) | ((uint)Interlocked.Increment(ref _counter) & 0xFFFFF);
        return string.Create(Length, value, static (text, rest) =>
        {
            for (var i = text.Length - 1; i >= 0; i--, rest >>= 5)
                text[i] = Alphabet[(int)(rest & 31)];
        });
    }
}
