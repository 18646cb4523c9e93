using MailGrains.Model;
using SQLitePCL;

namespace MailGrains.Storage.Sqlite.Native;

/// <summary>A prepared statement: bind by number from 1, step, read columns from 0, <see cref="Reset"/> for the next use.</summary>
internal sealed class SqliteStatement(SqliteDatabase database, sqlite3_stmt handle) : IDisposable
{
    public SqliteStatement Bind(int parameter, long value)
    {
        database.Check(raw.sqlite3_bind_int64(handle, parameter, value));
        return this;
    }

    public SqliteStatement Bind(int parameter, string? value)
    {
        database.Check(value is null ? raw.sqlite3_bind_null(handle, parameter) : raw.sqlite3_bind_text(handle, parameter, value));
        return this;
    }

    public SqliteStatement Bind(int parameter, ReadOnlySpan<byte> value)
    {
        database.Check(value.IsEmpty
            ? raw.sqlite3_bind_zeroblob(handle, parameter, 0)
            : raw.sqlite3_bind_blob(handle, parameter, value));
        return this;
    }

    public SqliteStatement Bind(int parameter, BlobId value)
    {
        Span<byte> bytes = stackalloc byte[Model.BlobId.Length];
        value.Write(bytes);
        return Bind(parameter, bytes);
    }

    public SqliteStatement Bind(int parameter, AccountId value) => Bind(parameter, value.Value);

    public SqliteStatement Bind(int parameter, Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        return Bind(parameter, bytes);
    }

    /// <summary>True while there is a row. On an error the statement is reset already.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(handle);
        if (code == raw.SQLITE_ROW) return true;
        if (code == raw.SQLITE_DONE) return false;
        try
        {
            database.Check(code);
        }
        finally
        {
            Reset();
        }

        return false;
    }

    /// <summary>Runs to the end, for statements whose rows don't matter.</summary>
    public void Run()
    {
        while (Step())
        {
        }

        Reset();
    }

    /// <summary>The first column of the first row, or null when there is none.</summary>
    public long? RunScalar()
    {
        long? value = Step() ? Int64(0) : null;
        Reset();
        return value;
    }

    /// <summary>Ends the current run; until then the connection may keep its read transaction open. Errors were reported by the step.</summary>
    public void Reset() => _ = raw.sqlite3_reset(handle);

    public long Int64(int column) => raw.sqlite3_column_int64(handle, column);

    public int Int32(int column) => (int)raw.sqlite3_column_int64(handle, column);

    public string Text(int column) => raw.sqlite3_column_text(handle, column).utf8_to_string();

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    /// <summary>Valid until the next step or reset.</summary>
    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(handle, column);

    public BlobId BlobId(int column) => Model.BlobId.ReadStored(Blob(column));

    public AccountId AccountId(int column) => new(Guid(column));

    /// <summary>The empty one when it has not the length of one.</summary>
    public Guid Guid(int column) => Blob(column) is { Length: 16 } octets ? new Guid(octets, bigEndian: true) : System.Guid.Empty;

    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    public IReadOnlyList<T> ReadAll<T>(Func<SqliteStatement, T> read)
    {
        var list = new List<T>();
        while (Step()) list.Add(read(this));
        Reset();
        return list;
    }

    public void Dispose() => handle.Dispose();
}
