using System.Net;
using System.Net.Sockets;
using MailGrains.Frontends.Connections;
using Xunit;

namespace MailGrains.Frontends.Tests.Connections;

public sealed class ListenEndPointTests
{
    [Fact]
    public void Reads_addresses_ports_and_Unix_sockets()
    {
        Assert.Equal(
            [new IPEndPoint(IPAddress.Loopback, 1143), new IPEndPoint(IPAddress.IPv6Loopback, 1143), new UnixDomainSocketEndPoint("/run/mail/lmtp"), new IPEndPoint(IPAddress.IPv6Any, 24)],
            ListenEndPoint.ParseList("127.0.0.1:1143, [::1]:1143,unix:/run/mail/lmtp , *:24"));
        Assert.Contains(new IPEndPoint(IPAddress.Loopback, 24), ListenEndPoint.ParseList("localhost:24"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void Nothing_configured_is_a_listener_that_is_off(string? configured) => Assert.Empty(ListenEndPoint.ParseList(configured));

    [Theory]
    [InlineData("1143", "expected host:port")]
    [InlineData("127.0.0.1", "expected host:port")]
    [InlineData("127.0.0.1:", "the port must be a number")]
    [InlineData("127.0.0.1:65536", "the port must be a number")]
    [InlineData("127.0.0.1:-1", "the port must be a number")]
    [InlineData("::1:1143", "brackets")]
    [InlineData("[127.0.0.1]:1143", "no IPv6 address")]
    [InlineData("unix:", "expected a path")]
    [InlineData("no.such.host.invalid:25", "cannot be resolved")]
    public void Says_what_is_wrong_with_which_entry(string entry, string why)
    {
        var wrong = Assert.Throws<FormatException>(() => ListenEndPoint.ParseList("127.0.0.1:1, " + entry));
        Assert.Contains($"'{entry}'", wrong.Message, StringComparison.Ordinal);
        Assert.Contains(why, wrong.Message, StringComparison.Ordinal);
    }
}
