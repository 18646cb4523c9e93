using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Security.Authentication;
using MailGrains.Wire;

namespace MailGrains.Frontends.Connections;

/// <summary>
/// One client, from accept to close: the pipes, what is known of the peer, the deadlines and the counters. Reading and
/// writing belong to one session loop each; <see cref="Stop"/>, <see cref="Wake"/> and <see cref="Abort"/> may be called from anywhere.
/// It owns no buffers beyond the transport's pooled ones.
/// </summary>
public sealed partial class LineConnection
{
    private const int HighWater = 32 * 1024;

    private readonly LineListenerOptions _options;
    private readonly ConnectionRegistry _registry;
    private readonly ServerCertificates? _certificates;
    private readonly IDuplexPipe _plain;
    private readonly MemoryPool<byte>? _pool;
    private TlsTransport? _tls;
    private PipeReader _input;
    private PipeWriter _output;
    private ReadOnlySequence<byte> _unread;
    private bool _reading;
    private bool _firstBytesJudged;

    internal LineConnection(
        LineTransport transport, ConnectionContextInfo info, LineListenerOptions options, ConnectionRegistry registry, ServerCertificates? certificates)
    {
        _plain = transport.Pipe;
        _input = transport.Pipe.Input;
        _output = transport.Pipe.Output;
        _pool = transport.Pool;
        _abort = transport.Abort;
        Aborted = transport.Closed;
        Info = info;
        _options = options;
        _registry = registry;
        _certificates = certificates;
        _acceptedTick = _activeTick = registry.Tick;
        Accepted = registry.Time.GetTimestamp();
    }

    public ConnectionContextInfo Info { get; private set; }

    /// <summary>Where replies are written; nothing is sent before <see cref="FlushAsync"/>.</summary>
    public PipeWriter Output => _output;

    /// <summary>True once so much output waits that the session should flush before it renders more.</summary>
    public bool OutputIsFull => _output.UnflushedBytes >= HighWater;

    /// <summary>True when STARTTLS may be offered now.</summary>
    public bool CanStartTls => _options.Tls == TlsMode.StartTls && _certificates is not null && Info.Tls is null;

    /// <summary>Cancelled when the transport is gone.</summary>
    public CancellationToken Aborted { get; }

    /// <summary>Bytes of the protocol taken from the client (inside TLS, if there is TLS).</summary>
    public long BytesIn { get; private set; }

    /// <summary>Bytes of the protocol sent to the client.</summary>
    public long BytesOut { get; private set; }

    internal long Accepted { get; }

    /// <summary>
    /// The next bytes. <see cref="ReadResult.IsCanceled"/> means: look at <see cref="Stopping"/> (say goodbye and return), or, when that is
    /// <see cref="SessionStop.None"/>, somebody called <see cref="Wake"/>. Every result must be followed by <see cref="AdvanceTo"/>.
    /// </summary>
    /// <exception cref="IOException">The connection broke, or the peer speaks another protocol.</exception>
    public ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (Stopping != SessionStop.None)
            return new ValueTask<ReadResult>(new ReadResult(ReadOnlySequence<byte>.Empty, isCanceled: true, isCompleted: false));
        if (!_firstBytesJudged)
            return ReadFirstAsync(cancellationToken);

        var read = _input.ReadAsync(cancellationToken);
        return read.IsCompletedSuccessfully ? new ValueTask<ReadResult>(Remember(read.Result)) : WaitAsync(read);
    }

    /// <summary>Hands back everything before <paramref name="consumed"/>; a read waits for bytes beyond <paramref name="examined"/>.</summary>
    public void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        if (!_reading)
            return;
        BytesIn += _unread.Slice(0, consumed).Length;
        _unread = default;
        _reading = false;
        _input.AdvanceTo(consumed, examined);
    }

    public void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    /// <summary>Sends what was written; waits while the client is slow to take it.</summary>
    /// <exception cref="IOException">The client is gone.</exception>
    public ValueTask FlushAsync(CancellationToken cancellationToken = default)
    {
        BytesOut += _output.UnflushedBytes;
        var flush = _output.FlushAsync(cancellationToken);
        if (!flush.IsCompletedSuccessfully)
            return WaitAsync(flush);
        if (flush.Result.IsCompleted)
            throw PeerGone();
        return default;
    }

    /// <summary>
    /// STARTTLS (RFC 9051 section 6.2.1, RFC 3207 section 4). <paramref name="afterLine"/> is the position behind the
    /// command's CRLF in the buffer read last. When anything was sent behind that line, a man in the middle may have slipped it in before
    /// the protection began: then nothing is answered and the connection is cut off. Otherwise <paramref name="goAhead"/> is
    /// sent and the handshake runs.
    /// </summary>
    /// <returns>True: go on, and forget what was learnt in plain text. False: return from the session at once.</returns>
    public async ValueTask<bool> StartTlsAsync(SequencePosition afterLine, ReadOnlyMemory<byte> goAhead)
    {
        if (!CanStartTls)
            throw new InvalidOperationException("This connection cannot start TLS.");
        if (!_unread.Slice(afterLine).IsEmpty)
        {
            Abort("bytes after STARTTLS");
            return false;
        }

        AdvanceTo(afterLine);
        _output.Write(goAhead.Span);
        await FlushAsync();
        return await SecureAsync();
    }

    /// <summary>Runs the handshake on the plain transport and continues above it.</summary>
    internal async ValueTask<bool> SecureAsync()
    {
        try
        {
            var server = _certificates!.ServerOptions(_options.ApplicationProtocols);
            _tls = await TlsTransport.AcceptAsync(_plain, _pool, server, _options.HandshakeTimeout, _registry.Time);
        }
        catch (Exception failed) when (failed is AuthenticationException or IOException)
        {
            Abort("TLS handshake failed");
            return false;
        }

        _input = _tls.Input;
        _output = _tls.Output;
        Info = Info with { Tls = new TlsInfo(_tls.Protocol, _tls.Cipher, _tls.ServerName) };
        return true;
    }

    internal async ValueTask CloseTlsAsync()
    {
        if (_tls is not null)
            await _tls.DisposeAsync();
    }

    private async ValueTask<ReadResult> ReadFirstAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = Remember(await _input.ReadAsync(cancellationToken));
            var verdict = ForeignProtocol.Judge(result.Buffer);
            if (verdict == ForeignProtocol.Verdict.Foreign)
            {
                Abort("not this protocol");
                throw new IOException("The peer speaks another protocol.");
            }

            _firstBytesJudged = verdict == ForeignProtocol.Verdict.Ours;
            if (_firstBytesJudged || result.IsCompleted || result.IsCanceled)
                return result;
            AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ReadResult> WaitAsync(ValueTask<ReadResult> read) => Remember(await read);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask WaitAsync(ValueTask<FlushResult> flush)
    {
        var result = await flush;

        // A client that takes its output slowly is not idle.
        MarkActive();
        if (result.IsCompleted)
            throw PeerGone();
    }

    private ReadResult Remember(ReadResult result)
    {
        _unread = result.Buffer;
        _reading = true;
        return result;
    }

    private static IOException PeerGone() => new("The peer has closed the connection.");
}
