using MailGrains.Bench.Generator;

namespace MailGrains.Interop.Tests.RealInput;

/// <summary>The seeded mailbox of these tests; ten times as large with MAILGRAINS_TEST_LARGE=1.</summary>
internal static class GeneratedMailbox
{
    public static int Count { get; } = Environment.GetEnvironmentVariable("MAILGRAINS_TEST_LARGE") == "1" ? 10_000 : 1_000;

    public static IEnumerable<GeneratedMessage> Messages(int count) => new MailboxGenerator(seed: 2).Generate(count);
}
