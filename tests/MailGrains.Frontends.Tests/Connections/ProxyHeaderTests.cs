using System.Buffers;
using System.Text;
using MailGrains.Frontends.Connections;
using Xunit;

namespace MailGrains.Frontends.Tests.Connections;

public sealed class ProxyHeaderTests
{
    private static readonly byte[] s_v2Four = V2(0x21, 0x11, [192, 0, 2, 7, 198, 51, 100, 1, 0x12, 0x67, 0, 143]);

    public static TheoryData<byte[], string> Valid => new()
    {
        { Encoding.ASCII.GetBytes("PROXY TCP4 192.0.2.7 198.51.100.1 4711 143\r\n"), "192.0.2.7:4711 198.51.100.1:143" },
        { Encoding.ASCII.GetBytes("PROXY TCP6 2001:db8::7 2001:db8::1 4711 143\r\n"), "[2001:db8::7]:4711 [2001:db8::1]:143" },
        { Encoding.ASCII.GetBytes("PROXY UNKNOWN whatever\r\n"), " " },
        { Encoding.ASCII.GetBytes("PROXY UNKNOWN\r\n"), " " },
        { s_v2Four, "192.0.2.7:4711 198.51.100.1:143" },
        { V2(0x21, 0x11, [192, 0, 2, 7, 198, 51, 100, 1, 0x12, 0x67, 0, 143, 4, 0, 1, 0]), "192.0.2.7:4711 198.51.100.1:143" },
        { V2(0x20, 0, []), " " },
        { V2(0x21, 0x31, new byte[216]), " " },
    };

    [Theory]
    [MemberData(nameof(Valid))]
    public void Reads_both_versions_and_nothing_of_any_prefix(byte[] header, string addresses)
    {
        byte[] wire = [.. header, .. "a1 NOOP\r\n"u8];
        for (var length = 0; length < header.Length; length++)
        {
            var prefix = new ReadOnlySequence<byte>(wire, 0, length);
            Assert.Equal(ProxyHeaderStatus.Incomplete, ProxyHeader.Parse(prefix, out _, out var nothing));
            Assert.Equal(prefix.Start, nothing);
        }

        var input = new ReadOnlySequence<byte>(wire);
        Assert.Equal(ProxyHeaderStatus.Complete, ProxyHeader.Parse(input, out var read, out var end));
        Assert.Equal(addresses, $"{read.Client} {read.Server}");
        Assert.Equal("a1 NOOP\r\n", Encoding.ASCII.GetString(input.Slice(end)));
    }

    public static TheoryData<byte[]> Invalid =>
    [
        Encoding.ASCII.GetBytes("a1 NOOP\r\n"),
        Encoding.ASCII.GetBytes("PROXY TCP4 192.0.2.7 198.51.100.1 4711\r\n"),
        Encoding.ASCII.GetBytes("PROXY TCP4 2001:db8::7 198.51.100.1 4711 143\r\n"),
        Encoding.ASCII.GetBytes("PROXY TCP4 192.0.2.7 198.51.100.1 65536 143\r\n"),
        Encoding.ASCII.GetBytes("PROXY TCP4 192.0.2.7 198.51.100.1 -1 143\r\n"),
        Encoding.ASCII.GetBytes("PROXY TCP5 192.0.2.7 198.51.100.1 1 143\r\n"),
        Encoding.ASCII.GetBytes("PROXY UNKNOWN " + new string('x', 107)),
        V2(0x11, 0x11, new byte[12]),
        V2(0x22, 0x11, new byte[12]),
        V2(0x21, 0x11, new byte[11]),
        V2(0x21, 0x21, new byte[12]),
        (byte[])[.. ProxyHeader.Signature, 0x21, 0x11, 0xFF, 0xFF],
    ];

    [Theory]
    [MemberData(nameof(Invalid))]
    public void Refuses_what_is_no_header(byte[] wire)
    {
        Assert.Equal(ProxyHeaderStatus.Invalid, ProxyHeader.Parse(new ReadOnlySequence<byte>(wire), out _, out _));
    }

    private static byte[] V2(byte command, byte family, byte[] body) =>
        [.. ProxyHeader.Signature, command, family, (byte)(body.Length >> 8), (byte)body.Length, .. body];
}
