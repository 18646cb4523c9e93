namespace MailGrains.Storage.Columns;

/// <summary>Bytes of the index are not what was written, or of a version this program doesn't know. Permanent; an operator must know.</summary>
public sealed class FormatCorruptException(string what, string detail) : Exception($"Stored {what} can't be read: {detail}.")
{
    /// <summary>Kind of the stored thing, e.g. "message page".</summary>
    public string What => what;
}
