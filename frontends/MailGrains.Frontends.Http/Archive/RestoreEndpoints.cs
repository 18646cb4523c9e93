using MailGrains.Frontends.Http.Accounts;
using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MailGrains.Frontends.Http.Archive;

/// <summary>
/// Undelete: /api/accounts/NAME/deleted for administrators, and /api/me/deleted for users, who log in with HTTP Basic and see what they deleted within a
/// window.
/// </summary>
internal sealed class RestoreEndpoints(
    Restoration restoration, AccountDirectory directory, AccountAccess accounts, RestoreWindow window, TimeProvider time)
{
    private const string Realm = "MailGrains";
    private const int DefaultLimit = 100;
    private const int MaxLimit = 10_000;

    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/accounts/{name}/deleted", async (string name, CancellationToken cancellation, DateTimeOffset? since = null, int limit = DefaultLimit) =>
            await restoration.ListAsync((await directory.FindAsync(name)).Id, since ?? DateTimeOffset.UnixEpoch, Math.Clamp(limit, 1, MaxLimit), cancellation));
        api.MapPost("/accounts/{name}/restore", async (string name, RestoreRequest request, HttpContext http, CancellationToken cancellation) =>
            await RestoreAsync((await directory.FindAsync(name)).Id, request, DateTimeOffset.UnixEpoch, AdminAccess.OriginOf(http), cancellation));
        var users = api.MapGroup("/me").WithMetadata(new OwnAccess(GuardAsync));
        users.MapGet("/deleted", async (HttpContext http, CancellationToken cancellation, int limit = DefaultLimit) =>
            await restoration.ListAsync(UserOf(http).Actor!.Value, Since(), Math.Clamp(limit, 1, MaxLimit), cancellation));
        users.MapPost("/restore", async (RestoreRequest request, HttpContext http, CancellationToken cancellation) =>
            await RestoreAsync(UserOf(http).Actor!.Value, request, Since(), UserOf(http), cancellation));
    }

    /// <summary>Stands before the users' endpoints.</summary>
    public async Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        var (origin, refusal) = AccountAccess.IsOfAnotherSite(context.Request)
            ? (null, AccountAccess.Unauthorized(context, Realm))
            : await accounts.LogInAsync(context, Realm);
        if (origin is null)
        {
            await refusal!.ExecuteAsync(context);
            return;
        }

        context.Items[typeof(RestoreEndpoints)] = origin;
        await next(context);
    }

    private static SessionOrigin UserOf(HttpContext http) => (SessionOrigin)http.Items[typeof(RestoreEndpoints)]!;

    private DateTimeOffset Since() => time.GetUtcNow() - window.ForUsers;

    private async Task<IResult> RestoreAsync(
        AccountId account, RestoreRequest request, DateTimeOffset since, SessionOrigin by, CancellationToken cancellation) =>
        request.Entries is not { Count: > 0 and <= MaxLimit } entries
            ? ApiError.BadRequest($"Name 1 to {MaxLimit} entries, as the list has them.")
            : Results.Ok(await restoration.RestoreAsync(account, entries, request.Folder, since, by, cancellation));
}
