using System.Globalization;

namespace MailGrains.Cluster.Tests.Relays;

/// <summary>Tells which process is at the other end of a connection of this machine, from /proc.</summary>
internal static class SocketOwners
{
    /// <summary>Whether the socket with this local port belongs to that process.</summary>
    public static bool IsOf(int process, int localPort)
    {
        var inodes = Inodes(localPort);
        return inodes.Count > 0 && Sockets(process).Any(inodes.Contains);
    }

    private static HashSet<string> Inodes(int localPort)
    {
        var end = string.Create(CultureInfo.InvariantCulture, $":{localPort:X4}");
        return
        [
            .. new[] { "/proc/net/tcp", "/proc/net/tcp6" }.Where(File.Exists).SelectMany(File.ReadLines)
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Where(fields => fields.Length > 9 && fields[1].EndsWith(end, StringComparison.Ordinal))
                .Select(fields => $"socket:[{fields[9]}]"),
        ];
    }

    private static IEnumerable<string> Sockets(int process)
    {
        string[] descriptors;
        try
        {
            descriptors = Directory.GetFileSystemEntries($"/proc/{process}/fd");
        }
        catch (IOException)
        {
            yield break;
        }

        foreach (var descriptor in descriptors)
            if (new FileInfo(descriptor).LinkTarget is { } target) yield return target;
    }
}
