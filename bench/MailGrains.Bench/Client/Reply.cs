namespace MailGrains.Bench.Client;

/// <summary>What came back for one IMAP command, counted and not parsed.</summary>
/// <param name="Bytes">All bytes up to and with the tagged line.</param>
/// <param name="Untagged">Untagged responses before the tagged one.</param>
internal readonly record struct Reply(long Bytes, int Untagged);
