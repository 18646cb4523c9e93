namespace MailGrains.Changelog.Reading;

/// <summary>A property of a calendar component or a card, whether it was written as text or as XML.</summary>
/// <param name="Name">Lower case.</param>
/// <param name="Parameters">Names in lower case.</param>
/// <param name="Value">Without the escapes of its notation; empty where there are <paramref name="Fields"/>.</param>
/// <param name="Fields">Of a property that is made of parts (N, ADR, RRULE): those that are not empty.</param>
internal sealed record RawProperty(
    string Name, IReadOnlyList<KeyValuePair<string, string>> Parameters, string Value, IReadOnlyList<KeyValuePair<string, string>> Fields)
{
    public string? Parameter(string name)
    {
        foreach (var (key, value) in Parameters)
            if (key == name) return value;
        return null;
    }
}
