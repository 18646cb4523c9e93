using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace MailGrains.Authentication;

/// <summary>The PHC string <c>$argon2id$v=19$m=…,t=…,p=…$salt$hash</c>, base64 without padding.</summary>
internal sealed record Argon2Parameters(int MemoryKiB, int Iterations, byte[] Salt, byte[] Hash)
{
    /// <summary>libsodium knows no other.</summary>
    public const int Parallelism = 1;

    /// <summary>Octets; libsodium takes no other length.</summary>
    public const int SaltLength = 16;

    public static bool TryParse(string? text, [NotNullWhen(true)] out Argon2Parameters? parameters)
    {
        parameters = null;
        var parts = text?.Split('$');
        if (parts is not ["", "argon2id", "v=19", var costs, var salt, var hash]) return false;
        var numbers = costs.Split(',');
        if (numbers is not [['m', '=', .. var m], ['t', '=', .. var t], ['p', '=', .. var p]]) return false;
        if (!TryNumber(m, out var memory) || !TryNumber(t, out var iterations) || !TryNumber(p, out var parallelism)) return false;
        if (parallelism != Parallelism) return false;
        if (!TryBase64(salt, out var saltBytes) || !TryBase64(hash, out var hashBytes) || hashBytes.Length < 16) return false;
        if (saltBytes.Length != SaltLength) return false;
        parameters = new Argon2Parameters(memory, iterations, saltBytes, hashBytes);
        return true;
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"$argon2id$v=19$m={MemoryKiB},t={Iterations},p={Parallelism}${Base64(Salt)}${Base64(Hash)}");

    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0;

    private static string Base64(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    private static bool TryBase64(string text, out byte[] bytes)
    {
        var padded = text.PadRight((text.Length + 3) / 4 * 4, '=');
        var buffer = new byte[padded.Length];
        var ok = Convert.TryFromBase64String(padded, buffer, out var length);
        bytes = buffer[..length];
        return ok;
    }
}
