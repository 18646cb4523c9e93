using System.Text.Json;

namespace MailGrains.Frontends.Http.Events;

/// <param name="Event">As it was written.</param>
public sealed record EventView(int Partition, long Position, long Sequence, string Hash, JsonElement Event);
