using System.Xml;

namespace MailGrains.Changelog.Reading;

/// <summary>Reads XML into a tree of bounded size. Documents with a DTD are refused, so there are no entities but the five of XML itself.</summary>
internal static class XmlTree
{
    private static readonly XmlReaderSettings s_settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = ReadingLimits.PayloadOctets,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
    };

    /// <summary>The root element, or null: the text is not well-formed, has a DTD, or is beyond <see cref="ReadingLimits"/>.</summary>
    public static XmlNode? TryRead(string text)
    {
        try
        {
            using var reader = XmlReader.Create(new StringReader(text), s_settings);
            return Read(reader);
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static XmlNode? Read(XmlReader reader)
    {
        XmlNode? root = null;
        var open = new Stack<XmlNode>();
        var nodes = 0;
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    nodes += 1 + reader.AttributeCount;
                    if (open.Count >= ReadingLimits.Depth || nodes > ReadingLimits.Nodes || reader.LocalName.Length > ReadingLimits.NameLength) return null;
                    var isEmpty = reader.IsEmptyElement;
                    var node = new XmlNode(reader.LocalName);
                    ReadAttributes(reader, node);
                    if (open.TryPeek(out var parent)) parent.Children.Add(node);
                    root ??= node;
                    if (!isEmpty) open.Push(node);
                    break;
                case XmlNodeType.EndElement:
                    open.Pop();
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace:
                    if (++nodes > ReadingLimits.Nodes) return null;
                    open.Peek().Append(reader.Value);
                    break;
            }
        }

        return root;
    }

    private static void ReadAttributes(XmlReader reader, XmlNode node)
    {
        for (var more = reader.MoveToFirstAttribute(); more; more = reader.MoveToNextAttribute())
            if (reader.Prefix != "xmlns" && reader.Name != "xmlns") node.Attributes.Add(new(reader.LocalName, reader.Value));
        reader.MoveToElement();
    }
}
