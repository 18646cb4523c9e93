namespace MailGrains.Compliance.Export;

/// <summary>Each message as a file, and a table of them.</summary>
internal sealed class EmlFormat : IExportFormat
{
    private readonly CsvFormat _table = new();

    public void Begin(ExportFiles files) => _table.Begin(files);

    public void Write(ExportItem item, ExportFiles files)
    {
        files.Write(ItemColumns.Native(item), item.Message.Span);
        _table.Write(item, files);
    }

    public void Finish(ExportFiles files) => _table.Finish(files);
}
