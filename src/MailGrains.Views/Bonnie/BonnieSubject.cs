using System.Globalization;
using System.Text.Json;
using MailGrains.Model;
using MailGrains.Storage.Events;

namespace MailGrains.Views.Bonnie;

/// <summary>What one document is about: a message, a set of them, or none.</summary>
internal sealed record BonnieSubject
{
    public long? Uid { get; private init; }

    public string? Uids { get; private init; }

    public string? OldUids { get; private init; }

    public string? Email { get; private init; }

    public long? Size { get; private init; }

    public string? Flags { get; private init; }

    public string? MessageId { get; private init; }

    public BlobId? Blob { get; private init; }

    /// <summary>One at least.</summary>
    public static IReadOnlyList<BonnieSubject> Of(EventPayload payload)
    {
        var flags = EventPayload.Names(payload.Find("flagNames"));
        var entries = payload.Messages.ToList();
        if (entries.Count == 0) return [new BonnieSubject { Flags = flags }];
        if (entries.Any(e => EventPayload.Number(e, "uid") is not null)) return [.. entries.Select(e => Arrived(payload, e))];
        var runs = entries.Select(e => EventPayload.Text(e, "uids")).ToList();
        if (runs.Sum(NumberRuns.Count) > BonnieView.MostMessages)
        {
            var olds = NumberRuns.Union(entries.Select(e => EventPayload.Text(e, "oldUids")));
            return [new BonnieSubject { Flags = flags, Uids = NumberRuns.Union(runs), OldUids = olds }];
        }

        var changed = entries.SelectMany(e => Changed(payload, e, flags)).ToList();
        return changed.Count > 0 ? changed : [new BonnieSubject { Flags = flags }];
    }

    private static BonnieSubject Arrived(EventPayload payload, JsonElement entry) => new()
    {
        Uid = EventPayload.Number(entry, "uid"),
        Uids = Text(EventPayload.Number(entry, "uid")),
        Email = ObjectNames.Email(payload, EventPayload.Number(entry, "emailId")),
        Size = EventPayload.Number(entry, "size"),
        Flags = EventPayload.Names(entry.TryGetProperty("flagsAfter", out var flags) ? flags : null),
        MessageId = EventPayload.Text(entry, "messageId"),
        Blob = EventMembers.Blob(entry),
    };

    /// <summary>The lists run in parallel; where one is shorter, its rest is not known.</summary>
    private static IEnumerable<BonnieSubject> Changed(EventPayload payload, JsonElement entry, string? flags)
    {
        using var olds = NumberRuns.Numbers(EventPayload.Text(entry, "oldUids")).GetEnumerator();
        using var emails = NumberRuns.Numbers(EventPayload.Text(entry, "emailIds")).GetEnumerator();
        foreach (var uid in NumberRuns.Numbers(EventPayload.Text(entry, "uids")))
        {
            yield return new BonnieSubject
            {
                Uid = uid,
                Uids = Text(uid),
                OldUids = Text(olds.MoveNext() ? olds.Current : null),
                Email = ObjectNames.Email(payload, emails.MoveNext() ? emails.Current : null),
                Flags = flags,
            };
        }
    }

    private static string? Text(long? number) => number?.ToString(CultureInfo.InvariantCulture);
}
