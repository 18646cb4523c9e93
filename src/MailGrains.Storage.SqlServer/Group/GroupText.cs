using System.Collections.Concurrent;

namespace MailGrains.Storage.SqlServer.Group;

/// <summary>The batches of group commits. Few of the possible combinations occur, and the server keeps a plan for each.</summary>
internal static class GroupText
{
    private static readonly ConcurrentDictionary<GroupParts, string> Texts = [];

    public static string Of(GroupParts parts) => Texts.GetOrAdd(parts, Compose);

    /// <summary>The names of the statements of a batch.</summary>
    public static IEnumerable<string> Names(GroupParts parts) =>
        ["BeginGroup", .. Enum.GetValues<GroupParts>().Where(p => p != 0 && parts.HasFlag(p)).Select(p => p.ToString()), "EndGroup"];

    private static string Compose(GroupParts parts) => string.Join("\n\n", Names(parts).Select(SqlServerStatements.Sql.Statement));
}
