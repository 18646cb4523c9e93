using System.Collections.Frozen;
using MailGrains.Model;

namespace MailGrains.Records.Retention;

/// <summary>The names of classes in rules.</summary>
internal static class ClassNames
{
    private static readonly FrozenDictionary<string, MessageClasses> Known = Enum.GetValues<MessageClasses>().Where(c => c != MessageClasses.None)
        .ToFrozenDictionary(c => c.ToString().ToLowerInvariant(), StringComparer.OrdinalIgnoreCase);

    /// <summary>Names separated by commas, one at least.</summary>
    /// <exception cref="FormatException">One of them is no class; the message names those that are.</exception>
    public static MessageClasses Parse(string text)
    {
        var names = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (names.FirstOrDefault(n => !Known.ContainsKey(n)) is not null || names.Length == 0)
        {
            var all = string.Join(", ", Known.OrderBy(k => k.Value).Select(k => k.Key));
            throw new FormatException($"Classes = '{text}': expected some of {all}, separated by commas");
        }

        return names.Aggregate(MessageClasses.None, (all, name) => all | Known[name]);
    }
}
