using System.Text.Json;
using System.Text.Unicode;
using MailGrains.Changelog.History;
using MailGrains.Storage.Records;

namespace MailGrains.Frontends.Http.Changelog;

/// <summary>What can be called. Each answers with what writes the result; an object that is not found is <c>false</c>.</summary>
internal sealed class RpcMethods(ObjectChangelog changelog, MailboxOwners owners, RequestSignatures signatures)
{
    private static readonly Action<Utf8JsonWriter> s_notFound = writer => writer.WriteBooleanValue(false);

    /// <exception cref="RpcError">The method is unknown, or its parameters are wrong.</exception>
    public async Task<Action<Utf8JsonWriter>> CallAsync(string method, RpcParameters parameters, RequestUser user, CancellationToken cancellation)
    {
        if (method == "system.keygen") return KeyGen(parameters, user);
        if (method.Split('.') is not [var kind, var action] || KindsOf(kind) is not { } kinds || ActionOf(action) is not { } act)
            throw new RpcError(RpcError.MethodNotFound, "There is no such method.");

        parameters.Check();
        var uid = parameters.Required("uid");

        // Bonnie's specification says folder, its clients say mailbox.
        var mailbox = parameters.Optional("mailbox") ?? parameters.Optional("folder");
        var name = await NameAsync(user, kinds, uid, mailbox, cancellation);
        var call = new RpcCall(parameters, uid, name, user.Login);
        return await act(call, cancellation) ?? s_notFound;
    }

    private static GroupwareKind[]? KindsOf(string name) => name switch
    {
        "event" => [GroupwareKind.Event],
        "task" => [GroupwareKind.Task],
        "note" => [GroupwareKind.Note],
        "contact" => [GroupwareKind.Contact, GroupwareKind.DistributionList],
        _ => null,
    };

    private Func<RpcCall, CancellationToken, Task<Action<Utf8JsonWriter>?>>? ActionOf(string name) => name switch
    {
        "created" => CreatedAsync,
        "lastmodified" => LastModifiedAsync,
        "changelog" => ChangelogAsync,
        "get" => GetAsync,
        "rawdata" => RawDataAsync,
        "diff" => DiffAsync,
        _ => null,
    };

    /// <summary>Null where the user has no such mailbox: what is hidden and what is absent look alike.</summary>
    private async Task<ObjectName?> NameAsync(
        RequestUser user, GroupwareKind[] kinds, string uid, string? mailbox, CancellationToken cancellation)
    {
        if (user.Account is not { } account) return null;
        if (string.IsNullOrEmpty(mailbox)) return new ObjectName(account, kinds, uid, null);
        if (MailboxIdentifier.TryParse(mailbox) is not { } folder || !await owners.OwnsAsync(user, folder, cancellation)) return null;
        return new ObjectName(account, kinds, uid, folder.Path);
    }

    private async Task<Action<Utf8JsonWriter>?> CreatedAsync(RpcCall call, CancellationToken cancellation) =>
        call.Name is { } name && await changelog.FindCreatedAsync(name, cancellation) is { } entry ? Single(call, entry) : null;

    private async Task<Action<Utf8JsonWriter>?> LastModifiedAsync(RpcCall call, CancellationToken cancellation) =>
        call.Name is { } name && await changelog.FindLastModifiedAsync(name, cancellation) is { } entry ? Single(call, entry) : null;

    private static Action<Utf8JsonWriter> Single(RpcCall call, HistoryEntry entry) => writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("uid", call.Uid);
        RpcJson.WriteEntry(writer, entry, call.Login);
        writer.WriteEndObject();
    };

    private async Task<Action<Utf8JsonWriter>?> ChangelogAsync(RpcCall call, CancellationToken cancellation)
    {
        if (call.Name is not { } name || await changelog.ListChangesAsync(name, cancellation) is not { } changes) return null;
        return writer => RpcJson.WriteChangelog(writer, call, changes);
    }

    private async Task<Action<Utf8JsonWriter>?> GetAsync(RpcCall call, CancellationToken cancellation)
    {
        var revision = call.Parameters.Revision("rev");
        if (call.Name is not { } name || await changelog.ReadObjectAsync(name, revision, cancellation) is not { } found) return null;
        return writer => RpcJson.WriteObject(writer, call, found.Entry, found.Object);
    }

    private async Task<Action<Utf8JsonWriter>?> RawDataAsync(RpcCall call, CancellationToken cancellation)
    {
        var revision = call.Parameters.Revision("rev");
        if (call.Name is not { } name || await changelog.ReadMessageAsync(name, revision, cancellation) is not { } message) return null;

        // Clients put it back into the mailbox; a message that JSON can't carry must not come back as another.
        if (!Utf8.IsValid(message.Span)) throw new RpcError(RpcError.InternalError, "The message has octets that are no UTF-8.");
        return writer => writer.WriteStringValue(message.Span);
    }

    private async Task<Action<Utf8JsonWriter>?> DiffAsync(RpcCall call, CancellationToken cancellation)
    {
        var (older, newer) = Revisions(call.Parameters);
        if (older >= newer) throw RpcParameters.Invalid("The first revision must be the older one.");
        var instance = call.Parameters.Optional("instance");
        if (call.Name is not { } name || await changelog.CompareAsync(name, older, newer, instance, cancellation) is not { } changes) return null;
        return writer => RpcJson.WriteDiff(writer, call, newer, changes);
    }

    /// <summary>rev1 and rev2, or as Bonnie's specification has it, rev: "rev1:rev2".</summary>
    private static (long Older, long Newer) Revisions(RpcParameters parameters) =>
        parameters.Optional("rev")?.Split(':') is [var first, var second]
            ? (RpcParameters.ToRevision("rev", first), RpcParameters.ToRevision("rev", second))
            : (parameters.Revision("rev1"), parameters.Revision("rev2"));

    private Action<Utf8JsonWriter> KeyGen(RpcParameters parameters, RequestUser user)
    {
        parameters.Check();
        var salt = parameters.Required("salt");
        if (!RequestSignatures.IsSalt(salt)) throw RpcParameters.Invalid("A salt has 8 to 128 visible ASCII characters.");
        return writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("key", signatures.KeyFor(user.Name, salt));
            writer.WriteEndObject();
        };
    }
}
