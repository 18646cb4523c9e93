using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Orleans;

namespace MailGrains.Model.Accounts;

/// <summary>RFC 5802 section 3; keys are 32 octets (SHA-256), base64 where written as text.</summary>
[GenerateSerializer, Immutable]
public sealed record ScramVerifier(
    [property: Id(0)] byte[] Salt,
    [property: Id(1)] int Iterations,
    [property: Id(2)] byte[] StoredKey,
    [property: Id(3)] byte[] ServerKey)
{
    public const int KeyLength = 32;

    /// <summary>Of what comes from elsewhere: more would make each login a burden.</summary>
    public const int MaxIterations = 1_000_000;

    /// <summary>RFC 7677 section 4.</summary>
    public const int MinIterations = 4096;

    private const int MaxText = 1024;

    /// <summary>As Dovecot writes it too: <c>iterations,salt,storedKey,serverKey</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Iterations},{Convert.ToBase64String(Salt)},{Convert.ToBase64String(StoredKey)},{Convert.ToBase64String(ServerKey)}");

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ScramVerifier? verifier)
    {
        verifier = null;
        if (text is null || text.Length > MaxText || text.Split(',') is not [var count, var salt, var stored, var server]) return false;
        if (!int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var iterations)) return false;
        if (iterations is < 1 or > MaxIterations) return false;
        if (TryBase64(salt) is not { Length: > 0 } saltBytes) return false;
        if (TryBase64(stored) is not { Length: KeyLength } storedKey || TryBase64(server) is not { Length: KeyLength } serverKey) return false;
        verifier = new ScramVerifier(saltBytes, iterations, storedKey, serverKey);
        return true;
    }

    private static byte[]? TryBase64(string text)
    {
        var buffer = new byte[text.Length];
        return Convert.TryFromBase64String(text, buffer, out var length) ? buffer[..length] : null;
    }
}
