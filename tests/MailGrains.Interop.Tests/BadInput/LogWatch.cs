using System.Globalization;
using System.Text.RegularExpressions;
using System.Threading.Channels;
using Xunit;

namespace MailGrains.Interop.Tests.BadInput;

/// <summary>What a server logs from now on.</summary>
internal sealed partial class LogWatch : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly ProcessLog _log;

    public LogWatch(ProcessLog log)
    {
        _log = log;
        log.Added += Add;
    }

    /// <summary>All lines up to the one that is so many that match.</summary>
    public async Task<IReadOnlyList<string>> LinesAsync(string pattern, int times, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        var lines = new List<string>();
        for (var found = 0; found < times;)
        {
            lines.Add(await _lines.Reader.ReadAsync(limit.Token));
            if (Regex.IsMatch(lines[^1], pattern)) found++;
        }

        return lines;
    }

    /// <summary>What came from outside is in one line with its event, cannot act on a terminal, and was no failure of the server.</summary>
    public static void AssertClean(IEnumerable<string> lines) => Assert.All(lines, line =>
    {
        Assert.True(Event().IsMatch(line), line);
        Assert.DoesNotContain(line, c => char.GetUnicodeCategory(c)
            is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
    });

    public void Dispose() => _log.Added -= Add;

    private void Add(string line) => _lines.Writer.TryWrite(line);

    /// <summary>Of a server that is well.</summary>
    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT[\d:.]+Z (info|warn): MailGrains\.[\w.]+\[\d+\] ")]
    private static partial Regex Event();
}
