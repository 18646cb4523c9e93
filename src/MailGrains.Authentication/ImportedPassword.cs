using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using MailGrains.Model.Accounts;

namespace MailGrains.Authentication;

/// <summary>
/// A password as files of other servers have it: in clear, or hashed with the scheme in braces before it. <c>{PLAIN}</c> stands before a password in
/// clear that begins with a brace itself.
/// </summary>
/// <param name="Clear">Octets, prepared by <see cref="PasswordText"/>; null where it was hashed.</param>
/// <param name="Verifiers">What was hashed; null where it was in clear.</param>
public sealed record ImportedPassword(byte[]? Clear, PasswordVerifiers? Verifiers)
{
    private const string Plain = "{PLAIN}";
    private const string Argon2Id = "{ARGON2ID}";
    private const string Scram = "{SCRAM-SHA-256}";

    /// <summary>Of a hash from elsewhere; what it asks for, every login will cost.</summary>
    private const int MaxMemoryKiB = 256 * 1024;

    private const int MaxIterations = 16;
    private const int LongestHash = 128;

    private static readonly SearchValues<char> SchemeCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._");

    public static bool TryParse(
        string text, int maxOctets, [NotNullWhen(true)] out ImportedPassword? password, [NotNullWhen(false)] out string? wrong)
    {
        (password, wrong) = SchemeOf(text) switch
        {
            Argon2Id => (Hashed(text[Argon2Id.Length..]), "the argon2id hash can't be used"),
            Scram => (Verifier(text[Scram.Length..]), "the SCRAM verifier can't be used"),
            Plain => (InClear(text[Plain.Length..], maxOctets), NotOne(maxOctets)),
            null => (InClear(text, maxOctets), NotOne(maxOctets)),
            var other => (null, $"passwords as {other} are not known; {Plain} stands before one that begins so"),
        };
        if (password is not null) wrong = null;
        return password is not null;
    }

    private static string NotOne(int maxOctets) => $"a password has 1 to {maxOctets} octets and no control characters";

    /// <summary>Whatever looks like a scheme is one: a hash must not be taken for the password.</summary>
    private static string? SchemeOf(string text)
    {
        if (!text.StartsWith('{')) return null;
        var end = text.IndexOf('}', StringComparison.Ordinal);
        return end > 1 && text.AsSpan(1, end - 1).IndexOfAnyExcept(SchemeCharacters) < 0
            ? text[..(end + 1)].ToUpperInvariant()
            : null;
    }

    private static ImportedPassword? InClear(string text, int maxOctets) =>
        PasswordText.TryPrepare(text, maxOctets, out var octets) ? new ImportedPassword(octets, null) : null;

    private static ImportedPassword? Hashed(string text) =>
        Argon2Parameters.TryParse(text, out var hash)
        && hash.MemoryKiB is >= 8 and <= MaxMemoryKiB && hash.Iterations <= MaxIterations && hash.Hash.Length <= LongestHash
            ? new ImportedPassword(null, new PasswordVerifiers(hash.ToString(), null))
            : null;

    private static ImportedPassword? Verifier(string text) =>
        ScramVerifier.TryParse(text, out var verifier) && verifier.Iterations >= ScramVerifier.MinIterations
            ? new ImportedPassword(null, new PasswordVerifiers(null, verifier))
            : null;
}
