using MailGrains.Model;

namespace MailGrains.Storage.Commit;

/// <summary>Names one non-idempotent call, so that its repetition finds the first result instead of doing it twice.</summary>
public readonly record struct OperationId(BlobId Value)
{
    public override string ToString() => Value.ToString();
}
