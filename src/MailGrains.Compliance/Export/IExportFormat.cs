namespace MailGrains.Compliance.Export;

/// <summary>Writes the files of an export. The same messages give the same octets, whenever and wherever they are written.</summary>
internal interface IExportFormat
{
    /// <summary>Writes what comes before the first message, also when there is none.</summary>
    void Begin(ExportFiles files);

    /// <summary>Writes one message; they come in the order of their names.</summary>
    void Write(ExportItem item, ExportFiles files);

    /// <summary>Writes what comes after the last.</summary>
    void Finish(ExportFiles files);
}
