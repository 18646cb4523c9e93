using System.IO.Pipelines;

namespace MailGrains.TestKit.Pipes;

/// <summary>A connection in memory: what one end writes, the other reads, with the back-pressure of a socket.</summary>
public sealed class DuplexPipePair
{
    private DuplexPipePair(IDuplexPipe server, IDuplexPipe client)
    {
        Server = server;
        Client = client;
    }

    public IDuplexPipe Server { get; }

    public IDuplexPipe Client { get; }

    public static DuplexPipePair Create()
    {
        // The figures of Kestrel's socket transport.
        var toServer = new Pipe(new PipeOptions(pauseWriterThreshold: 1024 * 1024, resumeWriterThreshold: 512 * 1024, useSynchronizationContext: false));
        var toClient = new Pipe(new PipeOptions(pauseWriterThreshold: 64 * 1024, resumeWriterThreshold: 32 * 1024, useSynchronizationContext: false));
        return new DuplexPipePair(new End(toServer.Reader, toClient.Writer), new End(toClient.Reader, toServer.Writer));
    }

    private sealed record End(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
