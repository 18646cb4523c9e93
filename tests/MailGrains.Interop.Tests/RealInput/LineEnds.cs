using MimeKit;

namespace MailGrains.Interop.Tests.RealInput;

internal static class LineEnds
{
    /// <summary>As MailKit sends messages to IMAP servers.</summary>
    public static FormatOptions WithCrLf(this FormatOptions options)
    {
        options.NewLineFormat = NewLineFormat.Dos;
        options.EnsureNewLine = true;
        return options;
    }
}
