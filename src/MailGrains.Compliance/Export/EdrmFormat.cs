using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml;

namespace MailGrains.Compliance.Export;

/// <summary>A load file of the Electronic Discovery Reference Model (EDRM XML 1.0) that names each message's file.</summary>
internal sealed class EdrmFormat : IExportFormat
{
    private const string File = "edrm.xml";

    private static readonly XmlWriterSettings s_fragment = new() { ConformanceLevel = ConformanceLevel.Fragment, Indent = true, NewLineChars = "\n" };

    public void Begin(ExportFiles files) =>
        files.Append(File, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Root DataInterchangeType=\"Update\">\n<Batch>\n<Documents>\n");

    public void Write(ExportItem item, ExportFiles files)
    {
        files.Write(ItemColumns.Native(item), item.Message.Span);
        files.Append(File, Document(item) + "\n");
    }

    public void Finish(ExportFiles files) => files.Append(File, "</Documents>\n</Batch>\n</Root>\n");

    private static string Document(ExportItem item)
    {
        var text = new StringBuilder();
        using (var xml = XmlWriter.Create(text, s_fragment))
        {
            xml.WriteStartElement("Document");
            xml.WriteAttributeString("DocID", item.Id);
            xml.WriteAttributeString("DocType", "Message");
            xml.WriteAttributeString("MimeType", "message/rfc822");
            xml.WriteStartElement("Tags");
            foreach (var (name, value) in ItemColumns.Names.Zip(ItemColumns.Of(item)))
            {
                if (value.Length == 0) continue;
                xml.WriteStartElement("Tag");
                xml.WriteAttributeString("TagName", "#" + name);
                xml.WriteAttributeString("TagDataType", "Text");
                xml.WriteAttributeString("TagValue", Valid(value));
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
            xml.WriteStartElement("Files");
            xml.WriteStartElement("File");
            xml.WriteAttributeString("FileType", "Native");
            xml.WriteStartElement("ExternalFile");
            xml.WriteAttributeString("FilePath", "natives");
            xml.WriteAttributeString("FileName", item.Id + ".eml");
            xml.WriteAttributeString("FileSize", item.Message.Length.ToString(CultureInfo.InvariantCulture));
            xml.WriteAttributeString("Hash", Convert.ToHexStringLower(SHA256.HashData(item.Message.Span)));
            xml.WriteAttributeString("HashType", "SHA-256");
            xml.WriteEndElement();
            xml.WriteEndElement();
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        return text.ToString();
    }

    /// <summary>Not every character of a message can stand in XML.</summary>
    private static string Valid(string text)
    {
        var valid = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var isValid = rune.Value >= 0x20 && rune.Value is not (0xFFFE or 0xFFFF);
            valid.Append(isValid ? rune.ToString() : "\uFFFD");
        }

        return valid.ToString();
    }
}
