namespace MailGrains.Mime.Tests;

/// <summary>Tests that measure the process run alone, after the others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MeasuredCollection
{
    public const string Name = "Measured";
}
