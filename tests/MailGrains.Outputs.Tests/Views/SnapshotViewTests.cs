using System.Text.Json.Nodes;
using MailGrains.Outputs.Tests.Stage;
using MailGrains.Storage.Events;
using MailGrains.Views;
using MailGrains.Views.Bonnie;

namespace MailGrains.Outputs.Tests.Views;

/// <summary>Pictures of mailboxes in other forms: as events about the same folders and messages would be.</summary>
public sealed class SnapshotViewTests
{
    private static readonly ViewOptions Options = new("mail.example.org");
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Cyrus_is_told_each_folder_with_its_counters_and_each_message_with_its_flags()
    {
        var shown = (await EventsAsync()).SelectMany(e => EventViews.Project(ViewKind.Cyrus, e, Options)).Select(o => JsonNode.Parse(o)!).ToList();
        var host = $"imap://{SampleEvents.Account.Value:D}@mail.example.org";
        Assert.Equal(
            [
                $"{host}/INBOX;UIDVALIDITY=1772368215", $"{host}/Archive/2026;UIDVALIDITY=1772368222",
                $"{host}/INBOX;UIDVALIDITY=1772368215/;UID=3", $"{host}/INBOX;UIDVALIDITY=1772368215/;UID=7",
            ],
            shown.Select(o => (string)o["uri"]!));
        Assert.Equal((2, 1, 8), ((int)shown[0]["messages"]!, (int)shown[0]["vnd.cmu.unseenMessages"]!, (int)shown[0]["uidnext"]!));
        Assert.Equal((@"\Seen", 100), ((string)shown[2]["flagNames"]!, (int)shown[2]["messageSize"]!));
        Assert.Null(shown[3]["flagNames"]);
        Assert.Equal("2019-05-04T03:02:01Z", (string)shown[3]["timestamp"]!);
        Assert.Equal(4, shown.Select(o => (string)o["vnd.mailgrains.eventId"]!).Distinct().Count());

        var arrived = SampleEvents.Payload("MessageNew");
        arrived["messages"]![0]!["emailId"] = 9;
        var later = JsonNode.Parse(CyrusView.Project(SampleEvents.Record(arrived), Options)[0])!;
        foreach (var name in new[] { "mailboxID", "vnd.cmu.emailid" }) Assert.Equal((string)later[name]!, (string)shown[3][name]!);
    }

    [Fact]
    public async Task Bonnie_is_told_the_same_in_an_index_of_its_own()
    {
        var documents = (await EventsAsync()).SelectMany(e => BonnieView.Project(e, Options)).ToList();
        Assert.All(documents, d => Assert.True(d is { Index: "logstash-snapshot", Act: BonnieAct.Index, Version: 812 }, d.ToString()));
        var account = SampleEvents.Account.Value.ToString("D");
        Assert.Equal(
            [
                $"snapshot-{account}-1-1772368215", $"snapshot-{account}-7-1772368222", $"snapshot-{account}-1-1772368215-3",
                $"snapshot-{account}-1-1772368215-7",
            ],
            documents.Select(d => d.Id));
        var shown = documents.Select(d => JsonNode.Parse(d.Json)!).ToList();
        Assert.Equal(documents.Select(d => d.Id), shown.Select(d => (string)d["event_id"]!));
        Assert.Equal((2, 8), ((int)shown[0]["messages"]!, (int)shown[0]["uidnext"]!));
        Assert.Equal(("7", 200, "2019-05-04T03:02:01.000000Z"), ((string)shown[3]["uidset"]!, (int)shown[3]["message_size"]!, (string)shown[3]["@timestamp"]!));
    }

    /// <summary>Else the documents of later events would have to look for another one.</summary>
    [Fact]
    public async Task A_folder_of_a_picture_is_the_one_that_later_events_point_to()
    {
        var folder = BonnieObjects.Project((await EventsAsync())[0], Options).Single(d => d.Index == "objects-folder");
        var later = JsonNode.Parse(BonnieView.Project(SampleEvents.Record("MessageNew"), Options).Single().Json)!;
        Assert.Equal((string)later["folder_id"]!, folder.Id);
    }

    private static async Task<IReadOnlyList<EventRecord>> EventsAsync()
    {
        var events = new List<EventRecord>();
        await foreach (var record in SamplePicture.ReadAsync()) events.AddRange(SnapshotEvents.Of(3, record, Now));
        return events;
    }
}
