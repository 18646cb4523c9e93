using MailGrains.Model;

namespace MailGrains.Storage.Commit;

/// <summary>A content's reference count changes by <paramref name="Delta"/>; at zero the content's row is deleted.</summary>
public readonly record struct EmailReferenceChange(EmailId Id, int Delta);
