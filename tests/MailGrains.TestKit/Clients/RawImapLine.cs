namespace MailGrains.TestKit.Clients;

/// <summary>One response: its text, with the octets of its literals apart (<c>{n}</c> stays in the text).</summary>
internal sealed record RawImapLine(string Text, IReadOnlyList<byte[]> Literals);
