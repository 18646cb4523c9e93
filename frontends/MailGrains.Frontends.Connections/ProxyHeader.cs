using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MailGrains.Frontends.Connections;

/// <summary>
/// The PROXY protocol's header, versions 1 (text) and 2 (binary). Both addresses are null when the proxy speaks for
/// itself (LOCAL, UNKNOWN) or for a family that has no IP address.
/// </summary>
internal readonly record struct ProxyHeader(IPEndPoint? Client, IPEndPoint? Server)
{
    private const int LongestV1 = 107;
    private const int FixedV2 = 16;

    // 216 bytes of addresses at most (AF_UNIX), and room for the TLVs real proxies send.
    private const int LongestV2Body = 2048;

    /// <summary>The twelve bytes that begin version 2.</summary>
    public static ReadOnlySpan<byte> Signature => "\r\n\r\n\0\r\nQUIT\n"u8;

    /// <summary>Parses the header at the start of <paramref name="input"/>; incomplete input consumes nothing.</summary>
    public static ProxyHeaderStatus Parse(in ReadOnlySequence<byte> input, out ProxyHeader header, out SequencePosition end)
    {
        header = default;
        end = input.Start;
        Span<byte> bytes = stackalloc byte[FixedV2 + LongestV2Body];
        var length = (int)Math.Min(input.Length, bytes.Length);
        bytes = bytes[..length];
        input.Slice(0, length).CopyTo(bytes);

        var common = Math.Min(length, Signature.Length);
        var status = bytes[..common].SequenceEqual(Signature[..common])
            ? ParseV2(bytes, out header, out var consumed)
            : ParseV1(bytes, out header, out consumed);
        end = input.GetPosition(consumed);
        return status;
    }

    // "PROXY" SP ("TCP4" / "TCP6") SP source SP destination SP source-port SP destination-port CRLF
    // "PROXY" SP "UNKNOWN" anything CRLF
    private static ProxyHeaderStatus ParseV1(ReadOnlySpan<byte> bytes, out ProxyHeader header, out int consumed)
    {
        header = default;
        consumed = 0;
        var start = "PROXY "u8;
        var common = Math.Min(bytes.Length, start.Length);
        if (!bytes[..common].SequenceEqual(start[..common]))
            return ProxyHeaderStatus.Invalid;

        var newline = bytes[..Math.Min(bytes.Length, LongestV1)].IndexOf("\r\n"u8);
        if (newline < 0)
            return bytes.Length < LongestV1 ? ProxyHeaderStatus.Incomplete : ProxyHeaderStatus.Invalid;

        var fields = Encoding.ASCII.GetString(bytes[start.Length..newline]).Split(' ');
        consumed = newline + 2;
        if (fields[0] == "UNKNOWN")
            return ProxyHeaderStatus.Complete;

        var family = fields[0] switch { "TCP4" => AddressFamily.InterNetwork, "TCP6" => AddressFamily.InterNetworkV6, _ => AddressFamily.Unspecified };
        if (fields.Length == 5 && EndPoint(fields[1], fields[3], family) is { } client && EndPoint(fields[2], fields[4], family) is { } server)
        {
            header = new ProxyHeader(client, server);
            return ProxyHeaderStatus.Complete;
        }

        return ProxyHeaderStatus.Invalid;
    }

    private static ProxyHeaderStatus ParseV2(ReadOnlySpan<byte> bytes, out ProxyHeader header, out int consumed)
    {
        header = default;
        consumed = 0;
        if (bytes.Length < FixedV2)
            return ProxyHeaderStatus.Incomplete;

        var (version, command) = (bytes[12] >> 4, bytes[12] & 0xF);
        var body = BinaryPrimitives.ReadUInt16BigEndian(bytes[14..]);
        if (version != 2 || command > 1 || body > LongestV2Body)
            return ProxyHeaderStatus.Invalid;
        if (bytes.Length < FixedV2 + body)
            return ProxyHeaderStatus.Incomplete;

        consumed = FixedV2 + body;
        if (command == 0)
            return ProxyHeaderStatus.Complete;
        var width = bytes[13] switch { 0x11 => 4, 0x21 => 16, _ => 0 };
        if (width == 0)
            return ProxyHeaderStatus.Complete;
        if (body < 2 * width + 4)
            return ProxyHeaderStatus.Invalid;

        var rest = bytes[FixedV2..];
        header = new ProxyHeader(
            new IPEndPoint(new IPAddress(rest[..width]), BinaryPrimitives.ReadUInt16BigEndian(rest[(2 * width)..])),
            new IPEndPoint(new IPAddress(rest[width..(2 * width)]), BinaryPrimitives.ReadUInt16BigEndian(rest[(2 * width + 2)..])));
        return ProxyHeaderStatus.Complete;
    }

    private static IPEndPoint? EndPoint(string address, string port, AddressFamily family) =>
        IPAddress.TryParse(address, out var ip) && ip.AddressFamily == family
        && Utf8Parser.TryParse(Encoding.ASCII.GetBytes(port), out ushort number, out var used) && used == port.Length
            ? new IPEndPoint(ip, number)
            : null;
}
