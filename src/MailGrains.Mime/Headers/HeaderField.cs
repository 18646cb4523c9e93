namespace MailGrains.Mime.Headers;

/// <summary>A header field as text for people and indexes.</summary>
/// <param name="Values">One at least: those of all fields with the name, in their order.</param>
/// <param name="IsList">It has addresses, whose number says nothing.</param>
public sealed record HeaderField(string Name, IReadOnlyList<string> Values, bool IsList);
