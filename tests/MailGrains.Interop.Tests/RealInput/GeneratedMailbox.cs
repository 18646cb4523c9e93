using MailGrains.Bench.Generator;

namespace MailGrains.Interop.Tests.RealInput;

/// <summary>The seeded mailbox of these tests.</summary>
internal static class GeneratedMailbox
{
    /// <summary>How many of it a tool sends that has to be started for each message; all ten thousand with MAILGRAINS_TEST_LARGE=1.</summary>
    public static int OneByOne(int otherwise) => Environment.GetEnvironmentVariable("MAILGRAINS_TEST_LARGE") == "1" ? 10_000 : otherwise;

    public static IEnumerable<GeneratedMessage> Messages(int count) => new MailboxGenerator(seed: 2).Generate(count);
}
