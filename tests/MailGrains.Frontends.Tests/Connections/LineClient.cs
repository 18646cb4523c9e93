using System.Text;
using Xunit;

namespace MailGrains.Frontends.Tests.Connections;

/// <summary>A client of a line protocol.</summary>
internal sealed class LineClient(Stream stream) : IAsyncDisposable
{
    private readonly StreamReader _reader = new(stream, Encoding.UTF8);

    public async Task SendAsync(string text)
    {
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text), TestContext.Current.CancellationToken);
        await stream.FlushAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Sends to a server that may have cut the connection off already.</summary>
    public async Task SendUnlessClosedAsync(string text)
    {
        try
        {
            await SendAsync(text);
        }
        catch (IOException)
        {
            // What comes of it is seen by reading.
        }
    }

    public async Task SayAsync(string line, string reply)
    {
        await SendAsync(line + "\r\n");
        await ExpectAsync(reply);
    }

    public async Task ExpectAsync(string line) => Assert.Equal(line, await ReadLineAsync());

    public async Task ExpectClosedAsync()
    {
        try
        {
            Assert.Null(await ReadLineAsync());
        }
        catch (IOException)
        {
            // Cut off rather than closed; the same to a client.
        }
    }

    /// <summary>The next line, or null when there is none because the connection is gone.</summary>
    public async Task<string?> ReadLineOrClosedAsync()
    {
        try
        {
            return await ReadLineAsync();
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>True when the connection ends and nothing readable came before, at most a TLS alert.</summary>
    public async Task<bool> NothingButAlertAsync()
    {
        var rest = await ReadLineOrClosedAsync();
        return rest is null || rest[0] == '\u0015';
    }

    public Task<string?> ReadLineAsync() =>
        _reader.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => stream.DisposeAsync();
}
