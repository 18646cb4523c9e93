using MailGrains.Grains.Contracts.Sessions;
using Microsoft.AspNetCore.Http;

namespace MailGrains.Frontends.Http.Cases;

/// <summary>Who works on cases, of a request that was let in.</summary>
internal sealed record Officer(SessionOrigin Origin)
{
    private static readonly object s_key = new();

    public static Officer Of(HttpContext context) => (Officer)context.Items[s_key]!;

    public void AttachTo(HttpContext context) => context.Items[s_key] = this;

    public bool Holds(string role) => Origin.Memberships?.Roles.Contains(role) == true;
}
