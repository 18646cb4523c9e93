using Orleans;

namespace MailGrains.Model;

/// <summary>
/// Names the immutable content of a message within its mailbox (RFC 8474 EMAILID): COPY and MOVE keep it. Counts up from 1.
/// </summary>
[GenerateSerializer, Immutable]
public readonly record struct EmailId([property: Id(0)] long Value)
{
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
