using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MailGrains.Model;
using MailGrains.Storage.Events;

namespace MailGrains.Outputs.Tests.Stage;

/// <summary>The examples of docs/events.md, which are what the server writes.</summary>
internal static partial class SampleEvents
{
    public static readonly AccountId Account = new(Guid.Parse("0191a0b0-0000-7000-8000-000000000001"));

    private static readonly Lazy<Dictionary<string, string>> Examples = new(Read);

    public static string Root { get; } = FindRoot();

    public static TheoryData<string> Types => [.. Examples.Value.Keys];

    public static JsonObject Payload(string type) => JsonNode.Parse(Examples.Value[type])!.AsObject();

    public static EventRecord Record(string type, long position = 1) => Record(Payload(type), position);

    public static EventRecord Record(JsonObject payload, long position = 1)
    {
        var octets = System.Text.Encoding.UTF8.GetBytes(payload.ToJsonString());
        var at = DateTimeOffset.Parse((string)payload["timestamp"]!, System.Globalization.CultureInfo.InvariantCulture);
        return new EventRecord(0, position, Account, new EventWrite(position, (string)payload["type"]!, at, default, BlobId.Of(octets), octets));
    }

    /// <summary>By type; a second example of the same type has a number behind it.</summary>
    private static Dictionary<string, string> Read() => Example().Matches(File.ReadAllText(Path.Combine(Root, "docs", "events.md")))
        .GroupBy(m => m.Groups["type"].Value, m => m.Groups["json"].Value)
        .SelectMany(examples => examples.Select((json, n) => (Name: n == 0 ? examples.Key : $"{examples.Key} {n + 1}", Json: json)))
        .ToDictionary(e => e.Name, e => e.Json);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "MailGrains.sln"))) return folder.FullName;
        throw new DirectoryNotFoundException("MailGrains.sln is in no folder above " + AppContext.BaseDirectory);
    }

    [GeneratedRegex("""```json\s*(?<json>\{\s*"type": "(?<type>\w+)".*?)```""", RegexOptions.Singleline)]
    private static partial Regex Example();
}
