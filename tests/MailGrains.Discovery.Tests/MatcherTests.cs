using MailGrains.Discovery.Documents;
using MailGrains.Discovery.Matching;
using MailGrains.Discovery.Queries;
using MailGrains.Discovery.Tokens;

namespace MailGrains.Discovery.Tests;

public sealed class MatcherTests
{
    private const string Message = """
        From: Alice Smith <alice@example.org>
        To: Bob <bob@example.net>, "Rossi, Carla" <carla.rossi@example.com>
        Cc: sales@example.com
        Subject: The Quarterly Report for 2026
        Date: Sun, 15 Mar 2026 23:30:00 -0100
        Message-ID: <m1@example.org>
        References: <m0@example.org>
        List-Id: Reports <reports.example.org>
        Content-Type: multipart/mixed; boundary=a

        --a
        Content-Type: text/plain; charset=utf-8

        Please find the invoices attached. Best, Émilie. 東京タワー
        --a
        Content-Type: application/pdf; name="Q1 Report.final.PDF"
        Content-Disposition: attachment
        Content-Transfer-Encoding: base64

        AAECAw==
        --a--
        """;

    [Theory]
    [InlineData("*", true)]
    [InlineData("quarterly", true)]
    [InlineData("quarter", false)]
    [InlineData("quarter*", true)]
    [InlineData("\"quarterly report\"", true)]
    [InlineData("\"report quarterly\"", false)]
    [InlineData("invoices carla \"q1 report\"", true)]
    [InlineData("\"attached best\" emilie ÉMILIE", true)]
    [InlineData("東京 京タ", true)]
    [InlineData("東タ", false)]
    [InlineData("m1", false)]
    [InlineData("subject:invoices", false)]
    [InlineData("body:invoices", true)]
    [InlineData("subject:(quarterly report) body:(invoices OR nothing)", true)]
    [InlineData("from:alice", true)]
    [InlineData("from:\"alice smith\"", true)]
    [InlineData("from:alice@example.org", true)]
    [InlineData("from:ALICE@EXAMPLE.ORG", true)]
    [InlineData("from:alice@example", false)]
    [InlineData("from:lice@example.org", false)]
    [InlineData("from:*@example.org", true)]
    [InlineData("from:example.org", true)]
    [InlineData("from:@example.org", true)]
    [InlineData("from:ample.org", false)]
    [InlineData("from:bob", false)]
    [InlineData("to:bob cc:sales participants:alice participants:carla recipients:sales", true)]
    [InlineData("recipients:alice", false)]
    [InlineData("to:\"bob rossi\"", false)]
    [InlineData("bcc:*", false)]
    [InlineData("cc:*", true)]
    [InlineData("subject:*", true)]
    [InlineData("attachment:*.pdf", true)]
    [InlineData("attachment:*.doc", false)]
    [InlineData("attachment:q1*final*", true)]
    [InlineData("filename:report", true)]
    [InlineData("type:application/pdf type:application/*", true)]
    [InlineData("type:pdf", false)]
    [InlineData("hasattachment:true", true)]
    [InlineData("partial:true", true)]
    [InlineData("sha256:054edec1d0211f624fed0cbca9d4f9400b0e491c43742af2c5b0abebf0c990d8", true)]
    [InlineData("messageid:<m1@example.org>", true)]
    [InlineData("references:m0@example.org", true)]
    [InlineData("listid:reports.example.org", true)]
    [InlineData("sent:2026-03-16", true)]
    [InlineData("sent:2026-03-15", false)]
    [InlineData("sent>=2026-03-16T00:30:00 sent<=2026-03-16T00:30", true)]
    [InlineData("sent>2026-03-16T00:29", true)]
    [InlineData("sent<2026-03-16T00:30", false)]
    [InlineData("received:2026-03-01..2026-03-31", true)]
    [InlineData("received:2026-04", false)]
    [InlineData("size:2KB size>=2048 size<=2048 size>2047 size<2049 size:1..3000", true)]
    [InlineData("size>2KB", false)]
    [InlineData("folder:archive/2026", true)]
    [InlineData("folder:Archive", false)]
    [InlineData("folder:Archive/*", true)]
    [InlineData("flag:seen flag:\\SEEN flag:$important", true)]
    [InlineData("flag:flagged", false)]
    [InlineData("NEAR(1, quarterly, 2026)", false)]
    [InlineData("NEAR(2, 2026, quarterly)", true)]
    [InlineData("NEAR(100, quarterly, invoices)", false)]
    [InlineData("body:NEAR(1, \"find the\", attached, best*)", false)]
    [InlineData("body:NEAR(2, \"find the\", attached, best*)", true)]
    [InlineData("quarterly NOT folder:Trash -nothing", true)]
    [InlineData("nothing OR (quarterly AND NOT (alice bob))", false)]
    public void A_message_is_an_answer_or_not(string query, bool isAnswer) => Assert.Equal(isAnswer, Mail.Matches(query, Message));

    [Fact]
    public void A_display_name_is_no_address()
    {
        const string forged = "From: \"alice@example.org\" <mallory@example.net>\n\n";
        Assert.False(Mail.Matches("from:alice@example.org", forged));
        Assert.True(Mail.Matches("from:\"alice example org*\"", forged));
    }

    [Fact]
    public void A_message_without_a_date_was_sent_at_no_time()
    {
        Assert.False(Mail.Matches("sent>=0001", "Subject: x\n\n"));
        Assert.True(Mail.Matches("NOT sent>=0001", "Subject: x\n\n"));
    }

    /// <summary>Patterns compare without case, plans by tokens: no letter may be an ASCII letter to the one and not to the other.</summary>
    [Fact]
    public void What_is_an_ascii_letter_without_case_is_its_token()
    {
        for (var c = '\u0080'; c < '\uFFFF'; c++)
        {
            for (var letter = 'a'; letter <= 'z'; letter++)
            {
                if (WholeValue.IsLike([c], [letter])) Assert.Equal(letter.ToString(), Tokenizer.Tokenize([c]));
            }
        }

        Assert.True(WholeValue.IsLike("REPORT", "r*rt"));
        Assert.False(WholeValue.IsLike("ab", "ab*b"));
    }

    [Fact]
    public void The_stored_form_gives_the_same_answers()
    {
        var stored = DiscoveryDocument.Decode(Mail.Document(Message).Encode());
        Assert.True(Matcher.Matches(Query.Parse("from:alice@example.org attachment:*.pdf \"quarterly report\" 東京 partial:true"), Mail.Item(stored)));
    }
}
