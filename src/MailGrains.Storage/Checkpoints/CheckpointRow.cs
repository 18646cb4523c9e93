namespace MailGrains.Storage.Checkpoints;

/// <summary>A part of the checkpoint history, as it was signed.</summary>
/// <param name="Number">From 1, without gaps for heads.</param>
public sealed record CheckpointRow(CheckpointKind Kind, long Number, ReadOnlyMemory<byte> Octets);
