using Microsoft.AspNetCore.Http;

namespace MailGrains.Frontends.Http;

/// <summary>
/// Metadata of an endpoint under /api that has another way to say who may use it. The admin token is not asked for where routing has chosen such an endpoint,
/// and only there: what a path looks like decides nothing.
/// </summary>
/// <param name="guard">Stands before the endpoint: a stranger's body is not even read. null: the endpoint sees to it itself.</param>
internal sealed class OwnAccess(Func<HttpContext, RequestDelegate, Task>? guard)
{
    public static readonly OwnAccess Instance = new(null);

    public Task GuardAsync(HttpContext context, RequestDelegate next) => guard is null ? next(context) : guard(context, next);
}
