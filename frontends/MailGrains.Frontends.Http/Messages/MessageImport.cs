using System.Globalization;
using System.Text;
using MailGrains.Frontends.Http.Accounts;
using MailGrains.Grains.Contracts.Calls;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Contracts.Messages;
using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Mime;
using MailGrains.Model;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace MailGrains.Frontends.Http.Messages;

/// <summary>
/// Takes one message as the request's body. <c>source</c> names where it came from: the same message from the same source into the same folder is
/// stored once, so that an import can be started again, and the call be repeated when a silo goes away.
/// </summary>
internal sealed class MessageImport(AccountDirectory directory, IGrainFactory grains, HttpLimits limits, TimeProvider time)
{
    public async Task<IResult> HandleAsync(
        HttpRequest request, string name, string folder, string source, string? flags, long? date, CancellationToken cancellation)
    {
        var mailbox = grains.GetGrain<IMailboxGrain>((await directory.FindAsync(name)).Id.Value);
        if (await ReadAsync(request, cancellation) is not { } bytes)
            return ApiError.Result(StatusCodes.Status413PayloadTooLarge, "too-big", $"A message has at most {limits.MessageSize} octets.");
        if (bytes.Length == 0) return ApiError.BadRequest("The message is empty.");

        var content = new MessageContent { Blob = BlobId.Of(bytes), Bytes = bytes, Summary = SummaryBuilder.BuildEncoded(bytes) };
        var message = new AppendMessage(content, [.. Split(flags)], date is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null);
        var append = new AppendRequest(SessionId.None, Operation(folder, source, content.Blob), folder, [message])
        {
            By = AdminAccess.OriginOf(request.HttpContext),
        };
        var result = await Patience.CallAsync(time, () => AppendAsync(mailbox, append), cancellation);
        return Results.Ok(new ImportedMessage(result.UidValidity, result.Uids.Ranges[0].First));
    }

    /// <summary>Appends in the name of who is said to do it; makes the folder when it isn't there.</summary>
    internal static async Task<AppendResult> AppendAsync(IMailboxGrain mailbox, AppendRequest append)
    {
        try
        {
            return await mailbox.AppendAsync(append);
        }
        catch (MailboxException missing) when (missing.Error == MailboxError.NonExistent)
        {
            await mailbox.EnsureFolderAsync(append.Path, append.By!);
            return await mailbox.AppendAsync(append);
        }
    }

    private static IEnumerable<string> Split(string? flags) =>
        (flags ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static BlobId Operation(string folder, string source, BlobId blob) => BlobId.Of(
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"import\n{folder}\n{source}\n{blob}")));

    /// <summary>The body, or null when it is larger than a message may be.</summary>
    private async Task<byte[]?> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (request.ContentLength is not { } length || length > limits.MessageSize) return null;

        // The server's own limit for bodies is smaller than what a message may be.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } body) body.MaxRequestBodySize = limits.MessageSize;
        var bytes = new byte[length];
        await request.Body.ReadExactlyAsync(bytes, cancellation);
        return bytes;
    }
}
