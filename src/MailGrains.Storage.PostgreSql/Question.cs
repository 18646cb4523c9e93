using Npgsql;

namespace MailGrains.Storage.PostgreSql;

/// <summary>A statement by its name, with its parameters by their places.</summary>
internal readonly record struct Question(string Statement, params object?[] Values)
{
    /// <summary>A command of its own each time, since a question may be asked again.</summary>
    public NpgsqlBatchCommand ToCommand()
    {
        var command = new NpgsqlBatchCommand(PostgreSqlStatements.Sql.Statement(Statement));
        foreach (var value in Values) command.Parameters.Add((value as NpgsqlParameter)?.Clone() ?? new NpgsqlParameter { Value = value ?? DBNull.Value });
        return command;
    }
}
