namespace MailGrains.Evidence.Signing;

/// <summary>What an administrator accepted: from here on the log is not the continuation of what was signed before.</summary>
/// <param name="Reason">His, one line.</param>
/// <param name="Found">What was found, a line each.</param>
public sealed record LogBreak(string Reason, IReadOnlyList<string> Found)
{
    /// <summary>Characters of a reason, and of each thing found.</summary>
    public const int MaxLength = 500;

    private const int MaxFound = 16;

    /// <summary>As much of it as a head has room for.</summary>
    public static LogBreak Of(string reason, IReadOnlyList<string> found) => new(Line(reason), [.. found.Take(MaxFound).Select(Line)]);

    private static string Line(string text)
    {
        var line = string.Concat(text.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? ' ' : c)).Trim();
        return line.Length > MaxLength ? line[..MaxLength].Trim() : line;
    }
}
