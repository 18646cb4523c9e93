using System.Text;

namespace MailGrains.Bench.Generator;

/// <summary>Sentences, paragraphs and HTML out of a <see cref="Vocabulary"/>; CRLF line ends.</summary>
public sealed class Prose(SeededRandom random, Language language)
{
    private const int WrapAt = 72;
    private readonly Vocabulary _words = Vocabulary.Of(language);
    private readonly bool _spaced = language != Language.Japanese;

    public Language Language => language;

    /// <summary>A few words without a full stop: a subject, a file name.</summary>
    public string Phrase(int least, int most)
    {
        var text = new StringBuilder();
        AppendWords(text, random.Between(least, most));
        return Capitalised(text.ToString());
    }

    /// <summary>Plain text of about <paramref name="length"/> characters in wrapped paragraphs.</summary>
    public string Text(int length)
    {
        var text = new StringBuilder(length + 200);
        var paragraph = new StringBuilder();
        while (text.Length < length)
        {
            paragraph.Clear();
            AppendSentences(paragraph, random.Between(1, 7), length - text.Length);
            Wrap(text, paragraph.ToString());
            text.Append("\r\n");
        }
        return text.ToString();
    }

    /// <summary>The same text with the <c>&gt;</c> marks of a reply before each line.</summary>
    public static string Quoted(string text) => "> " + text.TrimEnd().Replace("\r\n", "\r\n> ", StringComparison.Ordinal) + "\r\n";

    /// <summary>An HTML page of about <paramref name="length"/> characters, as repetitive as mail composers make them.</summary>
    public string Html(int length, string? inlineImage)
    {
        var html = new StringBuilder(length + 600);
        html.Append("<!DOCTYPE html>\r\n<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\">\r\n")
            .Append("<style type=\"text/css\">p{margin:0 0 12px 0;font-family:Helvetica,Arial,sans-serif}</style></head>\r\n")
            .Append("<body style=\"margin:0;padding:0;background-color:#f4f4f4\">\r\n");
        if (inlineImage is not null)
            html.Append("<img src=\"cid:").Append(inlineImage).Append("\" width=\"600\" alt=\"\" style=\"display:block\">\r\n");
        var paragraph = new StringBuilder();
        while (html.Length < length - 30)
        {
            paragraph.Clear();
            AppendSentences(paragraph, random.Between(1, 5), length - html.Length);
            var (open, close) = random.Chance(0.3)
                ? ("<div class=\"row\"><span style=\"color:#333333;font-size:14px\">", "</span></div>\r\n")
                : ("<p style=\"font-size:14px\"><span>", "</span></p>\r\n");
            html.Append(open);
            Wrap(html, paragraph.ToString());
            html.Append(close);
        }
        return html.Append("</body></html>\r\n").ToString();
    }

    private void AppendSentences(StringBuilder text, int count, int room)
    {
        for (var i = 0; i < count && text.Length < room + 40; i++)
        {
            if (i > 0 && _spaced)
                text.Append(' ');
            var sentence = new StringBuilder();
            AppendWords(sentence, random.Between(4, 18));
            text.Append(Capitalised(sentence.ToString())).Append(_spaced ? (random.Chance(0.1) ? "?" : ".") : "。");
        }
    }

    private void AppendWords(StringBuilder text, int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (i > 0 && _spaced)
                text.Append(random.Chance(0.08) ? ", " : " ");
            text.Append(_words.Draw(random));
        }
    }

    private static string Capitalised(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    private void Wrap(StringBuilder into, string paragraph)
    {
        var start = 0;
        while (paragraph.Length - start > WrapAt)
        {
            var end = _spaced ? paragraph.LastIndexOf(' ', start + WrapAt, WrapAt) : start + (WrapAt / 2);
            if (end <= start)
                end = start + WrapAt;
            into.Append(paragraph, start, end - start).Append("\r\n");
            start = end + (_spaced ? 1 : 0);
        }
        into.Append(paragraph, start, paragraph.Length - start).Append("\r\n");
    }
}
