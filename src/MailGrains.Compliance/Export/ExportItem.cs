using MailGrains.Compliance.Search;

namespace MailGrains.Compliance.Export;

/// <summary>A message on its way into an export.</summary>
/// <param name="Id">Its name in the case.</param>
/// <param name="Message">All octets: the lines that were added at delivery, then the message as it was received. Empty where it can't be read.</param>
/// <param name="Error">Why it can't be read.</param>
public sealed record ExportItem(string Id, FoundItem Found, IReadOnlyList<string> Tags, ReadOnlyMemory<byte> Message, string? Error);
