namespace MailGrains.Compliance.Export;

/// <summary>The forms an export can have.</summary>
public static class ExportFormats
{
    public static readonly IReadOnlyList<string> Names = ["eml", "mbox", "csv", "concordance", "edrm"];

    /// <exception cref="ArgumentException">There is no such format.</exception>
    internal static IExportFormat Create(string name) => name switch
    {
        "eml" => new EmlFormat(),
        "mbox" => new MboxFormat(),
        "csv" => new CsvFormat(),
        "concordance" => new ConcordanceFormat(),
        "edrm" => new EdrmFormat(),
        _ => throw new ArgumentException($"'{name}' is none of {string.Join(", ", Names)}.", nameof(name)),
    };
}
