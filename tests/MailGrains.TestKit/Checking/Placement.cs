namespace MailGrains.TestKit.Checking;

/// <summary>One copy of a message in a folder.</summary>
/// <param name="Uid">null while only the server knows it.</param>
internal sealed record Placement(string Folder, uint? Uid, bool Flagged, bool Deleted = false);
