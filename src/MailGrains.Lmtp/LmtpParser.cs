using System.Text;

namespace MailGrains.Lmtp;

/// <summary>Turns one command line into a command, or into the reply that refuses it. Pure: it keeps nothing.</summary>
public static class LmtpParser
{
    private static readonly LmtpReply s_unknown = new(500, "5.5.1", "Unknown command");
    private static readonly LmtpReply s_notSmtp = new(500, "5.5.1", "This is LMTP: say LHLO");
    private static readonly LmtpReply s_control = new(501, "5.5.2", "Control characters are not allowed");

    /// <param name="line">Without its CRLF.</param>
    /// <param name="refusal">What to answer when the result is null.</param>
    public static LmtpCommand? Parse(ReadOnlySpan<byte> line, out LmtpReply? refusal)
    {
        line = line.TrimEnd((byte)' ');
        var space = line.IndexOf((byte)' ');
        var verb = space < 0 ? line : line[..space];
        var arguments = space < 0 ? [] : line[(space + 1)..];
        if (line.IndexOfAnyInRange((byte)0, (byte)0x1F) >= 0 || line.Contains((byte)0x7F))
        {
            refusal = s_control;
            return null;
        }

        refusal = null;
        return verb.Length switch
        {
            4 => ParseFour(verb, arguments, ref refusal),
            8 when Ascii.EqualsIgnoreCase(verb, "STARTTLS"u8) => Commands.StartTlsCommand.Parse(arguments, ref refusal),
            _ => Refuse(s_unknown, ref refusal),
        };
    }

    private static LmtpCommand? ParseFour(ReadOnlySpan<byte> verb, ReadOnlySpan<byte> arguments, ref LmtpReply? refusal)
    {
        Span<byte> upper = stackalloc byte[4];
        Ascii.ToUpper(verb, upper, out _);
        return (upper[0], upper[1], upper[2], upper[3]) switch
        {
            ((byte)'M', (byte)'A', (byte)'I', (byte)'L') => Commands.MailCommand.Parse(arguments, ref refusal),
            ((byte)'R', (byte)'C', (byte)'P', (byte)'T') => Commands.RcptCommand.Parse(arguments, ref refusal),
            ((byte)'D', (byte)'A', (byte)'T', (byte)'A') => Commands.DataCommand.Parse(arguments, ref refusal),
            ((byte)'B', (byte)'D', (byte)'A', (byte)'T') => Commands.BdatCommand.Parse(arguments, ref refusal),
            ((byte)'L', (byte)'H', (byte)'L', (byte)'O') => Commands.LhloCommand.Parse(arguments, ref refusal),
            ((byte)'R', (byte)'S', (byte)'E', (byte)'T') => Commands.RsetCommand.Parse(arguments, ref refusal),
            ((byte)'N', (byte)'O', (byte)'O', (byte)'P') => Commands.NoopCommand.Instance,
            ((byte)'Q', (byte)'U', (byte)'I', (byte)'T') => Commands.QuitCommand.Parse(arguments, ref refusal),
            ((byte)'V', (byte)'R', (byte)'F', (byte)'Y') => Commands.VrfyCommand.Parse(arguments, ref refusal),
            ((byte)'H', (byte)'E', (byte)'L', (byte)'P') => Commands.HelpCommand.Instance,
            ((byte)'E' or (byte)'H', (byte)'H' or (byte)'E', (byte)'L', (byte)'O') => Refuse(s_notSmtp, ref refusal),
            _ => Refuse(s_unknown, ref refusal),
        };
    }

    internal static LmtpCommand? Refuse(LmtpReply reply, ref LmtpReply? refusal)
    {
        refusal = reply;
        return null;
    }

    /// <summary>For commands that take no argument.</summary>
    internal static LmtpCommand? Bare(LmtpCommand command, ReadOnlySpan<byte> arguments, ref LmtpReply? refusal) =>
        arguments.IsEmpty ? command : Refuse(LmtpSyntax.NoArguments, ref refusal);
}
