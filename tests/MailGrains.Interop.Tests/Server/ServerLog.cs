using System.Text;

namespace MailGrains.Interop.Tests.Server;

/// <summary>What the server printed, kept for the message of a failed test.</summary>
internal sealed class ServerLog
{
    private const int Kept = 400;

    private readonly Queue<string> _lines = new();

    public void Add(string line)
    {
        lock (_lines)
        {
            _lines.Enqueue(line);
            if (_lines.Count > Kept) _lines.Dequeue();
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
