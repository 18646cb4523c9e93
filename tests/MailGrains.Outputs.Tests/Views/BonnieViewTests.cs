using System.Text.Json.Nodes;
using MailGrains.Mime.Headers;
using MailGrains.Model;
using MailGrains.Outputs.Tests.Stage;
using MailGrains.Views;
using MailGrains.Views.Bonnie;

namespace MailGrains.Outputs.Tests.Views;

public sealed class BonnieViewTests
{
    private static readonly ViewOptions Options = new("mail.example.org");

    public static TheoryData<string> Types => SampleEvents.Types;

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_document_has_the_least(string type)
    {
        if (type == "Logout") return;
        var documents = BonnieView.Project(SampleEvents.Record(type), Options);
        Assert.NotEmpty(documents);
        Assert.Equal(documents.Count, documents.Select(d => d.Id).Distinct().Count());
        foreach (var document in documents)
        {
            var json = JsonNode.Parse(document.Json)!;
            Assert.Equal("logstash-2026.03.01", document.Index);
            Assert.Equal("2026-03-01T12:30:15.123456Z", (string)json["@timestamp"]!);
            Assert.Equal(type.Split(' ')[0], (string)json["event"]!);
            Assert.All(["@version", "service", "session_id", "user"], name => Assert.NotNull(json[name]));
        }
    }

    [Fact]
    public void The_index_is_that_of_the_day_in_utc()
    {
        var payload = SampleEvents.Payload("MessageNew");
        payload["timestamp"] = "2026-03-02T00:30:00.000000+02:00";
        Assert.Equal("logstash-2026.03.01", BonnieView.Project(SampleEvents.Record(payload), Options).Single().Index);
    }

    [Fact]
    public void A_move_is_a_document_for_each_message()
    {
        var documents = BonnieView.Project(SampleEvents.Record("MessageMove"), Options).Select(d => JsonNode.Parse(d.Json)!).ToList();
        Assert.Equal(["117", "118", "119"], documents.Select(d => (string)d["uidset"]!));
        Assert.Equal(["2", "3", "7"], documents.Select(d => (string)d["olduidset"]!));
        Assert.Equal(["M4", "M5", "M9"], documents.Select(d => ((string)d["mailbox_id"]!)[..2]));
    }

    /// <summary>Such events are about the mailbox as a whole and name no folder.</summary>
    [Theory]
    [InlineData("QuotaExceed")]
    [InlineData("QuotaWithin")]
    public void Events_about_the_quota_say_how_full_the_mailbox_is(string type)
    {
        var payload = SampleEvents.Payload(type);
        payload["quota"]!["diskUsed"] = 4711;
        var document = Assert.Single(BonnieView.Project(SampleEvents.Record(payload), Options));
        Assert.Equal(4711, (long?)JsonNode.Parse(document.Json)!["disk_used"]);
    }

    [Fact]
    public void Of_a_very_large_set_there_is_one_document()
    {
        var payload = SampleEvents.Payload("MessageExpunge");
        payload["messages"]![0]!["uids"] = "1:4000000000";
        Assert.Equal("1:4000000000", (string)JsonNode.Parse(BonnieView.Project(SampleEvents.Record(payload), Options).Single().Json)!["uidset"]!);
    }

    [Fact]
    public void Logout_completes_what_login_began()
    {
        var login = Assert.Single(BonnieView.Project(SampleEvents.Record("Login"), Options));
        var logout = Assert.Single(BonnieView.Project(SampleEvents.Record("Logout"), Options));
        Assert.Equal((login.Index, login.Id), (logout.Index, logout.Id));
        Assert.Equal((BonnieAct.Create, BonnieAct.Update), (login.Act, logout.Act));
        var added = JsonNode.Parse(logout.Json)!;
        Assert.Equal(("2026-03-01T12:30:15.123456Z", 93.5), ((string)added["logout_time"]!, (double)added["duration"]!));
    }

    [Fact]
    public void A_logout_on_another_day_looks_in_the_index_of_the_login()
    {
        var payload = SampleEvents.Payload("Logout");
        payload["durationMs"] = 26 * 3600 * 1000L;
        Assert.Equal("logstash-2026.02.28", Assert.Single(BonnieView.Project(SampleEvents.Record(payload), Options)).Index);
    }

    [Fact]
    public void A_login_at_midnight_is_looked_for_on_both_days()
    {
        var payload = SampleEvents.Payload("Logout");
        payload["timestamp"] = "2026-03-01T00:01:33.500400Z";
        Assert.Equal(["logstash-2026.02.28", "logstash-2026.03.01"], BonnieView.Project(SampleEvents.Record(payload), Options).Select(d => d.Index));
    }

    [Fact]
    public void A_folder_in_another_state_is_another_object()
    {
        var before = BonnieObjects.Project(SampleEvents.Record("MessageNew"), Options)[0];
        var payload = SampleEvents.Payload("MessageNew");
        Assert.Equal(before.Id, BonnieObjects.Project(SampleEvents.Record(payload), Options)[0].Id);
        payload["mailbox"]!["stateId"] = "7";
        Assert.NotEqual(before.Id, BonnieObjects.Project(SampleEvents.Record(payload), Options)[0].Id);
        payload = SampleEvents.Payload("MessageNew");
        payload["mailbox"]!["path"] = "Renamed";
        Assert.NotEqual(before.Id, BonnieObjects.Project(SampleEvents.Record(payload), Options)[0].Id);
        Assert.Equal(before.Id, (string)JsonNode.Parse(BonnieView.Project(SampleEvents.Record("MessageNew"), Options)[0].Json)!["folder_id"]!);
        Assert.Equal("objects-folder", before.Index);
    }

    [Fact]
    public void A_user_is_keyed_by_the_account()
    {
        var user = BonnieObjects.Project(SampleEvents.Record("Login"), Options).Single();
        Assert.Equal(("objects-user", "0191a0b0-0000-7000-8000-000000000001"), (user.Index, user.Id));
        Assert.Equal("ada@example.org", (string)JsonNode.Parse(user.Json)!["user"]!);
    }

    [Fact]
    public void Headers_are_shown_where_they_were_read()
    {
        var record = SampleEvents.Record("MessageNew");
        var header = "From: =?UTF-8?Q?Br=C3=BCederli=2C_Thomas?= <john.doe@example.org>\r\nTo: a@b, \"C, D\" <c@d>\r\nDate: Mon, 20 Oct 2014 13:32:41 +0200\r\n"u8
            + "Subject: one\r\n two\r\nX-Other: no\r\n\r\n"u8;
        var fields = HeaderFields.Read(header, ["From", "To", "Date", "Subject"]);
        var headers = new Dictionary<BlobId, IReadOnlyList<HeaderField>> { [BonnieView.Contents(record).Single()] = fields };
        var json = JsonNode.Parse(BonnieView.Project(record, Options, headers).Single().Json)!["headers"]!;
        var expected = JsonNode.Parse(
            """{"From":["Brüederli, Thomas <john.doe@example.org>"],"To":["<a@b>","C, D <c@d>"],"Date":"2014-10-20T11:32:41Z","Subject":"one two"}""");
        Assert.True(JsonNode.DeepEquals(expected, json), json.ToJsonString());
    }
}
