using System.Text;

namespace MailGrains.Lmtp;

/// <summary>
/// An address of the envelope, unquoted: <c>&lt;"a b"@x&gt;</c> has the local part <c>a b</c>. The null sender has neither part,
/// <c>&lt;Postmaster&gt;</c> has no domain.
/// </summary>
/// <param name="LocalPart">As the client wrote it; case is kept.</param>
/// <param name="Domain">As the client wrote it; an address literal keeps its brackets.</param>
public sealed record MailPath(string LocalPart, string Domain)
{
    /// <summary>The empty reverse-path of bounces.</summary>
    public static MailPath Null { get; } = new("", "");

    public bool IsNull => LocalPart.Length == 0 && Domain.Length == 0;

    public bool IsAscii => Ascii.IsValid(LocalPart) && Ascii.IsValid(Domain);

    /// <summary>The address in wire form without angle brackets, quoted where it must be; empty for the null sender.</summary>
    public string Address
    {
        get
        {
            var local = IsDotString(LocalPart) || IsNull ? LocalPart : Quote(LocalPart);
            return Domain.Length == 0 ? local : $"{local}@{Domain}";
        }
    }

    public override string ToString() => $"<{Address}>";

    private static bool IsDotString(string local)
    {
        if (local.Length == 0 || local[0] == '.' || local[^1] == '.' || local.Contains("..", StringComparison.Ordinal))
            return false;
        foreach (var c in local)
        {
            if (c != '.' && c < 0x80 && !MailPathParser.IsAtext((byte)c))
                return false;
        }

        return true;
    }

    private static string Quote(string local) =>
        $"\"{local.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
