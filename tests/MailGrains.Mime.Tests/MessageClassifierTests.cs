using MailGrains.Model;
using MailGrains.TestKit;

namespace MailGrains.Mime.Tests;

public sealed class MessageClassifierTests
{
    public static TheoryData<string> Names => Corpus.Names;

    [Theory]
    [InlineData("List-Id: Friends <friends.example.org>", MessageClasses.Bulk)]
    [InlineData("LIST-ID:\n <friends.example.org>", MessageClasses.Bulk)]
    [InlineData("List-Id: ", MessageClasses.None)]
    [InlineData("X-List-Id: <a.b>", MessageClasses.None)]
    [InlineData("Precedence: bulk", MessageClasses.Bulk)]
    [InlineData("Precedence: LIST", MessageClasses.Bulk)]
    [InlineData("precedence: (why not) junk", MessageClasses.Bulk)]
    [InlineData("Precedence: first-class", MessageClasses.None)]
    [InlineData("Precedence: bulky", MessageClasses.None)]
    [InlineData("Auto-Submitted: auto-replied", MessageClasses.Auto)]
    [InlineData("Auto-Submitted: auto-generated; owner-email=\"a@b\"", MessageClasses.Auto)]
    [InlineData("Auto-Submitted: no", MessageClasses.None)]
    [InlineData("Auto-Submitted: No (really)", MessageClasses.None)]
    [InlineData("Auto-Submitted: no; x=y", MessageClasses.None)]
    [InlineData("Auto-Submitted:", MessageClasses.None)]
    [InlineData("Auto-Submitted: nobody-knows", MessageClasses.Auto)]
    [InlineData("X-Kolab-Type: application/x-vnd.kolab.event", MessageClasses.Groupware)]
    [InlineData("Content-Type: text/calendar; method=REQUEST", MessageClasses.Calendar)]
    [InlineData("Content-Type: Application/PKCS7-Mime; smime-type=enveloped-data; name=smime.p7m", MessageClasses.Encrypted)]
    [InlineData("Content-Type: application/x-pkcs7-mime; name=\"a\"; SMIME-Type=\"authEnveloped-data\"", MessageClasses.Encrypted)]
    [InlineData("Content-Type: application/pkcs7-mime; smime-type=signed-data", MessageClasses.None)]
    [InlineData("Content-Type: application/pkcs7-mime; name=smime.p7m", MessageClasses.None)]
    [InlineData("List-Id: <a.b>\nAuto-Submitted: auto-generated", MessageClasses.Bulk | MessageClasses.Auto)]
    [InlineData("Subject: Precedence: bulk", MessageClasses.None)]
    public void A_header_says_what_the_message_is(string header, MessageClasses expected) =>
        Assert.Equal(expected, Of($"From: a@b\n{header}\nTo: c@d\n\nPrecedence: bulk\n"));

    [Theory]
    [InlineData("report; report-type=delivery-status", MessageClasses.Report)]
    [InlineData("encrypted; protocol=\"application/pgp-encrypted\"", MessageClasses.Encrypted)]
    [InlineData("signed", MessageClasses.None)]
    [InlineData("mixed", MessageClasses.None)]
    public void The_type_of_the_whole_message_counts(string multipart, MessageClasses expected) => Assert.Equal(
        expected,
        Of($"Content-Type: multipart/{multipart}; boundary=b\n\n--b\nContent-Type: multipart/report; boundary=c\n\n--c\n\nx\n--c--\n--b\n\ny\n--b--\n"));

    [Fact]
    public void An_invitation_beside_its_text_is_calendar_and_one_in_a_forwarded_message_is_not()
    {
        const string Invitation = "Content-Type: multipart/alternative; boundary=c\n\n--c\n\nCome!\n--c\nContent-Type: text/calendar\n\nBEGIN:VCALENDAR\n--c--\n";
        Assert.Equal(MessageClasses.Calendar, Of($"Content-Type: multipart/mixed; boundary=b\n\n--b\n{Invitation}--b--\n"));
        Assert.Equal(
            MessageClasses.None,
            Of($"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/rfc822\n\nList-Id: <a.b>\n{Invitation}--b--\n"));
        Assert.Equal(
            MessageClasses.Calendar,
            Of($"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/rfc822\n\n{Invitation}--b\nContent-Type: text/calendar\n\nx\n--b--\n"));
    }

    [Fact]
    public void A_flood_of_fields_or_parts_is_not_gone_through()
    {
        Assert.Equal(MessageClasses.Bulk, Of(string.Concat(Enumerable.Repeat("X: y\n", 900)) + "List-Id: <a.b>\n\n"));
        Assert.Equal(MessageClasses.None, Of(string.Concat(Enumerable.Repeat("X: y\n", 2000)) + "List-Id: <a.b>\n\n"));
        var parts = string.Concat(Enumerable.Repeat("--b\n\nx\n", 2000));
        Assert.Equal(MessageClasses.None, Of($"Content-Type: multipart/mixed; boundary=b\n\n{parts}--b\nContent-Type: text/calendar\n\nx\n--b--\n"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_prefix_of_a_message_has_classes(string name)
    {
        var blob = Corpus.Read(name);
        var step = 1 + (blob.Length / 200);
        for (var length = 0; length < blob.Length; length += step)
            Assert.Equal(MessageClasses.None, MessageClassifier.Of(blob.AsMemory(0, length)) & ~All);
    }

    private static MessageClasses All => Enum.GetValues<MessageClasses>().Aggregate((a, b) => a | b);

    private static MessageClasses Of(string message) => MessageClassifier.Of(Mail.Bytes(message));
}
