using Xunit;

namespace MailGrains.Performance.Tests;

/// <summary>Tests that count what the whole process allocates, one at a time.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
