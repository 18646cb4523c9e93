using MailGrains.Subscribers;
using MailGrains.Views;

namespace MailGrains.Outputs;

/// <summary>The keys that several kinds have.</summary>
internal static class OutputKeys
{
    private const int LongestName = 253;
    private const int MostHeaders = 100;

    /// <summary><c>ServerName</c>: the host in URLs of folders and messages.</summary>
    public static ViewOptions View(SubscriberSection section)
    {
        var name = section.Text("ServerName", IsHost(Environment.MachineName) ? Environment.MachineName : "localhost");
        return IsHost(name) ? new ViewOptions(name) : throw section.Wrong("ServerName", "expected a host name");
    }

    /// <summary><c>TimeoutSeconds</c>: how long an answer is waited for.</summary>
    public static TimeSpan Timeout(SubscriberSection section) => TimeSpan.FromSeconds(section.Number("TimeoutSeconds", 30, 1, 600));

    /// <summary><c>MaxBytes</c>: what is sent at once; a larger batch makes several requests.</summary>
    public static int MaxBytes(SubscriberSection section) => (int)section.Number("MaxBytes", 5_000_000, 10_000, 100_000_000);

    /// <summary><c>Headers</c>: header fields of messages that are shown.</summary>
    /// <param name="usual">Those when none are named.</param>
    public static IReadOnlyList<string> Headers(SubscriberSection section, IReadOnlyList<string> usual)
    {
        var text = section.Text("Headers", "");
        if (text.Length == 0) return usual;
        if (text.Equals("none", StringComparison.OrdinalIgnoreCase)) return [];
        var names = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

        // A dot would make objects of the index's field.
        return names.Length <= MostHeaders && names.All(n => n.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            && names.Distinct(StringComparer.OrdinalIgnoreCase).Count() == names.Length
                ? names
                : throw section.Wrong("Headers", $"expected none, or up to {MostHeaders} different names of header fields, separated by commas");
    }

    private static bool IsHost(string name) => name.Length is > 0 and <= LongestName && Uri.CheckHostName(name) != UriHostNameType.Unknown;
}
