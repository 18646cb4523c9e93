using System.Buffers;
using System.IO.Pipelines;
using System.Net.Security;
using System.Security.Authentication;

namespace MailGrains.Wire;

/// <summary>A TLS layer laid over a transport's two pipes, by either side; the same code for implicit TLS and for STARTTLS.</summary>
public sealed class TlsTransport : IDuplexPipe, IAsyncDisposable
{
    private readonly SslStream _stream;

    private TlsTransport(SslStream stream, MemoryPool<byte>? pool)
    {
        _stream = stream;
        Input = PipeReader.Create(stream, new StreamPipeReaderOptions(pool, leaveOpen: true, useZeroByteReads: true));
        Output = PipeWriter.Create(stream, new StreamPipeWriterOptions(pool, leaveOpen: true));
    }

    public PipeReader Input { get; }

    public PipeWriter Output { get; }

    /// <summary>For example <c>TLSv1.3</c>.</summary>
    public string Protocol => _stream.SslProtocol switch
    {
        SslProtocols.Tls12 => "TLSv1.2",
        SslProtocols.Tls13 => "TLSv1.3",
        var other => other.ToString(),
    };

    /// <summary>The cipher suite by its registered name.</summary>
    public string Cipher => _stream.NegotiatedCipherSuite.ToString();

    /// <summary>The name the client asked for (SNI), empty when it sent none.</summary>
    public string ServerName => _stream.TargetHostName;

    /// <exception cref="AuthenticationException">The handshake failed, or took longer than <paramref name="limit"/>.</exception>
    public static Task<TlsTransport> AcceptAsync(
        IDuplexPipe plain, MemoryPool<byte>? pool, SslServerAuthenticationOptions options, TimeSpan limit, TimeProvider time) =>
        SecureAsync(plain, pool, (stream, timeout) => stream.AuthenticateAsServerAsync(options, timeout), limit, time);

    /// <exception cref="AuthenticationException">The handshake failed, or took longer than <paramref name="limit"/>.</exception>
    public static Task<TlsTransport> ConnectAsync(
        IDuplexPipe plain, MemoryPool<byte>? pool, SslClientAuthenticationOptions options, TimeSpan limit, TimeProvider time) =>
        SecureAsync(plain, pool, (stream, timeout) => stream.AuthenticateAsClientAsync(options, timeout), limit, time);

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

    private static async Task<TlsTransport> SecureAsync(
        IDuplexPipe plain, MemoryPool<byte>? pool, Func<SslStream, CancellationToken, Task> authenticate, TimeSpan limit, TimeProvider time)
    {
        using var timeout = new CancellationTokenSource(limit, time);
        var stream = new SslStream(new DuplexPipeStream(plain.Input, plain.Output), leaveInnerStreamOpen: true);
        try
        {
            await authenticate(stream, timeout.Token);
            return new TlsTransport(stream, pool);
        }
        catch (Exception failure)
        {
            await stream.DisposeAsync();
            throw failure is OperationCanceledException ? new AuthenticationException("The TLS handshake timed out.") : failure;
        }
    }
}
