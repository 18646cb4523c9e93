using System.Security.Cryptography;
using System.Text;
using MailGrains.Storage.Events;

namespace MailGrains.Views.Bonnie;

/// <summary>
/// The folder and the user an event is about, as documents of their own. A folder's id is the checksum of its state: a new one stands beside the old, which
/// earlier events keep pointing to. A user's id is the account's.
/// </summary>
public static class BonnieObjects
{
    private const int ChecksumLength = 16;

    public static IReadOnlyList<BonnieDocument> Project(EventRecord record, ViewOptions options)
    {
        using var payload = EventPayload.Of(record);
        var documents = new List<BonnieDocument>(2);
        if (payload.Text("mailbox", "path") is { } path) documents.Add(Folder(payload, path, options));

        // Known with their names only when they did it themselves.
        if (payload.Text("actor", "id") is { } user) documents.Add(User(payload, user, options));
        return documents;
    }

    /// <summary>The checksum of the folder's state as the event tells it.</summary>
    internal static string FolderId(EventPayload payload)
    {
        string?[] state =
        [
            "1", payload.Account, ObjectNames.Folder(payload), payload.Text("mailbox", "path"), Type(payload), payload.Text("mailbox", "stateId"),
            payload.Find("mailbox", "acl")?.GetRawText(), payload.Find("mailbox", "metadata")?.GetRawText(),
        ];
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', state)))[..ChecksumLength]);
    }

    private static string Type(EventPayload payload) => payload.Text("mailbox", "type") ?? "mail";

    private static BonnieDocument Folder(EventPayload payload, string path, ViewOptions options)
    {
        var members = ViewJson.Object(json =>
        {
            json.Text("@timestamp", ViewTime.Text(payload.Record.Event.At));
            json.Text("@version", "1");
            json.Text("name", path);
            json.Text("owner", payload.Owner);
            json.Text("server", options.ServerName);
            json.Text("type", Type(payload));
            json.Text("uniqueid", ObjectNames.Folder(payload));
            json.Text("uri", ImapUrl.Of(payload.Owner, options.ServerName, path, payload.Number("mailbox", "uidValidity")));

            // As texts: their members are names people chose, and would become fields of the index.
            json.Text("acl", payload.Find("mailbox", "acl")?.GetRawText() ?? "{}");
            json.Text("metadata", payload.Find("mailbox", "metadata")?.GetRawText() ?? "{}");
            json.Text("state_id", payload.Text("mailbox", "stateId"));
        });
        return new BonnieDocument($"{options.ObjectIndex}-folder", FolderId(payload), BonnieAct.Create, members);
    }

    private static BonnieDocument User(EventPayload payload, string user, ViewOptions options)
    {
        var members = ViewJson.Object(json =>
        {
            json.Text("@timestamp", ViewTime.Text(payload.Record.Event.At));
            json.Text("user", payload.User);
            json.Text("cn", payload.Text("actor", "name") ?? payload.User);
            json.Text("dn", payload.Text("actor", "dn"));
        });
        return new BonnieDocument($"{options.ObjectIndex}-user", user, BonnieAct.Index, members);
    }
}
