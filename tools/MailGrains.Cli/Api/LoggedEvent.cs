using System.Text.Json;

namespace MailGrains.Cli.Api;

internal sealed record LoggedEvent(int Partition, long Position, long Sequence, string Hash, JsonElement Event);
