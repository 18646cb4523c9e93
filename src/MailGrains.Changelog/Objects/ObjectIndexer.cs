using System.Text.Json;
using MailGrains.Model;
using MailGrains.Storage.Events;
using MailGrains.Storage.Records;

namespace MailGrains.Changelog.Objects;

/// <summary>
/// Finds the groupware objects among the messages that an event brings into a mailbox: what a subscriber of the log adds to
/// <see cref="IGroupwareIndex"/>. Copies and moves keep a content's EMAILID, so only new contents are looked at.
/// </summary>
public static class ObjectIndexer
{
    /// <summary>The events that bring new contents.</summary>
    public static IReadOnlySet<string> Types { get; } = new HashSet<string>(StringComparer.Ordinal) { "MessageNew", "MessageAppend" };

    /// <summary>The rows of an event; none for other types.</summary>
    /// <param name="read">Reads a message by the SHA-256 of its octets; null: it is not kept any more.</param>
    public static async Task<IReadOnlyList<GroupwareRow>> RowsOfAsync(
        EventRecord record, Func<BlobId, CancellationToken, Task<ReadOnlyMemory<byte>?>> read, CancellationToken cancellation)
    {
        if (!Types.Contains(record.Event.Type)) return [];
        var rows = new List<GroupwareRow>();
        using var payload = JsonDocument.Parse(record.Event.Payload);
        foreach (var message in payload.RootElement.GetProperty("messages").EnumerateArray())
        {
            var blob = BlobId.Read(Convert.FromHexString(message.GetProperty("blobId").GetString()!));
            if (await read(blob, cancellation) is not { } body || GroupwareObject.Recognise(body) is not { } found) continue;
            rows.Add(new GroupwareRow(record.Account, found.Kind, found.Uid, new EmailId(message.GetProperty("emailId").GetInt64()), blob));
        }

        return rows;
    }
}
