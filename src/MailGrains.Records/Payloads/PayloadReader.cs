using System.Text;
using System.Text.Json;
using MailGrains.Model;

namespace MailGrains.Records.Payloads;

/// <summary>
/// Reads a payload in one pass, without recursion: members and values it doesn't know are skipped. Inputs are bounded before they are parsed.
/// </summary>
internal static class PayloadReader
{
    /// <summary>A folder of a million messages, every second of which is expunged, makes a set of 4 MB.</summary>
    private const int LargestPayload = 64 << 20;

    private const int LongestText = 4096;
    private const int LongestMessageId = 1 << 20;
    private const int LargestPrefix = 64 << 10;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = 16 };

    /// <exception cref="FormatException">It can't be read; the message is for people.</exception>
    public static EventPayload Read(ReadOnlySpan<byte> json)
    {
        if (json.Length > LargestPayload) throw new FormatException($"The payload has {json.Length} octets; {LargestPayload} are read at most.");
        try
        {
            var reader = new Utf8JsonReader(json, Options);
            return Event(ref reader);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or OverflowException)
        {
            throw new FormatException($"The payload can't be read: {e.Message}", e);
        }
    }

    private static EventPayload Event(ref Utf8JsonReader reader)
    {
        var payload = new EventPayload();
        Open(ref reader, JsonTokenType.StartObject);
        while (Member(ref reader))
        {
            if (reader.ValueTextEquals("actor"u8)) payload.Actor = Actor(ref reader);
            else if (reader.ValueTextEquals("mailbox"u8)) Mailbox(ref reader, payload);
            else if (reader.ValueTextEquals("messages"u8)) Messages(ref reader, payload);
            else if (reader.ValueTextEquals("case"u8)) payload.Case = Text(ref reader);
            else Pass(ref reader);
        }

        return payload;
    }

    private static string? Actor(ref Utf8JsonReader reader)
    {
        string? login = null, id = null;
        var admin = false;
        Open(ref reader, JsonTokenType.StartObject);
        while (Member(ref reader))
        {
            if (reader.ValueTextEquals("login"u8)) login = Text(ref reader);
            else if (reader.ValueTextEquals("id"u8)) id = Text(ref reader);
            else if (reader.ValueTextEquals("isAdmin"u8)) admin = True(ref reader);
            else Pass(ref reader);
        }

        return login ?? id ?? (admin ? "(administrator)" : null);
    }

    private static void Mailbox(ref Utf8JsonReader reader, EventPayload payload)
    {
        int? id = null;
        uint uidValidity = 0;
        string path = "";
        string? use = null, state = null;
        Open(ref reader, JsonTokenType.StartObject);
        while (Member(ref reader))
        {
            if (reader.ValueTextEquals("id"u8)) id = (int)Number(ref reader, int.MaxValue);
            else if (reader.ValueTextEquals("uidValidity"u8)) uidValidity = (uint)Number(ref reader, uint.MaxValue);
            else if (reader.ValueTextEquals("path"u8)) path = Text(ref reader);
            else if (reader.ValueTextEquals("specialUse"u8)) use = Text(ref reader);
            else if (reader.ValueTextEquals("stateId"u8)) state = Text(ref reader);
            else if (reader.ValueTextEquals("oldId"u8)) payload.OldFolder = new FolderId((int)Number(ref reader, int.MaxValue));
            else Pass(ref reader);
        }

        if (id is { } known) payload.Folder = new PayloadFolder(new FolderId(known), uidValidity, path, use, state);
    }

    private static void Messages(ref Utf8JsonReader reader, EventPayload payload)
    {
        Open(ref reader, JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject) throw new FormatException("An element of messages is no object.");
            payload.Messages.Add(Message(ref reader));
        }
    }

    private static PayloadMessage Message(ref Utf8JsonReader reader)
    {
        var message = new PayloadMessage();
        while (Member(ref reader))
        {
            if (reader.ValueTextEquals("uid"u8)) message.Uid = (uint)Number(ref reader, uint.MaxValue);
            else if (reader.ValueTextEquals("emailId"u8)) message.Email = Number(ref reader, long.MaxValue);
            else if (reader.ValueTextEquals("messageId"u8)) message.MessageId = MessageId(ref reader);
            else if (reader.ValueTextEquals("size"u8)) message.Size = Number(ref reader, long.MaxValue);
            else if (reader.ValueTextEquals("internalDate"u8)) message.InternalDate = Time(ref reader);
            else if (reader.ValueTextEquals("flagsAfter"u8)) message.FlagsAfter = Flags(ref reader);
            else if (reader.ValueTextEquals("blobId"u8)) message.Blob = Blob(ref reader);
            else if (reader.ValueTextEquals("prefix"u8)) message.Prefix = Prefix(ref reader);
            else if (reader.ValueTextEquals("prefixBase64"u8)) message.Prefix = Base64(ref reader);
            else if (reader.ValueTextEquals("uids"u8)) message.Uids = Uids(ref reader);
            else if (reader.ValueTextEquals("oldUids"u8)) message.OldUids = Uids(ref reader);
            else Pass(ref reader);
        }

        return message;
    }

    private static string Flags(ref Utf8JsonReader reader)
    {
        var flags = new StringBuilder();
        Open(ref reader, JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType == JsonTokenType.String)
        {
            if (flags.Length > 0) flags.Append(' ');
            flags.Append(Value(ref reader, LongestText));
        }

        if (reader.TokenType != JsonTokenType.EndArray) throw new FormatException("A flag is no text.");
        return flags.ToString();
    }

    /// <summary>What strangers write there may be of any length; nobody looks for one that long.</summary>
    private static string MessageId(ref Utf8JsonReader reader)
    {
        var id = Limited(ref reader, LongestMessageId);
        return id.Length <= LongestText ? id : id[..(char.IsHighSurrogate(id[LongestText - 1]) ? LongestText - 1 : LongestText)];
    }

    private static BlobId Blob(ref Utf8JsonReader reader)
    {
        var hex = Text(ref reader);
        if (hex.Length != 2 * BlobId.Length) throw new FormatException("A blobId has not the length of one.");
        return BlobId.Read(Convert.FromHexString(hex));
    }

    private static UidSet Uids(ref Utf8JsonReader reader)
    {
        Next(ref reader, JsonTokenType.String);
        return UidSetText.Parse(reader.ValueSpan);
    }

    private static byte[] Prefix(ref Utf8JsonReader reader)
    {
        Next(ref reader, JsonTokenType.String);
        return reader.ValueSpan.Length <= 6 * LargestPrefix ? Encoding.UTF8.GetBytes(reader.GetString()!) : throw new FormatException("A prefix is too long.");
    }

    private static byte[] Base64(ref Utf8JsonReader reader)
    {
        Next(ref reader, JsonTokenType.String);
        return reader.ValueSpan.Length <= 2 * LargestPrefix ? reader.GetBytesFromBase64() : throw new FormatException("A prefix is too long.");
    }

    private static DateTimeOffset Time(ref Utf8JsonReader reader)
    {
        Next(ref reader, JsonTokenType.String);
        return reader.GetDateTimeOffset();
    }

    private static long Number(ref Utf8JsonReader reader, long largest)
    {
        Next(ref reader, JsonTokenType.Number);
        return reader.TryGetInt64(out var number) && number >= 0 && number <= largest ? number : throw new FormatException("A number is out of its range.");
    }

    private static bool True(ref Utf8JsonReader reader)
    {
        Pass(ref reader);
        return reader.TokenType == JsonTokenType.True;
    }

    private static string Text(ref Utf8JsonReader reader) => Limited(ref reader, LongestText);

    private static string Limited(ref Utf8JsonReader reader, int longest)
    {
        Next(ref reader, JsonTokenType.String);
        return Value(ref reader, longest);
    }

    /// <summary>Databases don't take NUL in texts.</summary>
    private static string Value(ref Utf8JsonReader reader, int longest)
    {
        if (reader.ValueSpan.Length > 6 * longest) throw new FormatException("A text is too long.");
        var text = reader.GetString()!.Replace('\0', '\uFFFD');
        return text.Length <= longest ? text : throw new FormatException("A text is too long.");
    }

    private static void Open(ref Utf8JsonReader reader, JsonTokenType start) => Next(ref reader, start);

    /// <summary>Stands on the next member's name, or has passed the object's end.</summary>
    private static bool Member(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    private static void Pass(ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
    }

    private static void Next(ref Utf8JsonReader reader, JsonTokenType expected)
    {
        if (!reader.Read() || reader.TokenType != expected) throw new FormatException($"Expected {expected}, found {reader.TokenType}.");
    }
}
