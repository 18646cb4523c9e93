using System.Buffers;
using System.IO.Pipelines;
using System.Net.Security;
using System.Security.Authentication;

namespace MailGrains.Frontends.Connections;

/// <summary>A TLS layer laid over a transport: the same code for implicit TLS and for STARTTLS.</summary>
internal sealed class TlsTransport : IDuplexPipe, IAsyncDisposable
{
    private readonly SslStream _stream;

    private TlsTransport(SslStream stream, MemoryPool<byte>? pool)
    {
        _stream = stream;
        Info = new TlsInfo(Name(stream.SslProtocol), stream.NegotiatedCipherSuite.ToString(), stream.TargetHostName);
        Input = PipeReader.Create(stream, new StreamPipeReaderOptions(pool, leaveOpen: true, useZeroByteReads: true));
        Output = PipeWriter.Create(stream, new StreamPipeWriterOptions(pool, leaveOpen: true));
    }

    public PipeReader Input { get; }

    public PipeWriter Output { get; }

    public TlsInfo Info { get; }

    /// <exception cref="AuthenticationException">The handshake failed, or took longer than the options allow.</exception>
    public static async Task<TlsTransport> AcceptAsync(
        IDuplexPipe plain, MemoryPool<byte>? pool, ServerCertificates certificates, LineListenerOptions options, TimeProvider time)
    {
        using var timeout = new CancellationTokenSource(options.HandshakeTimeout, time);
        var stream = new SslStream(new DuplexPipeStream(plain.Input, plain.Output), leaveInnerStreamOpen: true);
        try
        {
            await stream.AuthenticateAsServerAsync(certificates.ServerOptions(options.ApplicationProtocols), timeout.Token);
            return new TlsTransport(stream, pool);
        }
        catch (Exception failure)
        {
            await stream.DisposeAsync();
            throw failure is OperationCanceledException ? new AuthenticationException("The TLS handshake timed out.") : failure;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Input.CompleteAsync();
        await Output.CompleteAsync();
        try
        {
            await _stream.ShutdownAsync();
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException or InvalidOperationException or OperationCanceledException)
        {
            // The peer closed first; there is nobody left to say close_notify to.
        }

        await _stream.DisposeAsync();
    }

    private static string Name(SslProtocols protocol) => protocol switch
    {
        SslProtocols.Tls12 => "TLSv1.2",
        SslProtocols.Tls13 => "TLSv1.3",
        _ => protocol.ToString(),
    };
}
