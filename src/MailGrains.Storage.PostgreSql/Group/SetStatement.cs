using System.Collections;
using MailGrains.Storage.Relational.Group;
using Npgsql;
using NpgsqlTypes;

namespace MailGrains.Storage.PostgreSql.Group;

/// <summary>
/// A statement over whole columns. Its lists are filled anew for each group and keep their memory; the first two are the rows'
/// mailboxes and epochs.
/// </summary>
internal sealed class SetStatement
{
    private NpgsqlBatchCommand _command;
    private NpgsqlConnection? _connection;
    private readonly List<IList> _columns = [];
    private readonly List<long> _mailboxes;
    private readonly List<long> _epochs;

    public SetStatement(string name)
    {
        _command = new NpgsqlBatchCommand(PostgreSqlStatements.Sql.Statement(name));
        _mailboxes = Bigints();
        _epochs = Bigints();
    }

    public int Rows => _mailboxes.Count;

    public List<long> Bigints() => Column<long>(NpgsqlDbType.Bigint);

    public List<int> Integers() => Column<int>(NpgsqlDbType.Integer);

    public List<ReadOnlyMemory<byte>> Bytes() => Column<ReadOnlyMemory<byte>>(NpgsqlDbType.Bytea);

    public List<string?> Texts() => Column<string?>(NpgsqlDbType.Text);

    /// <summary>A parameter that is no column.</summary>
    public NpgsqlParameter<T> Single<T>(NpgsqlDbType type)
    {
        var parameter = new NpgsqlParameter<T> { NpgsqlDbType = type };
        _command.Parameters.Add(parameter);
        return parameter;
    }

    /// <summary>A list that is no column of rows.</summary>
    public List<T> Column<T>(NpgsqlDbType type)
    {
        var column = new List<T>();
        _columns.Add(column);
        _command.Parameters.Add(new NpgsqlParameter<List<T>> { TypedValue = column, NpgsqlDbType = NpgsqlDbType.Array | type });
        return column;
    }

    /// <summary>Begins a row.</summary>
    public void Own(Owner owner)
    {
        _mailboxes.Add(owner.Mailbox);
        _epochs.Add(owner.Epoch);
    }

    /// <summary>Joins the request if there are rows.</summary>
    public void AddTo(NpgsqlBatch batch)
    {
        if (Rows == 0) return;
        if (!ReferenceEquals(_connection, batch.Connection)) Renew();
        _connection = batch.Connection;
        batch.BatchCommands.Add(_command);
    }

    public void Clear()
    {
        foreach (var column in _columns) column.Clear();
    }

    /// <summary>The driver keeps in the command under which name the server prepared it, beyond the end of that connection if the server ended it.</summary>
    private void Renew()
    {
        var parameters = _command.Parameters.ToArray();
        _command.Parameters.Clear();
        _command = new NpgsqlBatchCommand(_command.CommandText);
        foreach (var parameter in parameters) _command.Parameters.Add(parameter);
    }
}
