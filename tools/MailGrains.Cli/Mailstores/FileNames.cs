using System.Buffers;
using System.Globalization;
using System.Text;

namespace MailGrains.Cli.Mailstores;

/// <summary>
/// Folder names as names of files: nothing in them leads out of the export's folder, and different names stay different. What a file name can't
/// have is written as <c>%</c> and two hexadecimal digits for each octet of its UTF-8, and so is <c>%</c> itself.
/// </summary>
internal static class FileNames
{
    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789ABCDEF");

    /// <summary>One level of a folder's path.</summary>
    /// <param name="level">The level's name.</param>
    /// <param name="reserved">A further character that means something else in the file names of the format.</param>
    public static string Of(string level, char reserved = '%')
    {
        if (level.Trim('.').Length == 0) reserved = '.';
        var name = new StringBuilder();
        Span<byte> octets = stackalloc byte[4];
        foreach (var rune in level.EnumerateRunes())
        {
            if (!Rune.IsControl(rune) && rune.Value is not ('/' or '\\' or ':' or '%') && rune.Value != reserved)
            {
                name.Append(rune.ToString());
                continue;
            }

            foreach (var octet in octets[..rune.EncodeToUtf8(octets)]) name.Append('%').Append(octet.ToString("X2", CultureInfo.InvariantCulture));
        }

        return name.ToString();
    }

    /// <summary>The level that was written as this name; a name that no export writes is what it is.</summary>
    public static string Read(string name, char reserved)
    {
        var octets = new List<byte>();
        var rest = name.AsSpan();
        while (rest.IndexOf('%') is var at and >= 0)
        {
            if (rest.Length < at + 3 || rest.Slice(at + 1, 2).ContainsAnyExcept(Hex)) return name;
            octets.AddRange(Encoding.UTF8.GetBytes(rest[..at].ToString()));
            octets.Add(byte.Parse(rest.Slice(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
            rest = rest[(at + 3)..];
        }

        octets.AddRange(Encoding.UTF8.GetBytes(rest.ToString()));
        var level = Encoding.UTF8.GetString([.. octets]);
        return Of(level, reserved) == name ? level : name;
    }
}
