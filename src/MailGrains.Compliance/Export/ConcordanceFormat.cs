namespace MailGrains.Compliance.Export;

/// <summary>A Concordance load file, UTF-8 with a byte order mark, with the delimiters review programs expect: ¶ (0x14), þ, and ® for line ends.</summary>
internal sealed class ConcordanceFormat : IExportFormat
{
    private const string File = "loadfile.dat";
    private const char Column = '\x14';
    private const char Quote = 'þ';

    private bool _begun;

    public void Write(ExportItem item, ExportFiles files)
    {
        files.Write(ItemColumns.Native(item), item.Message.Span);
        Begin(files);
        Row(files, [.. ItemColumns.All.Select(c => c.Of(item)), ItemColumns.Native(item)]);
    }

    public void Finish(ExportFiles files) => Begin(files);

    /// <summary>A value can't have the delimiters in it.</summary>
    private static void Row(ExportFiles files, IEnumerable<string> cells) =>
        files.Append(File, string.Join(Column, cells.Select(c => $"{Quote}{c.Replace(Quote, 'p')}{Quote}")) + "\r\n");

    private void Begin(ExportFiles files)
    {
        if (_begun) return;
        _begun = true;
        files.Append(File, "\uFEFF");
        Row(files, [.. ItemColumns.All.Select(c => c.Name), "NATIVELINK"]);
    }
}
