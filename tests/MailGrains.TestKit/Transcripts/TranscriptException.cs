namespace MailGrains.TestKit.Transcripts;

/// <summary>The server did not do what the transcript says; the message shows the conversation up to there.</summary>
public sealed class TranscriptException(string message, Exception? inner = null) : Exception(message, inner);
