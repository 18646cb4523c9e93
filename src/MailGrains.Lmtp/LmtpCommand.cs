namespace MailGrains.Lmtp;

/// <summary>One parsed command line.</summary>
public abstract record LmtpCommand(LmtpVerb Verb);
