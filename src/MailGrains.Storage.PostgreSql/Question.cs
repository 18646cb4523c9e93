using Npgsql;

namespace MailGrains.Storage.PostgreSql;

/// <summary>A statement by its name, with its parameters by their places.</summary>
internal readonly record struct Question(string Statement, params object?[] Values)
{
    public NpgsqlBatchCommand ToCommand()
    {
        var command = new NpgsqlBatchCommand(PostgreSqlStatements.Sql.Statement(Statement));
        foreach (var value in Values) command.Parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value ?? DBNull.Value });
        return command;
    }
}
