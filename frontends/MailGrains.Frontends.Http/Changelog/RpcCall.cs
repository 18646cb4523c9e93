using MailGrains.Changelog.History;

namespace MailGrains.Frontends.Http.Changelog;

/// <summary>A call about an object.</summary>
/// <param name="Uid">As the client wrote it; it compares the answer's with it.</param>
/// <param name="Name">Null: it can't be there.</param>
/// <param name="Login">Of the mailbox's owner.</param>
internal sealed record RpcCall(RpcParameters Parameters, string Uid, ObjectName? Name, string Login);
