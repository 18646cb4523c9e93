namespace MailGrains.Frontends.Http.Evidence;

/// <summary>A checkpoint of one partition.</summary>
/// <param name="Size">Events it covers.</param>
/// <param name="Note">The signed note, to be kept as it is.</param>
internal sealed record CheckpointView(int Partition, long Size, string Note);
