using System.Text.Json;

namespace MailGrains.Frontends.Http.Events;

/// <param name="Event">As it was written, or in the form that was asked for; null: that form has no place for it, or it is of a case.</param>
public sealed record EventView(int Partition, long Position, long Sequence, string Hash, JsonElement Event);
