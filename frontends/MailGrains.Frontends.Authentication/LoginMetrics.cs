using System.Diagnostics.Metrics;

namespace MailGrains.Frontends.Authentication;

/// <summary>Figures of the meter <c>MailGrains.Authentication</c>.</summary>
internal static class LoginMetrics
{
    private static readonly Meter s_meter = new("MailGrains.Authentication");

    private static readonly Counter<long> s_logins = s_meter.CreateCounter<long>("mailgrains.logins", "{login}", "Attempts to log in, by outcome.");

    /// <summary>Counts it and hands it on.</summary>
    public static LoginResult Counted(this LoginResult result)
    {
        s_logins.Add(1, new KeyValuePair<string, object?>("outcome", result.Outcome switch
        {
            LoginOutcome.Accepted => "accepted",
            LoginOutcome.Rejected => "rejected",
            _ => "throttled",
        }));
        return result;
    }
}
