using MailGrains.Imap.Syntax;

namespace MailGrains.Imap.Commands;

/// <summary>AUTHENTICATE with the mechanism in upper case.</summary>
/// <param name="Mechanism">The SASL mechanism.</param>
/// <param name="InitialResponse">The decoded initial response (SASL-IR, RFC 4959), empty for <c>=</c>, null when there is none.</param>
public sealed record AuthenticateCommand(string Mechanism, byte[]? InitialResponse) : ImapCommand
{
    public override CommandVerb Verb => CommandVerb.Authenticate;

    /// <summary>Leaves the response out: it may be a password.</summary>
    public override string ToString() => $"AUTHENTICATE {Mechanism}";

    /// <summary>
    /// authenticate = "AUTHENTICATE" SP auth-type [SP initial-resp]; initial-resp = base64 / "=" (RFC 9051 section 6.2.2)
    /// </summary>
    internal static ImapCommand Parse(ref ImapScanner scanner)
    {
        scanner.Space();
        var mechanism = scanner.Word();
        if (!scanner.TryTake((byte)' ')) return new AuthenticateCommand(mechanism, null);
        var response = scanner.Rest();
        if (response.SequenceEqual("="u8)) return new AuthenticateCommand(mechanism, []);
        if (SaslResponse.TryDecode(response, out var decoded) && decoded.Length > 0) return new AuthenticateCommand(mechanism, decoded);
        scanner.Fail("Invalid base64");
        return new AuthenticateCommand(mechanism, null);
    }
}
