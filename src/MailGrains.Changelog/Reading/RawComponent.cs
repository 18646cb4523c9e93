namespace MailGrains.Changelog.Reading;

/// <summary>A component of a calendar, or a card.</summary>
/// <param name="name">Lower case, such as <c>vevent</c>.</param>
internal sealed class RawComponent(string name)
{
    public string Name => name;

    public List<RawProperty> Properties { get; } = [];

    public List<RawComponent> Components { get; } = [];

    public string? Value(string property) => Properties.Find(p => p.Name == property)?.Value;
}
