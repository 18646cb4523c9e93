using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using MailGrains.Model;
using MailGrains.Model.Summary;

namespace MailGrains.Discovery.Documents;

/// <summary>
/// The stored form of a document, version 1: version (1), tokenizer version (1), SHA-256 (32), date (1 + 8 UTC ticks + 2 minutes of
/// offset), and then texts and lists in the order of the class. Numbers are varints or little-endian, a text is its
/// length in octets and UTF-8, 0 octets for an absent one; a list is its count and its entries.
/// </summary>
internal static class DocumentWriter
{
    public const byte Version = 1;

    public static byte[] Write(DiscoveryDocument document)
    {
        var output = new SummaryBuffer(1024 + document.Tokens.Body.Length);
        output.WriteByte(Version);
        output.WriteByte((byte)document.TokenizerVersion);
        WriteHash(output, document.Sha256);
        WriteDate(output, document.Date);
        WriteText(output, document.Subject);
        foreach (var field in document.Addresses)
            WriteAddresses(output, field);
        WriteText(output, document.MessageId ?? "");
        WriteText(output, document.ListId ?? "");
        output.WriteNumber((uint)document.References.Length);
        foreach (var reference in document.References)
            WriteText(output, reference);
        WriteAttachments(output, document.Attachments);
        output.WriteNumber((uint)document.Partial.Length);
        foreach (var (path, reason, detail) in document.Partial)
        {
            output.WriteByte((byte)reason);
            WriteText(output, path);
            WriteText(output, detail);
        }

        foreach (var tokens in document.Tokens.All)
            WriteText(output, tokens);
        return output.Written.ToArray();
    }

    private static void WriteDate(SummaryBuffer output, DateTimeOffset? date)
    {
        output.WriteByte(date is null ? (byte)0 : (byte)1);
        if (date is not { } known) return;
        WriteLong(output, known.UtcTicks);
        BinaryPrimitives.WriteInt16LittleEndian(output.GetSpan(sizeof(short)), (short)known.TotalOffsetMinutes);
        output.Advance(sizeof(short));
    }

    private static void WriteAddresses(SummaryBuffer output, ImmutableArray<DiscoveryAddress> addresses)
    {
        output.WriteNumber((uint)addresses.Length);
        foreach (var (name, address) in addresses)
        {
            WriteText(output, name);
            WriteText(output, address);
        }
    }

    private static void WriteAttachments(SummaryBuffer output, ImmutableArray<DiscoveryAttachment> attachments)
    {
        output.WriteNumber((uint)attachments.Length);
        foreach (var attachment in attachments)
        {
            WriteText(output, attachment.Path);
            WriteText(output, attachment.FileName);
            WriteText(output, attachment.MediaType);
            WriteLong(output, attachment.Size);
            WriteHash(output, attachment.Sha256);
            output.WriteByte(attachment.IsInline ? (byte)1 : (byte)0);
        }
    }

    private static void WriteHash(SummaryBuffer output, BlobId hash)
    {
        hash.Write(output.GetSpan(BlobId.Length));
        output.Advance(BlobId.Length);
    }

    private static void WriteLong(SummaryBuffer output, long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(output.GetSpan(sizeof(long)), value);
        output.Advance(sizeof(long));
    }

    private static void WriteText(SummaryBuffer output, string text)
    {
        var octets = Encoding.UTF8.GetByteCount(text);
        output.WriteNumber((uint)octets);
        Encoding.UTF8.GetBytes(text, output.GetSpan(octets));
        output.Advance(octets);
    }
}
