using System.Text.Json;
using MailGrains.Views.Bonnie;

namespace MailGrains.Outputs.Elasticsearch;

/// <summary>What became of the documents of a <c>_bulk</c> request.</summary>
/// <param name="Done">Those that are where they belong.</param>
/// <param name="Later">Those the server has no room for now.</param>
/// <param name="Refused">Those it will never take, and why.</param>
internal sealed record BulkOutcome(IReadOnlyList<BulkItem> Done, IReadOnlyList<BulkItem> Later, IReadOnlyList<(BulkItem Item, string Why)> Refused)
{
    private const int LongestReason = 500;

    /// <summary>Null: that is no answer to the request.</summary>
    public static BulkOutcome? Read(BulkRequest request, ReadOnlyMemory<byte> answer)
    {
        try
        {
            using var json = JsonDocument.Parse(answer);
            if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("items", out var items)) return null;
            return items.ValueKind == JsonValueKind.Array && items.GetArrayLength() == request.Items.Count ? Sort(request, items) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static BulkOutcome? Sort(BulkRequest request, JsonElement answers)
    {
        var (done, later, refused) = (new List<BulkItem>(), new List<BulkItem>(), new List<(BulkItem, string)>());
        var waiting = new HashSet<(string, string)>();
        foreach (var (item, answer) in request.Items.Zip(answers.EnumerateArray()))
        {
            if (Result(answer) is not { } result || !result.TryGetProperty("status", out var found) || !found.TryGetInt32(out var status)) return null;
            var place = (item.Document.Index, item.Document.Id);
            if (IsForLater(status))
            {
                waiting.Add(place);
                later.Add(item);
            }
            else if (!IsDone(item.Document, status)) refused.Add((item, $"{status} {Reason(result)}"));

            // A Logout whose Login has yet to come found nothing to complete.
            else if (waiting.Contains(place)) later.Add(item);
            else done.Add(item);
        }

        return new BulkOutcome(done, later, refused);
    }

    /// <summary>The one member of an answer, whose name is the act's.</summary>
    private static JsonElement? Result(JsonElement answer)
    {
        if (answer.ValueKind != JsonValueKind.Object) return null;
        foreach (var member in answer.EnumerateObject())
            return member.Value.ValueKind == JsonValueKind.Object ? member.Value : null;
        return null;
    }

    private static bool IsForLater(int status) => status is 429 or >= 500;

    /// <summary>A document that is there already, or is newer there, and a Logout without its Login, are as wanted.</summary>
    private static bool IsDone(BonnieDocument document, int status) => (document.Act, status) switch
    {
        (_, >= 200 and < 300) => true,
        (BonnieAct.Create, 409) => true,
        (BonnieAct.Index, 409) => document.Version is not null,
        (BonnieAct.Update, 404) => true,
        _ => false,
    };

    private static string Reason(JsonElement result)
    {
        var text = result.TryGetProperty("error", out var error) ? error.ToString() : "";
        return text.Length <= LongestReason ? text : text[..LongestReason];
    }
}
