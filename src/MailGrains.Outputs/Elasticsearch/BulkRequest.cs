using System.Buffers;
using System.Text.Json;
using MailGrains.Views.Bonnie;

namespace MailGrains.Outputs.Elasticsearch;

/// <summary>The body of one <c>_bulk</c> request: for each document a line that says what is done, and a line with it.</summary>
internal sealed class BulkRequest
{
    private const int ActionLength = 200;
    private const int Retries = 3;

    private readonly ArrayBufferWriter<byte> _lines = new();
    private readonly List<BulkItem> _items = [];

    public IReadOnlyList<BulkItem> Items => _items;

    public ReadOnlyMemory<byte> Body => _lines.WrittenMemory;

    /// <summary>Whether one more stays below a size; the first always has room.</summary>
    public bool HasRoom(BulkItem item, int mostOctets) =>
        _items.Count == 0 || _lines.WrittenCount + item.Document.Json.Length + ActionLength <= mostOctets;

    public void Add(BulkItem item)
    {
        _items.Add(item);
        var document = item.Document;
        using (var json = new Utf8JsonWriter(_lines))
        {
            json.WriteStartObject();
            json.WriteStartObject(Name(document.Act));
            json.WriteString("_index"u8, document.Index);
            json.WriteString("_id"u8, document.Id);
            if (document.Act == BonnieAct.Update) json.WriteNumber("retry_on_conflict"u8, Retries);
            if (document.Version is { } version)
            {
                json.WriteNumber("version"u8, version);
                json.WriteString("version_type"u8, "external_gte"u8);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        _lines.Write("\n"u8);
        if (document.Act == BonnieAct.Update) _lines.Write("{\"doc\":"u8);
        _lines.Write(document.Json);
        if (document.Act == BonnieAct.Update) _lines.Write("}"u8);
        _lines.Write("\n"u8);
    }

    private static ReadOnlySpan<byte> Name(BonnieAct act) => act switch
    {
        BonnieAct.Create => "create"u8,
        BonnieAct.Update => "update"u8,
        _ => "index"u8,
    };
}
