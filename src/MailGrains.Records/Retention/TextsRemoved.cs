namespace MailGrains.Records.Retention;

/// <summary>What a step of removing texts did.</summary>
/// <param name="Count">Texts that are no longer in the index.</param>
/// <param name="CameBack">Messages that came again while their text was removed.</param>
/// <param name="IsOver">Nothing is left.</param>
public sealed record TextsRemoved(int Count, int CameBack, bool IsOver);
