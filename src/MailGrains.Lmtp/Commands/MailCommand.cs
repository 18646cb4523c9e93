using System.Buffers.Text;
using System.Text;

namespace MailGrains.Lmtp.Commands;

/// <summary><c>MAIL FROM</c> (RFC 5321 section 4.1.1.2) with SIZE (RFC 1870), BODY (RFC 6152) and SMTPUTF8 (RFC 6531).</summary>
/// <param name="Sender">The reverse-path; <see cref="MailPath.Null"/> for bounces.</param>
/// <param name="Size">Octets announced, null when not announced.</param>
public sealed record MailCommand(MailPath Sender, long? Size, BodyType Body, bool SmtpUtf8) : LmtpCommand(LmtpVerb.Mail)
{
    private const int LongestSize = 20;

    private static readonly LmtpReply s_path = new(501, "5.1.7", "MAIL FROM wants an address in angle brackets");
    private static readonly LmtpReply s_size = new(501, "5.5.4", "SIZE wants a number of octets");
    private static readonly LmtpReply s_utf8 = new(553, "5.6.7", "A sender outside ASCII needs SMTPUTF8");

    // "MAIL FROM:" Reverse-path [SP Mail-parameters] CRLF
    internal static LmtpCommand? Parse(ReadOnlySpan<byte> arguments, ref LmtpReply? refusal)
    {
        var prefix = "FROM:"u8;
        if (arguments.Length < prefix.Length || !Ascii.EqualsIgnoreCase(arguments[..prefix.Length], prefix))
            return LmtpParser.Refuse(s_path, ref refusal);

        arguments = arguments[prefix.Length..].TrimStart((byte)' ');
        var taken = MailPathParser.TryParse(arguments, out var sender);
        if (taken == 0)
            return LmtpParser.Refuse(s_path, ref refusal);

        var command = ParseParameters(sender, arguments[taken..], ref refusal);
        return command is { SmtpUtf8: false, Sender.IsAscii: false } ? LmtpParser.Refuse(s_utf8, ref refusal) : command;
    }

    private static MailCommand? ParseParameters(MailPath sender, ReadOnlySpan<byte> rest, ref LmtpReply? refusal)
    {
        long? size = null;
        BodyType? body = null;
        var smtpUtf8 = false;
        var parameters = new LmtpParameters(rest);
        while (refusal is null && parameters.MoveNext())
        {
            if (Ascii.EqualsIgnoreCase(parameters.Keyword, "SIZE"u8))
                refusal = size is null ? TakeSize(parameters.Value, out size) : LmtpSyntax.BadParameter;
            else if (Ascii.EqualsIgnoreCase(parameters.Keyword, "BODY"u8))
                refusal = body is null ? TakeBody(parameters.Value, out body) : LmtpSyntax.BadParameter;
            else if (Ascii.EqualsIgnoreCase(parameters.Keyword, "SMTPUTF8"u8))
                (refusal, smtpUtf8) = smtpUtf8 || !parameters.Value.IsEmpty ? (LmtpSyntax.BadParameter, true) : (null, true);
            else
                refusal = LmtpSyntax.UnknownParameter;
        }

        if (parameters.Malformed)
            refusal ??= LmtpSyntax.BadParameter;
        return refusal is null ? new MailCommand(sender, size, body ?? BodyType.SevenBit, smtpUtf8) : null;
    }

    // size-value = 1*20DIGIT
    private static LmtpReply? TakeSize(ReadOnlySpan<byte> value, out long? size)
    {
        size = null;
        if (value.Length is 0 or > LongestSize || value.IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0
            || !Utf8Parser.TryParse(value, out ulong number, out _))
            return s_size;

        // What does not fit a long is over every limit there is, and is refused as such.
        size = (long)Math.Min(number, long.MaxValue);
        return null;
    }

    // body-value = "7BIT" / "8BITMIME"; BINARYMIME is not offered.
    private static LmtpReply? TakeBody(ReadOnlySpan<byte> value, out BodyType? body)
    {
        body = Ascii.EqualsIgnoreCase(value, "7BIT"u8) ? BodyType.SevenBit
            : Ascii.EqualsIgnoreCase(value, "8BITMIME"u8) ? BodyType.EightBitMime
            : null;
        return body is null ? LmtpSyntax.UnknownParameter : null;
    }
}
