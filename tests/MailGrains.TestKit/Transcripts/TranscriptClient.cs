using System.Net.Security;
using System.Text;

namespace MailGrains.TestKit.Transcripts;

/// <summary>The client's end of one connection of a transcript.</summary>
internal sealed class TranscriptClient(Stream stream, int pieceLength) : IAsyncDisposable
{
    private readonly byte[] _buffer = new byte[16 * 1024];
    private Stream _stream = stream;
    private int _start;
    private int _end;

    /// <summary>Sends as much as the server takes: one that has had enough may close in the middle, and the transcript says whether it may.</summary>
    public async Task SendAsync(string text, CancellationToken cancellationToken)
    {
        var bytes = Encoding.Latin1.GetBytes(text);
        try
        {
            for (var sent = 0; sent < bytes.Length; sent += pieceLength)
            {
                await _stream.WriteAsync(bytes.AsMemory(sent, Math.Min(pieceLength, bytes.Length - sent)), cancellationToken);
                await _stream.FlushAsync(cancellationToken);
            }
        }
        catch (IOException)
        {
            // What the server said before it closed is still to be read.
        }
    }

    /// <summary>The next line without its CRLF; null when the server has closed the connection.</summary>
    public async Task<string?> ReadLineAsync(CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        while (await FillAsync(cancellationToken))
        {
            var octet = (char)_buffer[_start++];
            line.Append(octet);
            if (octet == '\n' && line.Length > 1 && line[^2] == '\r')
                return line.ToString(0, line.Length - 2);
        }

        return line.Length == 0 ? null : line.ToString();
    }

    /// <summary>The next <paramref name="length"/> bytes, or fewer when the connection ends before.</summary>
    public async Task<string> ReadBytesAsync(int length, CancellationToken cancellationToken)
    {
        var text = new StringBuilder(length);
        while (text.Length < length && await FillAsync(cancellationToken))
            text.Append((char)_buffer[_start++]);
        return text.ToString();
    }

    public async Task StartTlsAsync(CancellationToken cancellationToken)
    {
        var tls = new SslStream(_stream, leaveInnerStreamOpen: false);

        // The server under test signs its own certificate; what is tested is the protocol, not trust.
        var options = new SslClientAuthenticationOptions { TargetHost = "localhost", RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null };
        await tls.AuthenticateAsClientAsync(options, cancellationToken);
        _stream = tls;
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_start < _end)
            return true;
        _start = 0;
        try
        {
            _end = await _stream.ReadAsync(_buffer, cancellationToken);
        }
        catch (IOException)
        {
            // A reset is a close as well.
            _end = 0;
        }

        return _end > 0;
    }
}
