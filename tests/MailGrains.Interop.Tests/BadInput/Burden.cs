using MailGrains.Interop.Tests.Server;
using Xunit;

namespace MailGrains.Interop.Tests.BadInput;

/// <summary>What connections cost the server's process while they attacked it.</summary>
internal sealed class Burden
{
    /// <summary>Octets a connection may make the server hold.</summary>
    private const long AllowedMemory = 8 << 20;

    /// <summary>Milliseconds of a processor.</summary>
    private const double AllowedTime = 1000;

    private readonly ServerProcess _server;
    private readonly double _time;
    private readonly long _memory;

    private Burden(ServerProcess server)
    {
        _server = server;
        _time = ProcessorTime.OfFamily(server.Id);
        _memory = server.ResidentOctets();
    }

    public static async Task<Burden> BeginAsync(ServerProcess server)
    {
        await server.ForgetPeakAsync();
        return new Burden(server);
    }

    /// <summary>
    /// Looks at the most memory the process had, garbage included: more than the connections held. Processor time is that of the whole process, the
    /// bystander's share included, and does not depend on what else the machine does.
    /// </summary>
    public void AssertBearable(int connections)
    {
        AssertQuick(connections);
        var memory = _server.PeakResidentOctets() - _memory;
        TestContext.Current.TestOutputHelper?.WriteLine($"{memory >> 20} MiB more at the most");
        Assert.True(memory < connections * AllowedMemory, $"{connections} connections made the process grow by {memory >> 20} MiB");
    }

    /// <summary>Looks at processor time alone.</summary>
    public void AssertQuick(int connections)
    {
        var time = ProcessorTime.OfFamily(_server.Id) - _time;
        TestContext.Current.TestOutputHelper?.WriteLine($"{connections} connections: {time:F0} ms of a processor");
        Assert.True(time < connections * AllowedTime, $"{connections} connections took {time} ms of a processor");
    }
}
