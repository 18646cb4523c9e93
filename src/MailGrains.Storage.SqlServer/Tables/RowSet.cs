using System.Collections;
using Microsoft.Data.SqlClient.Server;

namespace MailGrains.Storage.SqlServer.Tables;

/// <summary>
/// The rows of a table-valued parameter. They are encoded one after the other while they are sent, all through one record, so that a group costs no
/// memory of its own; they may be sent again.
/// </summary>
/// <param name="fill">Writes all columns of a row.</param>
internal sealed class RowSet<TRow>(SqlMetaData[] columns, RowSet<TRow>.Fill fill) : IReadOnlyCollection<SqlDataRecord>
{
    private readonly SqlDataRecord _record = new(columns);
    private readonly List<TRow> _rows = [];

    /// <param name="place">The row's number, from 0.</param>
    public delegate void Fill(RecordWriter record, TRow row, int place);

    public IReadOnlyList<SqlMetaData> Columns { get; } = columns;

    public int Count => _rows.Count;

    public void Add(TRow row) => _rows.Add(row);

    public RowSet<TRow> With(IEnumerable<TRow> rows)
    {
        _rows.AddRange(rows);
        return this;
    }

    public void Clear() => _rows.Clear();

    public IEnumerator<SqlDataRecord> GetEnumerator()
    {
        for (var i = 0; i < _rows.Count; i++)
        {
            fill(new RecordWriter(_record), _rows[i], i);
            yield return _record;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
