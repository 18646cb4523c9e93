using System.Collections.Concurrent;
using System.Data;
using System.Reflection;
using MailGrains.Storage.Relational;
using MailGrains.Storage.Relational.Reading;
using MailGrains.Storage.SqlServer.Tables;
using Microsoft.Data.SqlClient;
using Microsoft.Data.SqlClient.Server;

namespace MailGrains.Storage.SqlServer;

/// <summary>This engine's statements and scripts.</summary>
internal static class SqlServerStatements
{
    private static readonly ConcurrentDictionary<string, DeclaredParameter[]> Declared = [];

    public static SqlText Sql { get; } = new(Assembly.GetExecutingAssembly());

    /// <summary>The parameters of a statement, in their order.</summary>
    public static DeclaredParameter[] Parameters(string statement) => Declared.GetOrAdd(
        statement, s => [.. Sql.Parameters(s).Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(DeclaredParameter.Parse)]);

    /// <summary>One command of several statements, which share parameters by name.</summary>
    public static SqlCommand Command(ReadOnlySpan<Question> questions)
    {
        var command = new SqlCommand(string.Join('\n', questions.ToArray().Select(q => Sql.Statement(q.Statement) + "\n")));
        foreach (var question in questions) Add(command.Parameters, question);
        return command;
    }

    private static void Add(SqlParameterCollection parameters, Question question)
    {
        var declared = Parameters(question.Statement);
        for (var i = 0; i < declared.Length; i++)
        {
            if (!parameters.Contains(declared[i].Name)) parameters.Add(declared[i].With(Value(question.Values[i], declared[i])));
        }
    }

    /// <summary>A value as the server takes it. A table without rows is null, by the driver's custom.</summary>
    private static object? Value(object? value, DeclaredParameter declared) => value switch
    {
        null => DBNull.Value,
        Guid account when declared.Type != SqlDbType.UniqueIdentifier => account.ToByteArray(bigEndian: true),
        Array { Length: 0 } when declared.Type == SqlDbType.Structured => null,
        IReadOnlyCollection<SqlDataRecord> { Count: 0 } => null,
        Guid[] accounts => Lists.Of(accounts),
        long[] ids => Lists.Of(ids),
        byte[][] blobs => Lists.Of(blobs),
        int[] packs => Lists.Of(packs),
        string[] keys => Lists.Of(keys),
        _ => value,
    };
}
