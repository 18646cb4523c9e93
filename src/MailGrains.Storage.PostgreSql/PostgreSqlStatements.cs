using System.Reflection;
using MailGrains.Storage.Relational;
using MailGrains.Storage.Relational.Reading;
using Npgsql;

namespace MailGrains.Storage.PostgreSql;

/// <summary>This engine's statements and scripts.</summary>
internal static class PostgreSqlStatements
{
    public static SqlText Sql { get; } = new(Assembly.GetExecutingAssembly());

    /// <summary>A command of its own each time, since a question may be asked again.</summary>
    public static NpgsqlBatchCommand Command(Question question)
    {
        var command = new NpgsqlBatchCommand(Sql.Statement(question.Statement));
        foreach (var value in question.Values) command.Parameters.Add(Parameter(value));
        return command;
    }

    /// <summary>The same for a statement that is sent alone.</summary>
    public static NpgsqlCommand Single(Question question)
    {
        var command = new NpgsqlCommand(Sql.Statement(question.Statement));
        foreach (var value in question.Values) command.Parameters.Add(Parameter(value));
        return command;
    }

    private static NpgsqlParameter Parameter(object? value) =>
        (value as NpgsqlParameter)?.Clone() ?? new NpgsqlParameter { Value = value ?? DBNull.Value };
}
