using System.Globalization;

namespace MailGrains.Bench.Servers;

/// <summary>Memory of a server's processes as Linux counts it.</summary>
internal static class ProcessMemory
{
    /// <summary>
    /// Bytes of proportional set size of a process and all its descendants: pages that several processes share count once.
    /// A process that ends while it is being read is left out.
    /// </summary>
    public static long OfTree(int root) => Tree(root).Sum(OfProcess);

    /// <summary>How many processes the tree has.</summary>
    public static int CountTree(int root) => Tree(root).Count;

    /// <summary>Bytes that a process had resident at its highest (VmHWM).</summary>
    public static long Peak(int process)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line["VmHWM:".Length..^2].Trim(), CultureInfo.InvariantCulture) * 1024;
    }

    private static List<int> Tree(int root)
    {
        var children = Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out var pid) ? pid : 0)
            .Where(pid => pid > 0)
            .ToLookup(ParentOf);
        var tree = new List<int> { root };
        for (var i = 0; i < tree.Count; i++)
            tree.AddRange(children[tree[i]]);
        return tree;
    }

    // The command name is in brackets and may hold anything; the parent is the second field after it.
    private static int ParentOf(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static long OfProcess(int pid)
    {
        try
        {
            var line = File.ReadLines($"/proc/{pid}/smaps_rollup")
                .FirstOrDefault(text => text.StartsWith("Pss:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line[4..^2].Trim(), CultureInfo.InvariantCulture) * 1024;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
