using MailGrains.Changelog.Properties;

namespace MailGrains.Changelog.Differences;

/// <summary>One difference between two revisions.</summary>
/// <param name="Index">Of a property with several values: which one, in the newer revision, or in the older for a value that was removed.</param>
/// <param name="Old">Null for a value that was added.</param>
/// <param name="New">
/// Null for a value that was removed. Where both have fields, those that differ; a field that is gone is empty.
/// </param>
public sealed record PropertyChange(ChangeKind Kind, string Property, int? Index, PropertyValue? Old, PropertyValue? New);
