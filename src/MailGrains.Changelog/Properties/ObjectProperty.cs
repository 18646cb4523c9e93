namespace MailGrains.Changelog.Properties;

/// <summary>One property of an object. A property with several values stands there several times.</summary>
/// <param name="Name">Lower case, as Bonnie's clients know it: <c>summary</c>, <c>start</c>, <c>attendee</c> …</param>
public sealed record ObjectProperty(string Name, PropertyValue Value);
