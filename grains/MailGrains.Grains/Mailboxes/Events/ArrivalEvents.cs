using System.Text.Unicode;
using MailGrains.Grains.Contracts.Messages;
using MailGrains.Grains.Mailboxes.State;
using MailGrains.Grains.Mailboxes.Turns;
using MailGrains.Model;

namespace MailGrains.Grains.Mailboxes.Events;

/// <summary>MessageNew (delivered) and MessageAppend (put there by a client), RFC 5423 section 4.1.</summary>
internal static class ArrivalEvents
{
    public static long New(MailboxTurn turn, FolderState folder, in Arrival arrival, Delivery delivery)
    {
        var writer = EventWriter.Begin(turn, "MessageNew");
        writer.Mailbox(folder);
        writer.Json.WriteString("sender"u8, delivery.Sender);
        writer.Json.WriteString("recipient"u8, delivery.Recipient);
        writer.Json.WriteStartArray("messages"u8);
        Message(writer, arrival, delivery.Prefix.Span);
        writer.Json.WriteEndArray();
        return writer.End();
    }

    public static long Append(MailboxTurn turn, FolderState folder, ReadOnlySpan<Arrival> arrivals)
    {
        var writer = EventWriter.Begin(turn, "MessageAppend");
        writer.Mailbox(folder);
        writer.Json.WriteStartArray("messages"u8);
        foreach (ref readonly var arrival in arrivals) Message(writer, arrival, prefix: default);
        writer.Json.WriteEndArray();
        return writer.End();
    }

    private static void Message(EventWriter writer, in Arrival arrival, ReadOnlySpan<byte> prefix)
    {
        var json = writer.Json;
        json.WriteStartObject();
        json.WriteNumber("uid"u8, arrival.Entry.Uid);
        json.WriteNumber("emailId"u8, arrival.Entry.Email.Value);
        if (arrival.MessageId is not null) json.WriteString("messageId"u8, arrival.MessageId);
        json.WriteNumber("size"u8, arrival.Entry.Size);
        writer.Time("internalDate"u8, arrival.Entry.InternalDate);
        writer.Time("saveDate"u8, arrival.Entry.SaveDate);
        writer.Flags("flagsAfter"u8, arrival.Entry.Flags);
        Prefix(writer, prefix);
        Blob(writer, arrival.Blob);
        json.WriteEndObject();
    }

    /// <summary>The message's octets are these and then the body's. JSON holds text: what is none must come back octet for octet all the same.</summary>
    private static void Prefix(EventWriter writer, ReadOnlySpan<byte> prefix)
    {
        if (prefix.IsEmpty) return;
        if (Utf8.IsValid(prefix)) writer.Json.WriteString("prefix"u8, prefix);
        else writer.Json.WriteBase64String("prefixBase64"u8, prefix);
    }

    private static void Blob(EventWriter writer, BlobId blob)
    {
        Span<byte> hash = stackalloc byte[BlobId.Length];
        Span<char> hex = stackalloc char[2 * BlobId.Length];
        blob.Write(hash);
        Convert.TryToHexStringLower(hash, hex, out _);
        writer.Json.WriteString("blobId"u8, hex);
    }
}
