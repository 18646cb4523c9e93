using System.Collections.Immutable;
using System.Text;
using MailGrains.Discovery.Documents;
using MailGrains.Discovery.Tokens;
using MailGrains.Mime.Headers;
using MailGrains.Model.Summary;
using MimeKit.Utils;

namespace MailGrains.Discovery.Extraction;

/// <summary>Reads the header of a message.</summary>
internal sealed class HeaderExtractor(ExtractionLimits limits, Action<PartialReason, string> report)
{
    private static readonly int s_subject = CachedFields.IndexOf("subject");
    private static readonly int s_date = CachedFields.IndexOf("date");
    private static readonly int s_messageId = CachedFields.IndexOf("message-id");
    private static readonly int s_references = CachedFields.IndexOf("references");
    private static readonly int s_inReplyTo = CachedFields.IndexOf("in-reply-to");
    private static readonly int s_listId = CachedFields.IndexOf("list-id");

    /// <summary>In the order of <see cref="AddressField"/>.</summary>
    private static readonly int[] s_addresses =
        [.. new[] { "from", "sender", "reply-to", "to", "cc", "bcc" }.Select(name => CachedFields.IndexOf(name))];

    private readonly List<DiscoveryAddress>[] _addresses = [.. s_addresses.Select(_ => new List<DiscoveryAddress>())];
    private readonly TokenWriter[] _addressTokens = [.. s_addresses.Select(_ => new TokenWriter())];
    private readonly List<string> _references = [];
    private readonly HashSet<string> _seenReferences = [];
    private readonly TokenWriter _subjectTokens = new();
    private readonly TokenWriter _listTokens = new();

    public string? Subject { get; private set; }

    public DateTimeOffset? Date { get; private set; }

    public string? MessageId { get; private set; }

    public string? ListId { get; private set; }

    public ImmutableArray<string> References => [.. _references];

    public ImmutableArray<ImmutableArray<DiscoveryAddress>> Addresses => [.. _addresses.Select(a => a.ToImmutableArray())];

    public string SubjectTokens => _subjectTokens.ToString();

    public string ListTokens => _listTokens.ToString();

    public string[] AddressTokens => [.. _addressTokens.Select(t => t.ToString())];

    public void Read(ReadOnlySpan<byte> header)
    {
        for (var reader = new HeaderFieldReader(header); reader.Read();)
        {
            var field = CachedFields.IndexOf(reader.Name);
            if (field >= 0) Read(field, Cut(reader.Value, field));
        }
    }

    /// <summary>The header of a message inside: its subject and addresses, each a segment of the text.</summary>
    public void ReadInner(ReadOnlySpan<byte> header, TokenWriter text)
    {
        for (var reader = new HeaderFieldReader(header); reader.Read();)
        {
            var field = CachedFields.IndexOf(reader.Name);
            if (field == s_subject || (field >= 0 && s_addresses.Contains(field)))
                text.AddSegment(HeaderText.Decode(Cut(reader.Value, field)));
        }
    }

    private void Read(int field, ReadOnlySpan<byte> value)
    {
        if (field == s_subject)
        {
            var text = HeaderText.Decode(value);
            Subject = Subject is null ? text : $"{Subject}\n{text}";
            _subjectTokens.AddSegment(text);
        }
        else if (field == s_date)
        {
            Date ??= ReadDate(value);
        }
        else if (field == s_messageId)
        {
            MessageId ??= MessageIdText.Bracketed(value) is [var first, ..] ? first : MessageIdText.Of(value);
        }
        else if (field == s_references || field == s_inReplyTo)
        {
            foreach (var id in MessageIdText.Bracketed(value))
                if (_seenReferences.Add(id)) _references.Add(id);
        }
        else if (field == s_listId)
        {
            ListId ??= HeaderText.Decode(value);
            _listTokens.AddSegment(HeaderText.Decode(value));
        }
        else if (Array.IndexOf(s_addresses, field) is var list and >= 0)
        {
            ReadAddresses(list, value);
        }
    }

    private static DateTimeOffset? ReadDate(ReadOnlySpan<byte> value)
    {
        try
        {
            return DateUtils.TryParse(value.ToArray(), out var date) ? date : null;
        }
        catch (ArgumentException)
        {
            // A zone or an instant that no DateTimeOffset can have.
            return null;
        }
    }

    private void ReadAddresses(int list, ReadOnlySpan<byte> value)
    {
        var found = AddressText.Read(value, limits.Addresses + 1 - _addresses[list].Count);
        foreach (var (name, address) in found)
        {
            if (_addresses[list].Count >= limits.Addresses)
            {
                report(PartialReason.SizeLimit, CachedFields.Names[s_addresses[list]]);
                return;
            }

            _addresses[list].Add(new DiscoveryAddress(name, address));
            _addressTokens[list].AddSegment(name);
            _addressTokens[list].AddSegment(address);
        }
    }

    private ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> value, int field)
    {
        if (value.Length <= limits.FieldOctets) return value;
        report(PartialReason.SizeLimit, CachedFields.Names[field]);
        return value[..limits.FieldOctets];
    }
}
