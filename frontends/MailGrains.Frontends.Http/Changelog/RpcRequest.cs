using System.Text.Json;

namespace MailGrains.Frontends.Http.Changelog;

/// <summary>One call (JSON-RPC 2.0, section 4).</summary>
/// <param name="Id">A string, a number or null, to be repeated in the answer; null where there is none: no answer is wanted.</param>
/// <param name="Method">Null: the call is no valid one.</param>
internal readonly record struct RpcRequest(JsonElement? Id, string? Method, RpcParameters Parameters)
{
    private static readonly JsonElement s_null = JsonElement.Parse("null");

    public static RpcRequest Read(JsonElement element)
    {
        // Invalid calls are answered too, with a null for what can't be known.
        var invalid = new RpcRequest(s_null, null, default);
        try
        {
            if (element.ValueKind != JsonValueKind.Object) return invalid;
            JsonElement? id = element.TryGetProperty("id", out var given) ? given : null;
            if (id is { ValueKind: not (JsonValueKind.String or JsonValueKind.Number or JsonValueKind.Null) }) return invalid;
            if (!element.TryGetProperty("jsonrpc", out var version) || !version.ValueEquals("2.0")) return invalid with { Id = id ?? invalid.Id };
            if (!element.TryGetProperty("method", out var method) || method.ValueKind != JsonValueKind.String) return invalid with { Id = id ?? invalid.Id };
            JsonElement? parameters = element.TryGetProperty("params", out var named) ? named : null;
            return new RpcRequest(id, method.GetString(), new RpcParameters(parameters));
        }
        catch (InvalidOperationException)
        {
            // A version that is no string, or half a character somewhere.
            return invalid;
        }
    }
}
