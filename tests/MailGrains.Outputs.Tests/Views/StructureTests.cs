using System.Text;
using System.Text.Json.Nodes;
using MailGrains.Model;
using MailGrains.Outputs.Tests.Stage;
using MailGrains.Outputs.Webhooks;
using MailGrains.Subscribers;
using MailGrains.TestKit;

namespace MailGrains.Outputs.Tests.Views;

/// <summary>ENVELOPE, BODYSTRUCTURE and header fields of messages that came, for subscribers that ask for them.</summary>
public sealed class StructureTests : IAsyncLifetime
{
    private const string Envelope =
        "(\"Sun, 1 Mar 2026 12:30:15 +0000\" \"Tea\" ((\"Bob\" NIL \"bob\" \"example.net\")) ((\"Bob\" NIL \"bob\" \"example.net\")) "
        + "((\"Bob\" NIL \"bob\" \"example.net\")) ((NIL NIL \"ada\" \"example.org\")) NIL NIL NIL \"<a@b>\")";

    private const string Structure = "(\"text\" \"plain\" (\"charset\" \"utf-8\") NIL NIL \"7bit\" 7 1 NIL NIL NIL NIL)";

    private static readonly byte[] Tea = Encoding.Latin1.GetBytes(
        "Date: Sun, 1 Mar 2026 12:30:15 +0000\r\nSubject: Tea\r\nFrom: Bob <bob@example.net>\r\nTo: ada@example.org\r\nMessage-ID: <a@b>\r\n"
        + "Content-Type: text/plain; charset=utf-8\r\n\r\nAt 5?\r\n");

    private readonly OutputStage _stage = new();
    private readonly WebhookReceiver _receiver = new();
    private readonly TemporaryFolder _folder = new();
    private TargetServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await TargetServer.StartAsync(_receiver.AnswerAsync);

    public async ValueTask DisposeAsync()
    {
        await _stage.DisposeAsync();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("MessageNew")]
    [InlineData("MessageAppend")]
    public async Task The_cyrus_view_has_both_as_IMAP_shows_them(string type)
    {
        await WriteAsync(type, Tea);
        var shown = Assert.Single(await PostedAsync("View=cyrus", "Structure=on"))!;
        Assert.Equal((Envelope, Structure), ((string)shown["vnd.cmu.envelope"]!, (string)shown["bodyStructure"]!));
    }

    [Fact]
    public async Task Json_has_them_behind_the_event_whose_octets_stay_what_they_are()
    {
        await WriteAsync("MessageNew", Tea);
        await _stage.WriteAsync("FlagsSet", 1);
        var (plain, full) = (await PostedAsync(), await PostedAsync("Structure=on"));
        var message = Assert.Single(full[0]!["messages"]!.AsArray())!;
        Assert.Equal((7, Envelope, Structure), ((int)message["uid"]!, (string)message["envelope"]!, (string)message["bodyStructure"]!));
        Assert.Equal(["partition", "position", "sequence", "hash", "event", "messages"], full[0]!.AsObject().Select(m => m.Key));
        Assert.Equal(plain[0]!["event"]!.ToJsonString(), full[0]!["event"]!.ToJsonString());
        Assert.Equal(plain[1]!.ToJsonString(), full[1]!.ToJsonString());
    }

    [Fact]
    public async Task Lines_in_files_have_what_json_has()
    {
        await WriteAsync("MessageNew", Tea);
        await _stage.HandleAsync(Handler("jsonl", $"Path={_folder.Path}", "Structure=on"));
        var line = JsonNode.Parse(File.ReadAllText(Path.Combine(_folder.Path, "0.jsonl")));
        Assert.True(JsonNode.DeepEquals(Assert.Single(await PostedAsync("Structure=on")), line));
    }

    /// <summary>The octets are kept, as literals count them.</summary>
    [Fact]
    public async Task What_is_no_UTF8_is_in_base64()
    {
        await WriteAsync("MessageNew", Encoding.Latin1.GetBytes("Subject: Tee f\u00fcr zwei\r\n\r\nx\r\n"));
        var message = Assert.Single(await PostedAsync("Structure=on"))!["messages"]![0]!;
        var text = Encoding.Latin1.GetString(Convert.FromBase64String((string)message["envelopeBase64"]!));
        Assert.Contains("{12}\r\nTee f\u00fcr zwei", text, StringComparison.Ordinal);
        Assert.Null(message["envelope"]);
        Assert.NotNull(message["bodyStructure"]);
        var shown = Assert.Single(await PostedAsync("View=cyrus", "Structure=on"))!;
        Assert.Equal((string)message["envelopeBase64"]!, (string)shown["vnd.mailgrains.envelopeBase64"]!);
        Assert.Null(shown["vnd.cmu.envelope"]);
    }

