namespace MailGrains.TestKit.Checking;

/// <summary>A message as a client sees it.</summary>
internal sealed record SeenMessage(uint Uid, bool Flagged, ulong ModSeq, byte[] Octets, bool Deleted = false);
