using MailGrains.Mime.Building;
using MailGrains.Model.Summary;

namespace MailGrains.Mime;

/// <summary>
/// Makes a message's summary from its octets as received. Any input gives a summary: it never throws on content, takes time
/// linear in the input and memory bounded by <see cref="SummaryLimits"/>; what was cut is flagged.
/// </summary>
public static class SummaryBuilder
{
    [ThreadStatic]
    private static SummaryWorkspace? t_workspace;

    public static MessageSummary Build(ReadOnlyMemory<byte> blob) => MessageSummary.Read(BuildEncoded(blob.Span));

    /// <inheritdoc cref="Build"/>
    /// <returns>The stored form, of which <see cref="MessageSummary.Read"/> makes a view.</returns>
    public static byte[] BuildEncoded(ReadOnlySpan<byte> blob)
    {
        var workspace = t_workspace ?? new SummaryWorkspace();
        t_workspace = null;
        var encoded = workspace.Build(blob);
        if (!workspace.IsOvergrown)
            t_workspace = workspace;
        return encoded;
    }
}