    [Theory]
    [InlineData("View=json")]
    [InlineData("View=cyrus")]
    public async Task A_message_that_is_not_kept_any_more_has_none(string view)
    {
        await WriteAsync("MessageNew", Tea);
        _stage.Contents.Clear();
        Assert.True(JsonNode.DeepEquals(Assert.Single(await PostedAsync(view)), Assert.Single(await PostedAsync(view, "Structure=on"))));
    }

    [Fact]
    public async Task Documents_of_bonnies_log_have_the_header_fields_that_are_named()
    {
        await WriteAsync("MessageNew", Tea);
        Assert.Null(Assert.Single(await PostedAsync("View=bonnie"))!["headers"]);
        var headers = Assert.Single(await PostedAsync("View=bonnie", "Headers=Subject,From"))!["headers"]!;
        Assert.Equal("""{"Subject":"Tea","From":["Bob <bob@example.net>"]}""", headers.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    }

    /// <summary>Whatever mail is like, it is told, and most of it with what was asked for.</summary>
    [Theory]
    [InlineData("View=json", "Structure=on", "envelope")]
    [InlineData("View=cyrus", "Structure=on", "vnd.cmu.envelope")]
    [InlineData("View=bonnie", "Headers=From,To,Subject,Date,Received", "headers")]
    public async Task No_message_is_too_strange(string view, string more, string member)
    {
        var ids = await _stage.WriteAsync(Corpus.All().Select(name => Payload("MessageNew", Corpus.Read(name))));
        Assert.True(ids.Count > 100);
        await PostedAsync(view, more);
        Assert.Equal(ids.Order(), _receiver.Events.Keys.Order());
        var posted = _receiver.Bodies.SelectMany(b => JsonNode.Parse(b.Body)!.AsArray())
            .Select(one => one!["messages"] is JsonArray { Count: > 0 } read ? read[0]! : one);
        Assert.True(posted.Count(one => one[member] is not null) > ids.Count / 2);
    }

    [Fact]
    public async Task No_message_is_too_strange_for_lines()
    {
        var ids = await _stage.WriteAsync(Corpus.All().Select(name => Payload("MessageNew", Corpus.Read(name))));
        await _stage.HandleAsync(Handler("jsonl", $"Path={_folder.Path}", "Structure=on"));
        var lines = File.ReadLines(Path.Combine(_folder.Path, "0.jsonl")).Select(line => JsonNode.Parse(line)!).ToList();
        Assert.Equal(ids, lines.Select(line => (string)line["event"]!["id"]!));
        Assert.True(lines.Count(line => line["messages"]?[0]?["bodyStructure"] is not null) > ids.Count / 2);
    }

    [Fact]
    public void Messages_are_read_only_when_asked_for()
    {
        Assert.Equal(Interests.None, Handler("webhook", "Url=https://hook", "View=cyrus").Interests);
        Assert.Equal(Interests.Body, Handler("webhook", "Url=https://hook", "View=cyrus", "Structure=on").Interests);
        Assert.Equal(Interests.Header, Handler("webhook", "Url=https://hook", "View=bonnie", "Headers=Subject").Interests);
        Assert.Equal(Interests.None, Handler("jsonl", $"Path={_folder.Path}").Interests);
        Assert.Equal(Interests.None, Handler("jsonl", $"Path={_folder.Path}", "Structure=off").Interests);
        Assert.Equal(Interests.Body, Handler("jsonl", $"Path={_folder.Path}", "Structure=on").Interests);
    }

    private async Task WriteAsync(string type, byte[] message) => await _stage.WriteAsync(Payload(type, message));

    private JsonObject Payload(string type, byte[] message)
    {
        var payload = SampleEvents.Payload(type);
        var blob = BlobId.Of(message);
        payload["messages"]![0]!["blobId"] = blob.ToString();
        _stage.Contents[blob] = message;
        return payload;
    }

    private async Task<JsonArray> PostedAsync(params string[] keys)
    {
        var handler = Handler("webhook", [$"Url={_server.Url}", "ServerName=mail.example.org", .. keys]);
        await _stage.HandleAsync(handler);
        (handler as IDisposable)!.Dispose();
        return JsonNode.Parse(_receiver.Bodies.Last().Body)!.AsArray();
    }

    private static IEventHandler Handler(string kind, params string[] keys) => SubscriberKinds.BuiltIn.With("webhook", new WebhookFactory()).Create(
        new SubscriberSection("out", keys.Append($"Kind={kind}").Select(k => k.Split('=', 2)).Select(k => KeyValuePair.Create(k[0], k[1])))).Handler;
}
