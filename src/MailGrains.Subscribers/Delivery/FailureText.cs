namespace MailGrains.Subscribers.Delivery;

/// <summary>What went wrong with events, for people.</summary>
internal static class FailureText
{
    private const int Longest = 2000;
    private const int MostCauses = 4;

    /// <summary>The failure and what it came of, such as a full disk below a store that can't be used. Databases keep no NUL.</summary>
    public static string Of(Exception failure)
    {
        var text = $"{failure.GetType().Name}: {failure.Message}";
        var cause = failure.InnerException;
        for (var n = 0; cause is not null && n < MostCauses; n++, cause = cause.InnerException)
        {
            if (!text.Contains(cause.Message, StringComparison.Ordinal)) text += $" ({cause.Message})";
        }

        text = text.Replace('\0', ' ');
        return text.Length <= Longest ? text : text[..Longest];
    }
}
