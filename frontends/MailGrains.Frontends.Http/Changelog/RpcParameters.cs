using System.Globalization;
using System.Text.Json;

namespace MailGrains.Frontends.Http.Changelog;

/// <summary>The named parameters of a call. Those that are null count as absent; those nobody asks for are passed over.</summary>
internal readonly record struct RpcParameters(JsonElement? Given)
{
    /// <exception cref="RpcError">They are not named.</exception>
    public void Check()
    {
        if (Given is { ValueKind: not (JsonValueKind.Object or JsonValueKind.Null) }) throw Invalid("Parameters are named: an object is expected.");
    }

    public string Required(string name) => Optional(name) is { Length: > 0 } text ? text : throw Invalid($"The parameter {name} is missing.");

    /// <summary>A text; a number as it is written.</summary>
    public string? Optional(string name)
    {
        if (Given is not { ValueKind: JsonValueKind.Object } named) return null;
        try
        {
            if (!named.TryGetProperty(name, out var value)) return null;
            return value.ValueKind switch
            {
                JsonValueKind.Null => null,
                JsonValueKind.String => value.GetString(),
                JsonValueKind.Number => value.GetRawText(),
                _ => throw Invalid($"The parameter {name} is no text."),
            };
        }
        catch (InvalidOperationException)
        {
            throw Invalid($"The parameter {name} is no text.");
        }
    }

    /// <summary>A number; clients that took it from a form send it as a text.</summary>
    public long Revision(string name) => ToRevision(name, Required(name));

    public static long ToRevision(string name, string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var revision)
            ? revision
            : throw Invalid($"The parameter {name} is no revision.");

    public static RpcError Invalid(string message) => new(RpcError.InvalidParams, message);
}
