namespace MailGrains.Compliance.Export;

/// <summary>A table (RFC 4180, UTF-8) of the messages, without the messages.</summary>
internal sealed class CsvFormat : IExportFormat
{
    private const string File = "items.csv";

    public void Begin(ExportFiles files) => Row(files, ItemColumns.Names);

    public void Write(ExportItem item, ExportFiles files) => Row(files, ItemColumns.Of(item).Select(Harmless));

    public void Finish(ExportFiles files)
    {
    }

    /// <summary>What strangers wrote must not be a formula in the program that opens the table.</summary>
    private static string Harmless(string cell) => cell.Length > 0 && "=+-@".Contains(cell[0]) ? "'" + cell : cell;

    private static void Row(ExportFiles files, IEnumerable<string> cells) =>
        files.Append(File, string.Join(',', cells.Select(c => $"\"{c.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")) + "\r\n");
}
