namespace MailGrains.Grains.Streams;

/// <summary>The names of the streams that the log is delivered by.</summary>
internal static class LogStreams
{
    public const string Provider = "MailGrains.Events";

    public const string Namespace = "mailgrains.events";
}
