using System.Globalization;
using System.Text;
using MailGrains.Cli.Api;

namespace MailGrains.Cli.Mailstores;

/// <summary>One mboxrd file for each folder, with the messages' flags unless their octets are to stay exact.</summary>
internal sealed class MboxTarget(string root, bool exact) : IMailTarget
{
    private FileStream? _file;

    public void Begin(string folder)
    {
        _file?.Dispose();
        var path = Path.Combine([root, .. folder.Split('/').Select(Level)]) + ".mbox";
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        _file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
    }

    /// <summary>No folder's directory has the name of another folder's file.</summary>
    private static string Level(string level) =>
        FileNames.Of(level, level.EndsWith(".mbox", StringComparison.OrdinalIgnoreCase) ? '.' : '%');

    public void Write(ExportedMessage message, byte[] octets)
    {
        var file = _file ?? throw new InvalidOperationException("No folder was begun.");
        var date = DateTimeOffset.FromUnixTimeSeconds(message.InternalDate).UtcDateTime;
        file.Write(Encoding.ASCII.GetBytes(date.ToString("'From MAILER-DAEMON 'ddd MMM dd HH':'mm':'ss yyyy'\n'", CultureInfo.InvariantCulture)));
        ReadOnlySpan<byte> rest = exact ? octets : MboxStatus.Add(LineEnds.ToUnix(octets), message.Flags);
        var endsLine = rest is [.., (byte)'\n'];
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOf((byte)'\n');
            var line = end < 0 ? rest : rest[..(end + 1)];
            if (line.TrimStart((byte)'>').StartsWith("From "u8)) file.Write(">"u8);
            file.Write(line);
            rest = rest[line.Length..];
        }

        file.Write(endsLine ? "\n"u8 : "\n\n"u8);
    }

    public void Dispose() => _file?.Dispose();
}
