namespace MailGrains.Discovery.Queries;

/// <summary>How a field's value stands to the one that is given.</summary>
internal enum Comparison
{
    Is,
    Below,
    AtMost,
    AtLeast,
    Above,
}
