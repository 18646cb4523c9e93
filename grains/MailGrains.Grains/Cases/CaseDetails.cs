using System.Globalization;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Storage.Events;

namespace MailGrains.Grains.Cases;

/// <summary>Lists in an event: text with commas, gone on with in further members when it is long.</summary>
internal static class CaseDetails
{
    /// <exception cref="ArgumentException">The list is too long for one event.</exception>
    public static EventDetails WithList<T>(this EventDetails details, string name, IEnumerable<T> items)
        where T : notnull
    {
        var (text, part) = (new System.Text.StringBuilder(), 0);
        foreach (var item in items)
        {
            var next = Convert.ToString(item, CultureInfo.InvariantCulture)!;
            if (text.Length + next.Length + 1 > EventDetails.MaxText)
            {
                details = details.With(EventMembers.PartOf(name, part++), text.ToString());
                text.Clear();
            }

            if (text.Length > 0) text.Append(',');
            text.Append(next);
        }

        return details.With(EventMembers.PartOf(name, part), text.ToString());
    }
}
