using System.Buffers.Binary;
using System.Numerics;

namespace MailGrains.Bench.Generator;

/// <summary>
/// xoshiro256** seeded through SplitMix64. Written out here, not taken from <see cref="Random"/>, so that a seed gives
/// the same bytes on every runtime for as long as the generator itself is unchanged.
/// </summary>
public sealed class SeededRandom
{
    private ulong _a, _b, _c, _d;

    public SeededRandom(ulong seed, ulong stream = 0)
    {
        var state = seed ^ (stream * 0x9E3779B97F4A7C15UL);
        _a = SplitMix(ref state);
        _b = SplitMix(ref state);
        _c = SplitMix(ref state);
        _d = SplitMix(ref state);
    }

    public ulong NextUInt64()
    {
        var result = BitOperations.RotateLeft(_b * 5, 7) * 9;
        var shifted = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= shifted;
        _d = BitOperations.RotateLeft(_d, 45);
        return result;
    }

    /// <summary>A number from 0 up to, not including, <paramref name="limit"/>.</summary>
    public int Below(int limit) => (int)Math.BigMul(NextUInt64(), (ulong)limit, out _);

    /// <summary>A number from <paramref name="low"/> to <paramref name="high"/>, both included.</summary>
    public int Between(int low, int high) => low + Below(high - low + 1);

    /// <summary>A number in [0, 1).</summary>
    public double Fraction() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    public bool Chance(double probability) => Fraction() < probability;

    public T Pick<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    /// <summary>Log-normal with the given median. The normal is a sum of twelve uniforms: no libm, so no platform in it.</summary>
    public double LogNormal(double median, double sigma)
    {
        var normal = -6.0;
        for (var i = 0; i < 12; i++)
            normal += Fraction();
        return median * Math.Exp(normal * sigma);
    }

    public void Fill(Span<byte> bytes)
    {
        while (bytes.Length >= 8)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, NextUInt64());
            bytes = bytes[8..];
        }
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)NextUInt64();
    }

    public string Hex(int digits)
    {
        var bytes = new byte[(digits + 1) / 2];
        Fill(bytes);
        return Convert.ToHexStringLower(bytes)[..digits];
    }

    private static ulong SplitMix(ref ulong state)
    {
        var z = state += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
