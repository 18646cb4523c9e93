using System.Buffers;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Grains.Mailboxes.State;
using MailGrains.Grains.Mailboxes.Turns;
using MailGrains.Model;
using MailGrains.Storage.Mailboxes;

namespace MailGrains.Grains.Mailboxes.Events;

/// <summary>
/// Writes one event's payload: the members every event has, then what its family adds, as UTF-8 JSON. Position, sequence and hashes
/// are the log's own columns and not repeated in it. Used within one synchronous stretch; the buffers are the thread's.
/// </summary>
internal sealed class EventWriter
{
    private const int LargestKeptBuffer = 64 << 10;

    [ThreadStatic]
    private static EventWriter? _spare;

    private readonly ArrayBufferWriter<byte> _buffer = new(2048);
    private MailboxTurn _turn = null!;
    private string _type = "";

    private EventWriter() => Json = new Utf8JsonWriter(_buffer, new JsonWriterOptions
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    });

    public Utf8JsonWriter Json { get; }

    public static EventWriter Begin(MailboxTurn turn, string type)
    {
        var writer = _spare ?? new EventWriter();
        _spare = null;
        writer._turn = turn;
        writer._type = type;
        writer.Envelope();
        return writer;
    }

    /// <summary>Adds the event to its turn; returns its sequence.</summary>
    public long End()
    {
        Json.WriteEndObject();
        Json.Flush();
        var sequence = _turn.AddEvent(_type, _buffer.WrittenSpan.ToArray());
        _turn = null!;
        if (_buffer.Capacity > LargestKeptBuffer) return sequence;
        _buffer.ResetWrittenCount();
        Json.Reset();
        _spare = this;
        return sequence;
    }

    /// <summary>The folder an event is about, and its counters after it.</summary>
    /// <param name="old">The folder messages came from.</param>
    public void Mailbox(FolderState folder, string? oldPath = null, FolderRow? old = null)
    {
        var row = folder.Row;
        Json.WriteStartObject("mailbox"u8);
        FolderJson.WriteName(Json, row, folder.StateId);
        if (old is not null)
        {
            Json.WriteNumber("oldId"u8, old.Id.Value);
            Json.WriteNumber("oldUidValidity"u8, old.UidValidity);
        }

        if (old is not null || oldPath is not null) Json.WriteString("oldPath"u8, oldPath ?? old!.Path);
        Json.WriteEndObject();
        FolderJson.WriteCounters(Json, row);
    }

    /// <summary>What the mailbox may hold and what it holds after the event.</summary>
    public void Quota()
    {
        Json.WriteStartObject("quota"u8);
        if (_turn.Limits.QuotaBytes > 0) Json.WriteNumber("diskQuota"u8, _turn.Limits.QuotaBytes);
        Json.WriteNumber("diskUsed"u8, _turn.Head.SizeBytes);
        if (_turn.Limits.QuotaMessages > 0) Json.WriteNumber("maxMessages"u8, _turn.Limits.QuotaMessages);
        Json.WriteNumber("messages"u8, _turn.Head.Messages);
        Json.WriteEndObject();
    }

    public void Flags(ReadOnlySpan<byte> name, MessageFlags flags)
    {
        Json.WriteStartArray(name);
        if (!flags.IsEmpty)
        {
            foreach (var flag in _turn.State.Keywords.Names(flags)) Json.WriteStringValue(flag);
        }

        Json.WriteEndArray();
    }

    public void Time(ReadOnlySpan<byte> name, long seconds) =>
        Json.WriteString(name, DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime);

    private void Envelope()
    {
        var (session, origin, at) = _turn.Origin;
        Json.WriteStartObject();
        Json.WriteString("type"u8, _type);
        Json.WriteNumber("version"u8, 1);
        Json.WriteString("id"u8, Guid.CreateVersion7(at));
        Json.WriteString("timestamp"u8, at.UtcDateTime);
        Json.WriteStartObject("account"u8);
        Json.WriteString("id"u8, _turn.Account.Value);
        Json.WriteEndObject();
        if (origin.Actor is not null || origin.Login is not null || origin.IsAdmin) Actor(origin);
        Session(session, origin);
        Json.WriteNumber("modseq"u8, _turn.CurrentModSeq);
    }

    private void Actor(SessionOrigin origin)
    {
        Json.WriteStartObject("actor"u8);
        if (origin.Actor is { } actor) Json.WriteString("id"u8, actor.Value);
        Text("login"u8, origin.Login);
        Text("authMechanism"u8, origin.AuthMechanism);
        if (origin.Memberships is { } held)
        {
            Names("groups"u8, held.Groups);
            Names("roles"u8, held.Roles);
            if (held.LeftOut > 0) Json.WriteNumber("membershipsLeftOut"u8, held.LeftOut);
        }

        if (origin.IsAdmin) Json.WriteBoolean("isAdmin"u8, true);
        Json.WriteEndObject();
    }

    private void Session(SessionId session, SessionOrigin origin)
    {
        Json.WriteStartObject("session"u8);
        if (session != SessionId.None) Json.WriteString("id"u8, session.Value);
        Json.WriteString("service"u8, origin.Service);
        Text("clientIp"u8, origin.ClientAddress);
        if (origin.ClientPort != 0) Json.WriteNumber("clientPort"u8, origin.ClientPort);
        Text("serverHost"u8, origin.ServerAddress);
        if (origin.ServerPort != 0) Json.WriteNumber("serverPort"u8, origin.ServerPort);
        Text("connectionId"u8, origin.ConnectionId);
        Text("clientId"u8, origin.ClientId);
        Json.WriteEndObject();
    }

    private void Names(ReadOnlySpan<byte> name, ImmutableArray<string> names)
    {
        if (names.IsEmpty) return;
        Json.WriteStartArray(name);
        foreach (var each in names) Json.WriteStringValue(each);
        Json.WriteEndArray();
    }

    private void Text(ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null) Json.WriteString(name, value);
    }
}
