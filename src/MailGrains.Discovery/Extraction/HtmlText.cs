using System.Collections.Frozen;
using System.Text;
using MimeKit.Text;

namespace MailGrains.Discovery.Extraction;

/// <summary>
/// The text of HTML, hidden text included: what somebody hid was sent all the same. Elements that start a line separate words,
/// those that only change a letter's looks don't. Scripts and styles are no text.
/// </summary>
internal static class HtmlText
{
    private static readonly FrozenSet<string> s_withinWords = new[]
    {
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "code", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark", "o:p", "q", "s",
        "samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var", "wbr",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <param name="html">Any text.</param>
    /// <param name="links">Takes what is not shown in the text: addresses of links and pictures, descriptions, titles.</param>
    public static string Read(string html, StringBuilder links)
    {
        var text = new StringBuilder(html.Length);
        var tokenizer = new HtmlTokenizer(new StringReader(html)) { DecodeCharacterReferences = true };
        var inStyle = false;
        while (tokenizer.ReadNextToken(out var token))
        {
            switch (token)
            {
                case HtmlTagToken tag:
                    inStyle = tag is { Id: HtmlTagId.Style, IsEndTag: false, IsEmptyElement: false };
                    if (!s_withinWords.Contains(tag.Name)) text.Append('\n');
                    if (!tag.IsEndTag) ReadAttributes(tag, links);
                    break;
                case HtmlDataToken data when !inStyle && data.Kind != HtmlTokenKind.ScriptData:
                    text.Append(data.Data);
                    break;
            }
        }

        return text.ToString();
    }

    private static void ReadAttributes(HtmlTagToken tag, StringBuilder links)
    {
        foreach (var attribute in tag.Attributes)
        {
            if (attribute.Id is not (HtmlAttributeId.Href or HtmlAttributeId.Src or HtmlAttributeId.Alt or HtmlAttributeId.Title)) continue;
            if (attribute.Value is not { Length: > 0 } value) continue;

            // A picture inside the text is data, not an address.
            if (!value.StartsWith("data:", StringComparison.OrdinalIgnoreCase)) links.Append(value).Append('\n');
        }
    }
}
