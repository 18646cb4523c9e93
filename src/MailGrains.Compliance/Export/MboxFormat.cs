using System.Globalization;
using System.Text;

namespace MailGrains.Compliance.Export;

/// <summary>One mbox file (mboxrd: lines that look like a separator get a &gt;) for each custodian, and a table.</summary>
internal sealed class MboxFormat : IExportFormat
{
    private readonly CsvFormat _table = new();

    public void Begin(ExportFiles files) => _table.Begin(files);

    public void Write(ExportItem item, ExportFiles files)
    {
        _table.Write(item, files);
        var name = string.Create(CultureInfo.InvariantCulture, $"custodian-{item.Found.Mailbox.Number}.mbox");
        var at = item.Found.Entries[0].InternalDate.UtcDateTime.ToString("ddd MMM dd HH:mm:ss yyyy", CultureInfo.InvariantCulture);
        files.Append(name, $"From MAILER-DAEMON {at}\n");
        for (var rest = item.Message.Span; rest.Length > 0;)
        {
            var end = rest.IndexOf((byte)'\n');
            var line = end < 0 ? rest : rest[..end];
            if (line.EndsWith("\r"u8)) line = line[..^1];
            if (line.TrimStart((byte)'>').StartsWith("From "u8)) files.Append(name, ">"u8);
            files.Append(name, line);
            files.Append(name, "\n"u8);
            rest = end < 0 ? [] : rest[(end + 1)..];
        }

        files.Append(name, "\n"u8);
    }

    public void Finish(ExportFiles files) => _table.Finish(files);
}
