using MailGrains.Evidence.Notes;

namespace MailGrains.Evidence.Tests;

internal static class TestKeys
{
    /// <summary>A key that is always the same: its seed is 32 times the octet 7.</summary>
    public static NoteSigner Golden { get; } = NoteSigner.TryParse("PRIVATE+KEY+mail.example/log+b56778dc+AQcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcH", out var signer)
        ? signer
        : throw new InvalidOperationException("No key.");
}
