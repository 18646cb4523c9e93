using MailGrains.Changelog.Objects;
using MailGrains.Changelog.Properties;
using MailGrains.Changelog.Reading;

namespace MailGrains.Changelog.Tests;

/// <summary>Objects made to cost much: what reading and comparing them takes stays in proportion to their size.</summary>
public sealed class HostileTests
{
    private const int Octets = ReadingLimits.PayloadOctets - 10_000;

    public static TheoryData<string> Names => [.. Payloads().Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Reading_takes_memory_in_proportion(string name)
    {
        var payload = Payloads()[name];
        var type = payload[0] == '<' ? "application/vnd.kolab+xml" : "text/calendar";
        var message = Sample.Bytes($"X-Kolab-Type: application/x-vnd.kolab.event\nSubject: hostile\nContent-Type: {type}; charset=utf-8\n\n{payload}");

        var before = GC.GetAllocatedBytesForCurrentThread();
        var found = GroupwareObject.Recognise(message);
        if (found is not null && ObjectProperties.Read(found.Payload) is { } properties)
            Assert.Empty(Differences.ObjectDiff.Compare(properties, properties));
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        // It is read twice, and each reading makes copies in UTF-16: one long text takes 30 times its octets, and nothing much more.
        Assert.InRange(allocated, 0, 40L * ReadingLimits.PayloadOctets);
    }

    private static Dictionary<string, string> Payloads() => new()
    {
        ["one long text"] = $"<event><uid>1</uid><summary>{new string('x', Octets)}</summary></event>",
        ["a text in pieces"] = $"<event><uid>1</uid><summary>{new string('x', Octets - 500_000)}{Repeat("<!-- -->y", 19_000)}</summary></event>",
        ["long names within each other"] = "<event><uid>1</uid>" + Wide(100, 28, 10_000) + "</event>",
        ["attributes"] = $"<event><uid>1</uid><a {string.Concat(Enumerable.Range(0, 19_000).Select(i => $"a{i}='' "))}/></event>",
        ["a long line"] = Calendar("SUMMARY:" + new string('x', Octets)),
        ["a folded line"] = Calendar("SUMMARY:" + Repeat("\n x", Octets / 4)),
        ["escapes"] = Calendar("SUMMARY:" + Repeat("\\n", Octets / 2)),
        ["quotes"] = Calendar("SUMMARY" + Repeat(";a=\"", 19_000) + new string('x', Octets - 200_000) + ":x"),
        ["commas"] = Calendar("CATEGORIES:" + Repeat(",", Octets)),
        ["exceptions"] = Calendar(Repeat("END:VEVENT\nBEGIN:VEVENT\nUID:1\nRECURRENCE-ID:20260101\n", 4_000) + "SUMMARY:" + new string('x', Octets - 300_000)),
        ["parameters"] = Calendar("ATTENDEE" + Repeat(";CN=a", 19_000) + ":mailto:" + Repeat("%41", 100_000)),
    };

    private static string Wide(int name, int depth, int children) =>
        Repeat($"<{new string('n', name)}>", depth) + Repeat("<a>x</a>", children) + Repeat($"</{new string('n', name)}>", depth);

    private static string Calendar(string lines) => $"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\n{lines}\nEND:VEVENT\nEND:VCALENDAR\n";

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}
