using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using MailGrains.Grains.Contracts.Cases;
using MailGrains.Model;
using MailGrains.Storage.Events;

namespace MailGrains.Grains.Cases;

/// <summary>Members of a case's event. Lists are text with commas; a long one goes on in members with a number behind the name.</summary>
internal readonly struct CaseEvent(JsonElement json, DateTimeOffset at)
{
    public DateTimeOffset At => at;

    /// <summary>Who did it.</summary>
    public string? By => Actor("login");

    /// <summary>Their account; null where the log has no id.</summary>
    public AccountId? ById => AccountId.TryParse(Actor("id"), out var id) ? id : null;

    /// <summary>The id of what the officer did.</summary>
    public Guid? Act => Guid.TryParse(Text("act"), out var act) ? act : null;

    public string? Text(string name) => EventMembers.Text(json, name);

    public long Number(string name) => json.TryGetProperty(name, out var value) && value.TryGetInt64(out var number) ? number : 0;

    public DateTimeOffset? Time(string name) => DateTimeOffset.TryParse(
        Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    public ImmutableArray<long> Numbers(string name) =>
        [.. List(name).Select(n => long.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)];

    public IEnumerable<ItemId> Items(string name) => List(name).Select(i => ItemId.TryParse(i, out var item) ? item : default).Where(i => i != default);

    private string? Actor(string member) => json.TryGetProperty("actor", out var actor) ? EventMembers.Text(actor, member) : null;

    private IEnumerable<string> List(string name) => EventMembers.List(json, name, ',');
}
