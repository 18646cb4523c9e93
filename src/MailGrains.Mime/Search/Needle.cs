using System.Text;

namespace MailGrains.Mime.Search;

/// <summary>
/// A search string made ready once for many messages: folded as the text that it is compared with
/// (<see cref="TextFolding"/>).
/// </summary>
public sealed class Needle
{
    /// <param name="text">As the client meant it: Unicode, its charset decoded.</param>
    public Needle(string text)
    {
        Text = text;
        Folded = TextFolding.Fold(text);
    }

    public string Text { get; }

    /// <summary>Folded UTF-8.</summary>
    public ReadOnlyMemory<byte> Folded { get; }

    public override string ToString() => Text;
}
