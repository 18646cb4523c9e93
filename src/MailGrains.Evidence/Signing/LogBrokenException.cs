namespace MailGrains.Evidence.Signing;

/// <summary>The log is not the continuation of what was signed: it was rolled back, shortened or rewritten. Nothing is signed.</summary>
public sealed class LogBrokenException(IReadOnlyList<string> problems)
    : Exception($"The log is not the continuation of what was signed, so it is not signed any more: {string.Join("; ", problems)}. "
        + "If this is right, for instance after a backup was restored, say so with: mailgrains evidence accept-break --reason …")
{
    /// <summary>What was found, a line each.</summary>
    public IReadOnlyList<string> Problems => problems;
}
