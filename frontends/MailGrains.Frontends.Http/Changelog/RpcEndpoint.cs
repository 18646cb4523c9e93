using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using MailGrains.Grains.Contracts.Calls;
using MailGrains.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MailGrains.Frontends.Http.Changelog;

/// <summary>
/// POST /api/rpc: JSON-RPC 2.0, one call or a batch. In this order, and each before anything of the next is looked at: the program logs in, has the role,
/// has signed for the user. Answers to calls have the status 200, whether result or error; 4xx says that no call was looked at.
/// </summary>
internal sealed class RpcEndpoint(RpcAccess access, RequestSignatures signatures, MailboxOwners owners, RpcMethods methods, ILogger<RpcEndpoint> logger)
{
    public const int MaxBody = 1024 * 1024;
    public const int MaxBatch = 50;

    private static readonly JsonDocumentOptions s_reading = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    // The answer is JSON and is declared so: nothing in it needs to be safe in HTML too.
    private static readonly JsonWriterOptions s_writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task ServeAsync(HttpContext context)
    {
        if (await RefusalAsync(context) is { } refused)
        {
            await refused.ExecuteAsync(context);
            return;
        }

        if (await ReadBodyAsync(context.Request) is not { } body)
        {
            await ApiError.Result(StatusCodes.Status413PayloadTooLarge, "too-large", $"A request has up to {MaxBody} octets.").ExecuteAsync(context);
            return;
        }

        context.Response.ContentType = "application/json";
        await using var writer = new Utf8JsonWriter(context.Response.BodyWriter, s_writing);
        await AnswerAsync(context, body, writer);
    }

    private async Task<IResult?> RefusalAsync(HttpContext context)
    {
        try
        {
            return await access.RefuseAsync(context);
        }
        catch (Exception failed) when (IsTemporary(failed))
        {
            return ApiError.Result(
                StatusCodes.Status503ServiceUnavailable, "unavailable", "A server of the cluster does not answer; try again in a few seconds.");
        }
    }

    private async Task AnswerAsync(HttpContext context, ReadOnlyMemory<byte> body, Utf8JsonWriter writer)
    {
        var headers = context.Request.Headers;
        var user = headers["X-Request-User"].ToString();
        var salt = headers.TryGetValue("X-Request-Salt", out var salted) ? salted.ToString() : null;
        if (!signatures.IsSigned(user, salt, body.Span, headers["X-Request-Sign"].ToString()))
        {
            WriteError(writer, null, RpcError.InvalidRequest, "The request is not signed for this user.");
            return;
        }

        using var document = TryParse(body);
        if (document is null)
        {
            WriteError(writer, null, RpcError.ParseError, "The request is no JSON.");
            return;
        }

        var root = document.RootElement;
        var isBatch = root.ValueKind == JsonValueKind.Array;
        if (isBatch && root.GetArrayLength() is 0 or > MaxBatch)
        {
            WriteError(writer, null, RpcError.InvalidRequest, $"A batch has 1 to {MaxBatch} calls.");
            return;
        }

        await AnswerCallsAsync(context, isBatch ? [.. root.EnumerateArray()] : [root], isBatch, user, writer);
    }

    /// <summary>Each answer is sent before the next is made: a batch needs no more memory than its largest answer.</summary>
    private async Task AnswerCallsAsync(HttpContext context, JsonElement[] calls, bool isBatch, string name, Utf8JsonWriter writer)
    {
        RequestUser? user = null;
        var answered = false;
        foreach (var element in calls)
        {
            var call = RpcRequest.Read(element);

            // Nothing can be changed here, so a call without an answer has nothing to do.
            if (call is { Id: null, Method: not null }) continue;
            if (isBatch && !answered) writer.WriteStartArray();
            answered = true;
            try
            {
                if (call.Method is null) throw new RpcError(RpcError.InvalidRequest, "This is no call of JSON-RPC 2.0.");
                user ??= await owners.FindAsync(name, context.RequestAborted);
                var write = await methods.CallAsync(call.Method, call.Parameters, user, context.RequestAborted);
                WriteResult(writer, call.Id, write);
            }
            catch (RpcError error)
            {
                WriteError(writer, call.Id, error.Code, error.Message);
            }
            catch (Exception failed) when (!context.RequestAborted.IsCancellationRequested)
            {
                if (!IsTemporary(failed)) Log.CallFailed(logger, failed, call.Method!);
                WriteError(writer, call.Id, RpcError.InternalError, IsTemporary(failed) ? "This can't be answered now; try again later." : "Internal error.");
            }

            await writer.FlushAsync(context.RequestAborted);
        }

        if (!answered) context.Response.StatusCode = StatusCodes.Status204NoContent;
        else if (isBatch) writer.WriteEndArray();
    }

    private static bool IsTemporary(Exception failed) => failed is StoreUnavailableException || CallFailures.Of(failed) != CallFailure.Refused;

    private static JsonDocument? TryParse(ReadOnlyMemory<byte> body)
    {
        if (!Utf8.IsValid(body.Span)) return null;
        try
        {
            return JsonDocument.Parse(body, s_reading);
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static void WriteResult(Utf8JsonWriter writer, JsonElement? id, Action<Utf8JsonWriter> write)
    {
        WriteHead(writer, id);
        writer.WritePropertyName("result");
        write(writer);
        writer.WriteEndObject();
    }

    private static void WriteError(Utf8JsonWriter writer, JsonElement? id, int code, string message)
    {
        WriteHead(writer, id);
        writer.WriteStartObject("error");
        writer.WriteNumber("code", code);
        writer.WriteString("message", message);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteHead(Utf8JsonWriter writer, JsonElement? id)
    {
        writer.WriteStartObject();
        writer.WriteString("jsonrpc", "2.0");
        writer.WritePropertyName("id");
        if (id is { } given) writer.WriteRawValue(given.GetRawText());
        else writer.WriteNullValue();
    }

    /// <summary>Null: there is more than is taken.</summary>
    private static async Task<ReadOnlyMemory<byte>?> ReadBodyAsync(HttpRequest request)
    {
        if (request.ContentLength > MaxBody) return null;
        using var body = new MemoryStream();
        var chunk = new byte[16 * 1024];
        for (int read; (read = await request.Body.ReadAsync(chunk, request.HttpContext.RequestAborted)) > 0;)
        {
            if (body.Length + read > MaxBody) return null;
            body.Write(chunk, 0, read);
        }

        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }
}
