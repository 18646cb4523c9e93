using MimeKit;

namespace MailGrains.Interop.Tests.RealInput;

internal static class LineEnds
{
    public static FormatOptions WithCrLf(this FormatOptions options)
    {
        options.NewLineFormat = NewLineFormat.Dos;
        return options;
    }
}
