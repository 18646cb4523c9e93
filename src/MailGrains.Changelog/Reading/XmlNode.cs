using System.Text;

namespace MailGrains.Changelog.Reading;

/// <summary>An XML element by its local name, with what is read of it.</summary>
internal sealed class XmlNode(string name)
{
    private StringBuilder? _text;

    public string Name => name;

    /// <summary>The element's own text, without that of its children.</summary>
    public string Text => _text?.ToString() ?? "";

    public List<XmlNode> Children { get; } = [];

    public List<KeyValuePair<string, string>> Attributes { get; } = [];

    /// <summary>Adds a piece of text: comments and children may stand between the pieces.</summary>
    public void Append(string piece) => (_text ??= new StringBuilder()).Append(piece);

    public XmlNode? Child(string child) => Children.Find(c => c.Name == child);

    /// <summary>The text of all elements without children below this one, or its own; several are separated.</summary>
    public string LeafText(string separator)
    {
        if (Children.Count == 0) return Text.Trim();
        var texts = new List<string>();
        var open = new Stack<XmlNode>([this]);
        while (open.TryPop(out var node))
        {
            if (node.Children.Count == 0 && node.Text.Trim() is { Length: > 0 } text) texts.Add(text);
            for (var i = node.Children.Count - 1; i >= 0; i--) open.Push(node.Children[i]);
        }

        return string.Join(separator, texts);
    }
}
