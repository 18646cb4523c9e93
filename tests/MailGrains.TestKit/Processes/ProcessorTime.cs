using System.Globalization;

namespace MailGrains.TestKit.Processes;

/// <summary>Processor time as Linux counts it.</summary>
internal static class ProcessorTime
{
    /// <summary>Of <c>/proc/…/stat</c>; a hundred a second on every Linux.</summary>
    private const double TicksPerMillisecond = 0.1;

    /// <summary>Milliseconds that a process used so far, and its children, those that ended too.</summary>
    public static double OfFamily(int process) => Directory.EnumerateDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? Fields(id) : null)
        .OfType<string[]>()
        .Sum(fields => fields[0] == Text(process) ? Sum(fields, 13, 16) : fields[3] == Text(process) ? Sum(fields, 13, 14) : 0);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static double Sum(string[] fields, int first, int last) =>
        fields[first..(last + 1)].Sum(f => long.Parse(f, CultureInfo.InvariantCulture)) / TicksPerMillisecond;

    /// <summary>null when the process is gone. The name, which may hold spaces, is left empty.</summary>
    private static string[]? Fields(int process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return [Text(process), "", .. stat[(stat.LastIndexOf(')') + 2)..].TrimEnd().Split(' ')];
        }
        catch (IOException)
        {
            return null;
        }
    }
}
