namespace MailGrains.Storage.Commit;

/// <summary>A flush has ended well, but a body of the group was lost to one that failed before.</summary>
internal sealed class BodyLostException() : Exception("The body was lost to a failed write.");
