using Orleans;

namespace MailGrains.Model.Accounts;

/// <summary>Names one group of the directory; its name and address may change, this does not.</summary>
[GenerateSerializer, Immutable]
public readonly record struct GroupId([property: Id(0)] Guid Value)
{
    public static GroupId New(TimeProvider time) => new(Guid.CreateVersion7(time.GetUtcNow()));

    public override string ToString() => Value.ToString("N");
}
