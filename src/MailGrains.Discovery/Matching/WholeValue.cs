namespace MailGrains.Discovery.Matching;

/// <summary>Compares a whole value with a pattern, case aside: a star stands for any text, also for none.</summary>
internal static class WholeValue
{
    /// <summary>Time is at most the product of both lengths.</summary>
    public static bool IsLike(ReadOnlySpan<char> value, ReadOnlySpan<char> pattern)
    {
        var first = pattern.IndexOf('*');
        if (first < 0) return value.Equals(pattern, StringComparison.OrdinalIgnoreCase);
        if (!value.StartsWith(pattern[..first], StringComparison.OrdinalIgnoreCase)) return false;
        value = value[first..];
        pattern = pattern[(first + 1)..];
        for (int star; (star = pattern.IndexOf('*')) >= 0; pattern = pattern[(star + 1)..])
        {
            // What is found first leaves the most for what follows.
            var found = value.IndexOf(pattern[..star], StringComparison.OrdinalIgnoreCase);
            if (found < 0) return false;
            value = value[(found + star)..];
        }

        return value.EndsWith(pattern, StringComparison.OrdinalIgnoreCase);
    }
}
