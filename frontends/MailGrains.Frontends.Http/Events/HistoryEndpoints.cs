using System.Runtime.CompilerServices;
using MailGrains.Frontends.Http.Accounts;
using MailGrains.Model;
using MailGrains.Model.Folders;
using MailGrains.Storage.Events;
using MailGrains.Views.History;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MailGrains.Frontends.Http.Events;

/// <summary>/api/accounts/NAME/history: who did what to a message or a folder, by the log of its mailbox.</summary>
internal sealed class HistoryEndpoints(IEventLog log, AccountDirectory directory)
{
    public void Map(IEndpointRouteBuilder api) => api.MapGet("/accounts/{name}/history", ReadAsync);

    /// <param name="folder">A path the folder has or had.</param>
    /// <param name="uid">A UID in it.</param>
    /// <param name="email">Or the message's EMAILID.</param>
    /// <param name="since">Only what happened at this time or later.</param>
    private async Task<IResult> ReadAsync(
        string name, CancellationToken cancellation, string? folder = null, long? uid = null, string? email = null, DateTimeOffset? since = null)
    {
        if (folder is not null && !FolderPath.TryNormalize(folder, out folder)) return ApiError.BadRequest("That can't be the path of a folder.");
        if (uid is not null && folder is null) return ApiError.BadRequest("A UID says nothing without its folder.");
        if (email is not null && folder is not null) return ApiError.BadRequest("Name the message by its folder and UID or by its EMAILID, not both.");
        var number = email is null ? null : HistoryQuestion.EmailOf(email);
        if (email is not null && number is null) return ApiError.BadRequest($"'{email}' is no EMAILID.");
        var account = (await directory.FindAsync(name)).Id;
        var places = new HistoryPlaces(new HistoryQuestion(folder, uid, number));
        if (places.HasToLearn)
        {
            await foreach (var record in log.ReadAllAsync(account, cancellation)) places.Learn(record);
            if (!places.HasFolder) return ApiError.NotFound($"By what is kept of the log, the mailbox never had a folder '{folder}'.");
        }

        return Results.Ok(LinesAsync(account, places, since ?? DateTimeOffset.MinValue, cancellation));
    }

    private async IAsyncEnumerable<HistoryLine> LinesAsync(
        AccountId account, HistoryPlaces places, DateTimeOffset since, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // From the beginning also where less is shown: where a message is, the events before say.
        var history = new MailboxHistory(places);
        await foreach (var record in log.ReadAllAsync(account, cancellation))
            if (history.Line(record) is { } line && line.At >= since) yield return line;
    }
}
