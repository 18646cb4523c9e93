using System.Collections.ObjectModel;
using System.Text;

namespace MailGrains.TestKit.Transcripts;

/// <summary>
/// Plays a transcript against a server: over anything that gives streams, with the client's bytes in one piece per step or dripped
/// one by one. A server must behave the same in both ways.
/// </summary>
/// <param name="connect">Opens the connection of this name (empty for the only one), to whichever server that name means.</param>
public sealed class TranscriptRunner(Func<string, CancellationToken, Task<Stream>> connect)
{
    // Only a server that hangs ever waits this long.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    /// <summary>For transcripts whose connections all go to one server.</summary>
    public TranscriptRunner(Func<CancellationToken, Task<Stream>> connect)
        : this((_, cancellationToken) => connect(cancellationToken))
    {
    }

    /// <summary>Bytes the client sends at a time; 1 drips.</summary>
    public int PieceLength { get; init; } = int.MaxValue;

    /// <summary>Values that the transcript may use like captured ones.</summary>
    public IReadOnlyDictionary<string, string> Given { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    public async Task RunAsync(Transcript transcript, CancellationToken cancellationToken = default)
    {
        var captures = new Captures(Given);
        var clients = new Dictionary<string, TranscriptClient>(StringComparer.Ordinal);
        var said = new StringBuilder();
        try
        {
            foreach (var step in transcript.Steps)
            {
                if (!clients.TryGetValue(step.Connection, out var client))
                    clients.Add(step.Connection, client = new TranscriptClient(await connect(step.Connection, cancellationToken), PieceLength));
                await PlayAsync(transcript, step, client, captures, said, cancellationToken);
            }
        }
        finally
        {
            foreach (var client in clients.Values)
                await client.DisposeAsync();
        }
    }

    private static async Task PlayAsync(
        Transcript transcript, Step step, TranscriptClient client, Captures captures, StringBuilder said, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(s_patience);
        try
        {
            var complaint = await StepAsync(step, client, captures, said, patience.Token);
            if (complaint is not null)
                throw new TranscriptException($"{transcript.Name}, line {step.Line}: {complaint}\n--- so far:\n{said}");
        }
        catch (Exception failure) when (failure is not TranscriptException && !cancellationToken.IsCancellationRequested)
        {
            var what = failure is OperationCanceledException ? $"the server was silent for {s_patience.TotalSeconds:0} s" : failure.Message;
            throw new TranscriptException($"{transcript.Name}, line {step.Line}: {what} at {step.Kind} {Show(step.Text)}\n--- so far:\n{said}", failure);
        }
    }

    /// <returns>Null, or what was wrong.</returns>
    private static async Task<string?> StepAsync(Step step, TranscriptClient client, Captures captures, StringBuilder said, CancellationToken cancellationToken)
    {
        switch (step.Kind)
        {
            case StepKind.Send:
                var text = captures.Fill(step.Text);
                said.Append(step.Connection).Append("C: ").AppendLine(Show(text));
                await client.SendAsync(text, cancellationToken);
                return null;
            case StepKind.ExpectLine:
                var line = await client.ReadLineAsync(cancellationToken);
                said.Append(step.Connection).Append("S: ").AppendLine(line is null ? "(closed)" : Show(line));
                return line is not null && captures.Match(step.Text, line) ? null : $"expected {Show(step.Text)}, got {(line is null ? "a closed connection" : Show(line))}";
            case StepKind.ExpectBytes:
                var expected = captures.Fill(step.Text);
                var actual = await client.ReadBytesAsync(expected.Length, cancellationToken);
                said.Append(step.Connection).Append("S: ").AppendLine(Show(actual));
                return actual == expected ? null : $"expected the bytes {Show(expected)}, got {Show(actual)}";
            case StepKind.ExpectClose:
                var rest = await client.ReadLineAsync(cancellationToken);
                return rest is null ? null : $"expected a closed connection, got {Show(rest)}";
            case StepKind.StartTls:
                await client.StartTlsAsync(cancellationToken);
                return null;
            default:
                await client.DisposeAsync();
                return null;
        }
    }

    private static string Show(string text)
    {
        const int longest = 400;
        var shown = text.Length > longest ? string.Concat(text.AsSpan(0, longest), "…") : text;
        return shown.Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\0", "\\0", StringComparison.Ordinal);
    }
}
