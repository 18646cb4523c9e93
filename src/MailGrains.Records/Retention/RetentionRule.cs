using System.Globalization;
using MailGrains.Model;

namespace MailGrains.Records.Retention;

/// <summary>How long messages are kept that match all of its conditions; a condition that is null matches everything.</summary>
public sealed record RetentionRule
{
    /// <summary>Kept for ever.</summary>
    public static readonly TimeSpan Forever = TimeSpan.MaxValue;

    /// <summary>More than ten thousand years; what a time can hold is more, and less than a hundred thousand.</summary>
    private const int MostHours = 100_000_000;

    private static readonly HashSet<string> Keys = new(["Accounts", "Group", "Folders", "Classes", "KeepFor", "UndeleteFor"], StringComparer.OrdinalIgnoreCase);

    private static readonly TimeSpan DefaultUndelete = TimeSpan.FromDays(30);

    /// <summary>Pattern of an address of the account.</summary>
    public string? Accounts { get; init; }

    /// <summary>Name of a group the account is in.</summary>
    public string? Group { get; init; }

    /// <summary>Pattern of the path of the folder the message left.</summary>
    public string? Folders { get; init; }

    /// <summary>Of a message it has one of these at least.</summary>
    public MessageClasses? Classes { get; init; }

    /// <summary>Counted from when the message came into the mailbox.</summary>
    public required TimeSpan KeepFor { get; init; }

    /// <summary>Counted from when it left the folder.</summary>
    public TimeSpan UndeleteFor { get; init; } = DefaultUndelete;

    /// <summary>Whether the account has to be known to judge this rule.</summary>
    public bool IsOfAccounts => Accounts is not null || Group is not null;

    public bool MatchesAll => Accounts is null && Group is null && Folders is null && Classes is null;

    /// <summary>
    /// Reads a rule: <c>Accounts</c>, <c>Group</c>, <c>Folders</c>, <c>Classes</c>, <c>KeepFor</c> (which must be there), <c>UndeleteFor</c>. Times are a
    /// number with h, d, w or y for hours, days, weeks or years of 366 days; <c>forever</c>.
    /// </summary>
    /// <exception cref="FormatException">Something in it is wrong, unknown or missing; the message names it.</exception>
    public static RetentionRule Parse(IEnumerable<KeyValuePair<string, string>> values)
    {
        var given = new Dictionary<string, string>(values, StringComparer.OrdinalIgnoreCase);
        var unknown = given.Keys.FirstOrDefault(k => !Keys.Contains(k));
        if (unknown is not null) throw new FormatException($"A rule of retention has no key '{unknown}'");
        if (!given.TryGetValue("KeepFor", out var keep)) throw new FormatException("A rule of retention needs KeepFor: a time such as 7y, or forever");
        return new RetentionRule
        {
            Accounts = given.GetValueOrDefault("Accounts"),
            Group = given.GetValueOrDefault("Group"),
            Folders = given.GetValueOrDefault("Folders"),
            Classes = given.TryGetValue("Classes", out var classes) ? ClassNames.Parse(classes) : null,
            KeepFor = Time("KeepFor", keep),
            UndeleteFor = given.TryGetValue("UndeleteFor", out var undelete) ? Time("UndeleteFor", undelete) : DefaultUndelete,
        };
    }

    /// <summary>Whether the times of an entry are over.</summary>
    public bool IsOver(DateTimeOffset arrived, DateTimeOffset left, DateTimeOffset now) => IsOver(arrived, KeepFor, now) && IsOver(left, UndeleteFor, now);

    private static bool IsOver(DateTimeOffset since, TimeSpan time, DateTimeOffset now) => time != Forever && now - since >= time;

    private static TimeSpan Time(string key, string text)
    {
        if (text.Equals("forever", StringComparison.OrdinalIgnoreCase)) return Forever;
        var unit = text.Length > 1 ? char.ToLowerInvariant(text[^1]) switch { 'h' => 1, 'd' => 24, 'w' => 7 * 24, 'y' => 366 * 24, _ => 0 } : 0;
        return unit > 0 && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 100_000
            && number * unit <= MostHours
            ? TimeSpan.FromHours((double)number * unit)
            : throw new FormatException($"{key} = '{text}': expected a time such as 30d, 52w or 7y, or forever");
    }
}
