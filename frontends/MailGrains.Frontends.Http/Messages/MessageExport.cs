using System.Buffers;
using System.Text.Json;
using MailGrains.Frontends.Http.Accounts;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Model;
using MailGrains.Model.Columns;
using Microsoft.AspNetCore.Http;

namespace MailGrains.Frontends.Http.Messages;

/// <summary>
/// Gives all messages of a folder, in order: for each a line of JSON (<see cref="ExportedMessage"/>) and, right after its line feed, the message's octets.
/// Not before the mailbox's log has it who was given them: where nothing can be written, nothing is given.
/// </summary>
internal sealed class MessageExport(AccountDirectory directory, IGrainFactory grains, StoredMessages stored, TimeProvider time)
{
    private const int FlushAt = 256 * 1024;

    public async Task HandleAsync(HttpContext context, string name, string folder, CancellationToken cancellation)
    {
        var profile = await directory.FindAsync(name);
        var mailbox = grains.GetGrain<IMailboxGrain>(profile.Id.Value);
        await using var reading = await FolderReading.OpenAsync(mailbox, AdminAccess.OriginOf(context), time);
        var rows = await reading.RowsAsync(folder);
        await AccessRecord.WriteAsync(
            context, mailbox, EventDetails.None.With("what", "export").With("folder", folder).With("count", rows.Rows.Count));

        context.Response.ContentType = "application/x-mailgrains-messages";
        context.Response.Headers["X-Message-Count"] = rows.Rows.Count.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var output = context.Response.BodyWriter;
        await foreach (var (row, message, problem) in stored.ReadAsync(profile.Id, rows.Rows, cancellation))
        {
            using (message)
            {
                Write(output, Header(row, rows.Keywords, message, problem), message);
            }

            if (output.UnflushedBytes >= FlushAt) await output.FlushAsync(cancellation);
        }

        await output.FlushAsync(cancellation);
    }

    private static ExportedMessage Header(MessageRow row, KeywordTable keywords, StoredMessage? message, string? problem) =>
        new(row.Uid, [.. keywords.Names(row.Flags)], row.InternalDate, message?.Length, problem);

    private static void Write(System.IO.Pipelines.PipeWriter output, ExportedMessage header, StoredMessage? message)
    {
        output.Write(JsonSerializer.SerializeToUtf8Bytes(header, JsonSerializerOptions.Web));
        output.Write("\n"u8);
        if (message is null) return;
        output.Write(message.Prefix.Span);
        output.Write(message.Body.Span);
    }
}
