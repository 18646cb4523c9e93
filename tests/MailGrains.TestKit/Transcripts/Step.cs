namespace MailGrains.TestKit.Transcripts;

/// <summary>One step of a transcript.</summary>
/// <param name="Line">Where it stands in the file.</param>
/// <param name="Connection">Empty for the only one; <c>C@b:</c> and <c>S@b:</c> speak over connection <c>b</c>.</param>
/// <param name="Text">As written, captures not yet filled in; one character per byte.</param>
public sealed record Step(int Line, string Connection, StepKind Kind, string Text);
