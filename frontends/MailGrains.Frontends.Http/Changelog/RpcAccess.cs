using Microsoft.AspNetCore.Http;

namespace MailGrains.Frontends.Http.Changelog;

/// <summary>Who may call: programs that log in with HTTP Basic as an account with the role <c>changelog</c>.</summary>
internal sealed class RpcAccess(AccountAccess accounts)
{
    public const string Role = "changelog";

    /// <summary>Null: let in. Otherwise the answer.</summary>
    public async Task<IResult?> RefuseAsync(HttpContext context)
    {
        var (origin, refusal) = await accounts.LogInAsync(context, "MailGrains changelog");
        if (origin is null) return refusal;
        return origin.Memberships?.Roles.Contains(Role) == true
            ? null
            : ApiError.Result(StatusCodes.Status403Forbidden, "forbidden", $"This account does not have the role {Role}.");
    }
}
