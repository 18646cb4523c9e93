using System.Globalization;

namespace MailGrains.Bench.Rows;

/// <summary>What a client keeps of a SELECT to resynchronise later (RFC 7162, 3.2.5).</summary>
internal sealed record SelectState(long Exists, long UidValidity, long HighestModSeq)
{
    public static SelectState Read(List<string> lines) =>
        new(CountOf(lines), Code(lines, "[UIDVALIDITY "), Code(lines, "[HIGHESTMODSEQ "));

    private static long CountOf(List<string> lines)
    {
        var line = lines.FirstOrDefault(text => text.EndsWith(" EXISTS", StringComparison.Ordinal));
        return line is null ? 0 : long.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
    }

    private static long Code(List<string> lines, string code)
    {
        var line = lines.FirstOrDefault(text => text.Contains(code, StringComparison.Ordinal));
        if (line is null)
            return 0;
        var start = line.IndexOf(code, StringComparison.Ordinal) + code.Length;
        return long.Parse(line[start..line.IndexOf(']', start)], CultureInfo.InvariantCulture);
    }
}
