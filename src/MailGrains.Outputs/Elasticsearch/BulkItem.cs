using MailGrains.Views.Bonnie;

namespace MailGrains.Outputs.Elasticsearch;

/// <summary>A document on its way.</summary>
/// <param name="Key">Names it within a partition: the same one when its event comes again.</param>
/// <param name="Event">The id of the event it is made of.</param>
internal sealed record BulkItem(string Key, string Event, BonnieDocument Document);
