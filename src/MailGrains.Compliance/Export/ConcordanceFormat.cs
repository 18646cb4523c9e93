namespace MailGrains.Compliance.Export;

/// <summary>A Concordance load file, UTF-8 with a byte order mark, with the delimiters review programs expect: 0x14 between columns, þ around values.</summary>
internal sealed class ConcordanceFormat : IExportFormat
{
    private const string File = "loadfile.dat";
    private const char Column = '\x14';
    private const char Quote = 'þ';

    public void Begin(ExportFiles files)
    {
        files.Append(File, "\uFEFF");
        Row(files, [.. ItemColumns.Names, "NATIVELINK"]);
    }

    public void Write(ExportItem item, ExportFiles files)
    {
        files.Write(ItemColumns.Native(item), item.Message.Span);
        Row(files, [.. ItemColumns.Of(item), ItemColumns.Native(item)]);
    }

    public void Finish(ExportFiles files)
    {
    }

    /// <summary>Values have no control characters; a þ in one is doubled.</summary>
    private static void Row(ExportFiles files, IEnumerable<string> cells) =>
        files.Append(File, string.Join(Column, cells.Select(c => $"{Quote}{c.Replace("þ", "þþ", StringComparison.Ordinal)}{Quote}")) + "\r\n");
}
