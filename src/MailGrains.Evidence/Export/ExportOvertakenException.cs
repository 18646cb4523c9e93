namespace MailGrains.Evidence.Export;

/// <summary>While a partition was exported its oldest events were removed, among them some that were not written yet: begin again.</summary>
public sealed class ExportOvertakenException(int partition)
    : Exception($"Events of partition {partition} were removed from the log while it was exported; begin again.");
