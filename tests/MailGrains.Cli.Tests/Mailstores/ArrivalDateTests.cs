using System.Text;
using MailGrains.Cli.Mailstores;
using MailGrains.TestKit;
using Xunit;

namespace MailGrains.Cli.Tests.Mailstores;

/// <summary>An imported message keeps the date it arrived at.</summary>
public sealed class ArrivalDateTests
{
    private const string Message = "Received: by b (x; y);\n\tThu, 1 Feb 2024 04:04:05 +0100 (CET)\nReceived: by a; Thu, 1 Feb 2024 01:00:00 +0000\n";

    [Theory]
    [InlineData("From MAILER-DAEMON Thu Feb 01 03:04:05 2024", "2024-02-01T03:04:05Z")]
    [InlineData("From a@example.org Thu Feb  1 03:04:05 2024\r\n", "2024-02-01T03:04:05Z")]
    [InlineData("From a@example.org Thu Feb  1 03:04 2024", "2024-02-01T03:04:00Z")]
    [InlineData("From a@example.org Thu Feb  1 04:04:05 +0100 2024", "2024-02-01T03:04:05Z")]
    [InlineData("From a@example.org Wed Jan 31 22:04:05 2024 -0500", "2024-02-01T03:04:05Z")]
    [InlineData("From - Thu Feb 01 03:04:05 GMT 2024", "2024-02-01T03:04:05Z")]
    [InlineData("From a@example.org", null)]
    [InlineData("From a@example.org Thu Feb 31 03:04:05 2024", null)]
    [InlineData("From a Feb Feb Feb Feb: Feb Feb", null)]
    public void A_From_line_has_it(string line, string? expected) => AssertIs(expected, ArrivalDate.OfFromLine(Encoding.ASCII.GetBytes(line)));

    [Theory]
    [InlineData(Message, "2024-02-01T03:04:05Z")]
    [InlineData("Date: Thu, 1 Feb 2024 04:04:05 +0100\nReceived: by a; 1 Feb 2024 03:04 UT\n", "2024-02-01T03:04:00Z")]
    [InlineData("date: 1 Feb 2024 04:04:05 +0100\nReceived: nonsense\n", "2024-02-01T03:04:05Z")]
    [InlineData("Date: Fri, 31 Dec 9999 23:59:59 -9999\n", null)]
    [InlineData("Date: Mon, 1 Jan 1900 00:00:00 +0000\n", null)]
    [InlineData("Date:\nReceived:\n", null)]
    [InlineData("", null)]
    public void A_header_has_it(string header, string? expected) =>
        AssertIs(expected, ArrivalDate.Of(LineEnds.ToWire(Encoding.ASCII.GetBytes(header + "\nReceived: by c; Fri, 2 Feb 2024 00:00:00 +0000\n"))));

    [Fact]
    public void A_store_tells_it_for_every_message()
    {
        using var folder = new TemporaryFolder();
        var written = new DateTimeOffset(2023, 4, 5, 6, 7, 8, TimeSpan.Zero);
        var (mbox, eml, bare) = (Path.Combine(folder.Path, "mbox"), Path.Combine(folder.Path, "a.eml"), Path.Combine(folder.Path, "b.eml"));
        File.WriteAllText(mbox, $"From a Fri Mar  1 00:00:00 2024\n{Message}\nbody\n\nFrom a\n{Message}\nbody\n");
        File.WriteAllText(eml, $"{Message}\nbody\n");
        File.WriteAllText(bare, "Subject: x\n\nbody\n");
        File.SetLastWriteTimeUtc(bare, written.UtcDateTime);
        var arrived = new DateTimeOffset(2024, 2, 1, 3, 4, 5, TimeSpan.Zero);
        Assert.Equal([new DateTimeOffset(2024, 3, 1, 0, 0, 0, TimeSpan.Zero), arrived], Dates(mbox));
        Assert.Equal([arrived], Dates(eml));
        Assert.Equal([written], Dates(bare));

        static IEnumerable<DateTimeOffset?> Dates(string path) => MailSource.Read(path, "INBOX").Select(i => i.Message!.Date);
    }

    private static void AssertIs(string? expected, DateTimeOffset? date) =>
        Assert.Equal(expected, date?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture));
}
