using MailGrains.Model;
using MailGrains.Storage.Relational.Reading;
using MailGrains.Storage.Relational.Records;
using MailGrains.Storage.Sqlite.Native;

namespace MailGrains.Storage.Sqlite.Records;

/// <summary>Questions of the relational engines, put to SQLite.</summary>
internal static class SqliteQuestions
{
    public static SqliteStatement Bind(SqliteDatabase database, Question question)
    {
        var statement = database.Statement(question.Statement);
        for (var i = 0; i < question.Values.Length; i++) Bind(statement, i + 1, question.Values[i]);
        return statement;
    }

    public static IReadOnlyList<T> Ask<T>(SqliteDatabase database, IReadOnlyList<Question> asked, Func<IRecordRow, T> read)
    {
        var rows = new List<T>();
        foreach (var question in asked)
        {
            var statement = Bind(database, question);
            var row = new Row(statement);
            while (statement.Step()) rows.Add(read(row));
            statement.Reset();
        }

        return rows;
    }

    private static void Bind(SqliteStatement statement, int parameter, object? value)
    {
        switch (value)
        {
            case null: statement.Bind(parameter, (string?)null); break;
            case long number: statement.Bind(parameter, number); break;
            case string text: statement.Bind(parameter, text); break;
            case Guid id: statement.Bind(parameter, id); break;
            case byte[] bytes: statement.Bind(parameter, bytes.AsSpan()); break;
            default: throw new ArgumentException($"A parameter can't be a {value.GetType().Name}.", nameof(value));
        }
    }

    private sealed class Row(SqliteStatement statement) : IRecordRow
    {
        public bool IsNull(int column) => statement.IsNull(column);

        public long Int64(int column) => statement.Int64(column);

        public string Text(int column) => statement.Text(column);

        public byte[] Bytes(int column) => statement.Blob(column).ToArray();

        public BlobId Blob(int column) => statement.BlobId(column);

        public AccountId Account(int column) => statement.AccountId(column);
    }
}
