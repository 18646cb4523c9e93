using System.Globalization;
using MailGrains.Cli.Api;

namespace MailGrains.Cli.Mailstores;

/// <summary>Maildir++: INBOX at the top, other folders as <c>.Name.Below</c>.</summary>
internal sealed class MaildirTarget(string root, bool exact) : IMailTarget
{
    private static readonly (string Flag, char Letter)[] Letters =
        [(@"\Draft", 'D'), (@"\Flagged", 'F'), (@"\Answered", 'R'), (@"\Seen", 'S'), (@"\Deleted", 'T')];

    private string _current = "";

    public void Begin(string folder)
    {
        _current = folder == "INBOX" ? root : Path.Combine(root, "." + string.Join('.', folder.Split('/').Select(level => FileNames.Of(level, reserved: '.'))));
        foreach (var part in (string[])["cur", "new", "tmp"]) Directory.CreateDirectory(Path.Combine(_current, part));
    }

    public void Write(ExportedMessage message, byte[] octets)
    {
        var letters = string.Concat(Letters.Where(l => message.Flags.Contains(l.Flag, StringComparer.OrdinalIgnoreCase)).Select(l => l.Letter));
        var name = string.Create(CultureInfo.InvariantCulture, $"{message.InternalDate}.{message.Uid}.mailgrains:2,{letters}");
        var path = Path.Combine(_current, "cur", name);
        File.WriteAllBytes(path, exact ? octets : LineEnds.ToUnix(octets));
        File.SetLastWriteTimeUtc(path, DateTimeOffset.FromUnixTimeSeconds(message.InternalDate).UtcDateTime);
    }

    public void Dispose()
    {
        // Every message is a file of its own, closed when it was written.
    }
}
