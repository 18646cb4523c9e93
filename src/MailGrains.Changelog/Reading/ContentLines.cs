using System.Text;

namespace MailGrains.Changelog.Reading;

/// <summary>
/// Reads iCalendar (RFC 5545 section 3.1) and vCard (RFC 6350 section 3.3, RFC 2426) into components, with limits. What is no content line is passed over, as
/// is an END without its BEGIN; components that are not ended end with the text.
/// </summary>
internal static class ContentLines
{
    /// <summary>The first outermost component, or null: there is none, or the text is beyond <see cref="ReadingLimits"/>.</summary>
    public static RawComponent? TryRead(string text)
    {
        RawComponent? root = null;
        var open = new Stack<RawComponent>();
        var budget = ReadingLimits.Nodes;
        var line = new StringBuilder();
        for (var position = 0; ReadLine(text, ref position, line);)
        {
            if (--budget < 0) return null;
            if (ContentLine.TryParse(line.ToString(), ref budget) is not { } parsed) continue;
            if (budget < 0) return null;
            switch (parsed.Name)
            {
                case "begin":
                    if (open.Count >= ReadingLimits.Depth) return null;
                    var component = new RawComponent(parsed.Value.Trim().ToLowerInvariant());
                    if (open.TryPeek(out var parent)) parent.Components.Add(component);
                    root ??= component;
                    open.Push(component);
                    break;
                case "end":
                    if (open.TryPeek(out var ended) && parsed.Value.AsSpan().Trim().Equals(ended.Name, StringComparison.OrdinalIgnoreCase)) open.Pop();
                    if (open.Count == 0 && root is not null) return root;
                    break;
                default:
                    if (open.TryPeek(out var owner)) parsed.AddTo(owner, ref budget);
                    break;
            }
        }

        return budget < 0 ? null : root;
    }

    /// <summary>One line unfolded: the line and those after it that start with a blank.</summary>
    private static bool ReadLine(string text, ref int position, StringBuilder line)
    {
        line.Clear();
        if (position >= text.Length) return false;
        do
        {
            if (text[position] is ' ' or '\t') position++;
            var end = text.IndexOf('\n', position);
            var next = end < 0 ? text.Length : end + 1;
            line.Append(text.AsSpan(position..(end < 0 ? text.Length : end)).TrimEnd('\r'));
            position = next;
        }
        while (position < text.Length && text[position] is ' ' or '\t');

        return true;
    }
}
