namespace MailGrains.Compliance.Export;

/// <summary>A table (RFC 4180, UTF-8) of the messages, without the messages.</summary>
internal sealed class CsvFormat : IExportFormat
{
    private const string File = "items.csv";

    private bool _begun;

    public void Write(ExportItem item, ExportFiles files)
    {
        Begin(files);
        Row(files, ItemColumns.Of(item).Select(Harmless));
    }

    /// <summary>A table without rows is a table.</summary>
    public void Finish(ExportFiles files) => Begin(files);

    /// <summary>What strangers wrote must not be a formula in the program that opens the table.</summary>
    private static string Harmless(string cell) => cell.Length > 0 && "=+-@".Contains(cell[0]) ? "'" + cell : cell;

    private static void Row(ExportFiles files, IEnumerable<string> cells) =>
        files.Append(File, string.Join(',', cells.Select(c => $"\"{c.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")) + "\r\n");

    private void Begin(ExportFiles files)
    {
        if (_begun) return;
        _begun = true;
        Row(files, ItemColumns.Names);
    }
}
