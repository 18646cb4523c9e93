namespace MailGrains.TestKit.Checking;

/// <summary>Where the next connection goes: ports of 127.0.0.1.</summary>
internal sealed record LoadEnds(Func<int> Imap, Func<int> Lmtp);
