using MailGrains.Storage.Records;

namespace MailGrains.Records;

/// <summary>One thing that happened to a message.</summary>
/// <param name="Act">When, by whom, with which event.</param>
/// <param name="Entry">Where.</param>
/// <param name="Flags">The flags it has from then on.</param>
public sealed record HistoryLine(HistoryKind Kind, RecordedAct Act, RecordedEntry Entry, string Flags);
