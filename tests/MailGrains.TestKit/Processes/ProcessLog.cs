using System.Text;

namespace MailGrains.TestKit.Processes;

/// <summary>What a server printed, kept for the message of a failed test.</summary>
/// <param name="file">Gets every line, where the last ones are not enough.</param>
internal sealed class ProcessLog(string? file = null)
{
    private const int Kept = 400;

    private readonly Queue<string> _lines = new();

    /// <summary>Told of every line, in order.</summary>
    public event Action<string>? Added;

    public void Add(string line)
    {
        lock (_lines)
        {
            _lines.Enqueue(line);
            if (_lines.Count > Kept) _lines.Dequeue();
            if (file is not null) File.AppendAllText(file, line + "\n");
            Added?.Invoke(line);
        }
    }

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines) return [.. _lines];
        }
    }

    public override string ToString() => new StringBuilder().AppendJoin('\n', Lines).ToString();
}
