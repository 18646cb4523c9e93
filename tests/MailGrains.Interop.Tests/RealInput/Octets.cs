using System.Text;
using Xunit;

namespace MailGrains.Interop.Tests.RealInput;

/// <summary>Compares messages; where they differ, shows the place and not two whole messages.</summary>
internal static class Octets
{
    private const int Shown = 120;

    public static void AssertSame(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual, string what)
    {
        if (expected.SequenceEqual(actual)) return;
        var at = expected.CommonPrefixLength(actual);
        Assert.Fail($"{what}: {expected.Length} octets went in, {actual.Length} came out; they differ at {at}:\n  in:  {Around(expected, at)}\n  out: {Around(actual, at)}");
    }

    private static string Around(ReadOnlySpan<byte> message, int at)
    {
        var start = Math.Max(0, at - (Shown / 2));
        return Encoding.Latin1.GetString(message[start..Math.Min(message.Length, at + Shown)])
            .Replace("\r", @"\r", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal);
    }
}
