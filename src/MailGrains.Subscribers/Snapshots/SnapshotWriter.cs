using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using MailGrains.Model;
using MailGrains.Model.Columns;
using MailGrains.Storage.Mailboxes;

namespace MailGrains.Subscribers.Snapshots;

/// <summary>Pictures of mailboxes as JSON, with the members that events have: version 1 of docs/subscribers.md.</summary>
internal static class SnapshotWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static SnapshotRecord Mailbox(MailboxClaim mailbox) => Record(mailbox, SnapshotRecord.Mailbox, json =>
    {
        json.WriteNumber("modseq"u8, mailbox.Head.ModSeq);
        json.WriteNumber("messages"u8, mailbox.Head.Messages);
        json.WriteNumber("sizeBytes"u8, mailbox.Head.SizeBytes);
        json.WriteStartArray("folders"u8);
        foreach (var folder in mailbox.Folders)
        {
            json.WriteStartObject();
            FolderJson.WriteName(json, folder, FolderStateId.Of(mailbox.Account, folder));
            FolderJson.WriteCounters(json, folder);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("subscriptions"u8);
        foreach (var path in mailbox.Subscriptions) json.WriteStringValue(path);
        json.WriteEndArray();
    });

    public static SnapshotRecord Folder(
        MailboxClaim mailbox, FolderRow folder, IReadOnlyList<MessagePage> pages, IReadOnlyDictionary<EmailId, EmailRecord> contents)
    {
        var keywords = new KeywordTable([.. mailbox.Keywords]);
        return Record(mailbox, SnapshotRecord.Folder, json =>
        {
            json.WriteStartObject("mailbox"u8);
            FolderJson.WriteName(json, folder, FolderStateId.Of(mailbox.Account, folder));
            json.WriteEndObject();
            json.WriteStartArray("messages"u8);
            foreach (var page in pages)
                for (var i = 0; i < page.Count; i++) Message(json, page, i, keywords, contents.GetValueOrDefault(new EmailId(page.EmailIds[i])));
            json.WriteEndArray();
        });
    }

    private static void Message(Utf8JsonWriter json, MessagePage page, int i, KeywordTable keywords, EmailRecord? content)
    {
        json.WriteStartObject();
        json.WriteNumber("uid"u8, page.Uids[i]);
        json.WriteNumber("emailId"u8, page.EmailIds[i]);
        json.WriteNumber("modseq"u8, page.ModSeqs[i]);
        json.WriteNumber("size"u8, page.Sizes[i]);
        json.WriteString("internalDate"u8, DateTimeOffset.FromUnixTimeSeconds(page.InternalDates[i]).UtcDateTime);
        json.WriteString("saveDate"u8, DateTimeOffset.FromUnixTimeSeconds(page.SaveDates[i]).UtcDateTime);
        json.WriteStartArray("flagsAfter"u8);
        foreach (var name in keywords.Names(page.Flags[i])) json.WriteStringValue(name);
        json.WriteEndArray();
        if (content is not null)
        {
            if (content.Prefix.Length > 0 && Utf8.IsValid(content.Prefix.Span)) json.WriteString("prefix"u8, content.Prefix.Span);
            else if (content.Prefix.Length > 0) json.WriteBase64String("prefixBase64"u8, content.Prefix.Span);
            json.WriteString("blobId"u8, content.Blob.ToString());
        }

        json.WriteEndObject();
    }

    private static SnapshotRecord Record(MailboxClaim mailbox, string type, Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(buffer, Options);
        json.WriteStartObject();
        json.WriteString("type"u8, type);
        json.WriteNumber("version"u8, 1);
        json.WriteStartObject("account"u8);
        json.WriteString("id"u8, mailbox.Account.Value);
        json.WriteEndObject();
        json.WriteNumber("sequence"u8, mailbox.Head.EventSequence);
        members(json);
        json.WriteEndObject();
        json.Flush();
        return new SnapshotRecord(mailbox.Account, mailbox.Head.EventSequence, mailbox.Head.LastEventHash, type, buffer.WrittenMemory);
    }
}
