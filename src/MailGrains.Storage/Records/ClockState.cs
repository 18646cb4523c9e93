namespace MailGrains.Storage.Records;

/// <summary>What retention knew of the clock when it last looked.</summary>
/// <param name="Wall">The time it showed.</param>
/// <param name="Waiting">How long the server still has to run before the clock is trusted.</param>
public sealed record ClockState(DateTimeOffset Wall, TimeSpan Waiting);
