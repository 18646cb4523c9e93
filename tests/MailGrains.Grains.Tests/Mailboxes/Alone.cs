namespace MailGrains.Grains.Tests.Mailboxes;

/// <summary>Tests that measure memory and time run with nothing beside them.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
