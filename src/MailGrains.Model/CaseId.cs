using Orleans;

namespace MailGrains.Model;

/// <summary>Names an e-discovery case. What is done in it is written to a log of its own, kept as a mailbox's log is, under the same id.</summary>
[GenerateSerializer, Immutable]
public readonly record struct CaseId([property: Id(0)] Guid Value)
{
    /// <summary>Whose events they are in the log.</summary>
    public AccountId Log => new(Value);

    public static CaseId New(TimeProvider time) => new(Guid.CreateVersion7(time.GetUtcNow()));

    public static bool TryParse(string? text, out CaseId id)
    {
        var ok = Guid.TryParse(text, out var value);
        id = new CaseId(value);
        return ok;
    }

    public override string ToString() => Value.ToString("D");
}
