namespace MailGrains.Tampering.Tests.Engines;

/// <summary>By what somebody learns which thing was damaged: one sentence with all these parts.</summary>
internal sealed record Clue(Told Where, params IReadOnlyList<string> Parts);
