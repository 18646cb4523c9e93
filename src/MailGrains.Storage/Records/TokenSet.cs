namespace MailGrains.Storage.Records;

/// <summary>The tokens of one content, for looking up.</summary>
public sealed class TokenSet(string tokens)
{
    private readonly string[] _sorted = [.. tokens.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct().Order(StringComparer.Ordinal)];

    public bool Has(string token) => Array.BinarySearch(_sorted, token, StringComparer.Ordinal) >= 0;

    public bool HasPrefix(string prefix)
    {
        var place = Array.BinarySearch(_sorted, prefix, StringComparer.Ordinal);
        // What begins with the prefix stands right behind it.
        return place >= 0 || (~place < _sorted.Length && _sorted[~place].StartsWith(prefix, StringComparison.Ordinal));
    }
}
