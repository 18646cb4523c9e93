using MailGrains.Authentication;
using MailGrains.Grains.Contracts.Directory;
using MailGrains.Model;
using MailGrains.Model.Accounts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MailGrains.Frontends.Http.Accounts;

/// <summary>/api/accounts: the directory.</summary>
internal sealed class AccountEndpoints(AccountDirectory directory, PasswordHasher hasher, AuthenticationOptions authentication, TimeProvider time)
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/accounts", ListAsync);
        api.MapPost("/accounts", CreateAsync);
        api.MapGet("/accounts/{name}", async (string name) => AccountView.Of(await directory.FindAsync(name)));
        api.MapDelete("/accounts/{name}", DeleteAsync);
        api.MapPut("/accounts/{name}/password", SetPasswordAsync);
        api.MapPut("/accounts/{name}/state", SetStateAsync);
        api.MapPost("/accounts/{name}/addresses/{address}", AddAddressAsync);
        api.MapDelete("/accounts/{name}/addresses/{address}", RemoveAddressAsync);
    }

    /// <summary>One page, in the order of logins; the next one is after the last login of this.</summary>
    private async Task<IEnumerable<AccountView>> ListAsync(string? after, int? limit) => (await directory.ListAsync(after, limit)).Select(AccountView.Of);

    private async Task<IResult> CreateAsync(AccountRequest request, HttpContext context, CancellationToken cancellation)
    {
        if (!AccountDirectory.TryAddress(request.Address, out var address, out var wrong)) return ApiError.BadRequest(wrong);
        PasswordVerifiers? verifiers = null;
        if (request.Password is not null)
        {
            verifiers = await VerifiersAsync(request.Password, cancellation);
            if (verifiers is null) return BadPassword();
        }

        var profile = await directory.Account(AccountId.New(time)).CreateAsync(address, verifiers, By(context));
        return Results.Created($"/api/accounts/{profile.Id}", AccountView.Of(profile));
    }

    private async Task<IResult> DeleteAsync(string name, HttpContext context)
    {
        var profile = await directory.FindAsync(name);
        await directory.Account(profile.Id).DeleteAsync(By(context));
        return Results.NoContent();
    }

    private async Task<IResult> SetPasswordAsync(string name, NewPassword request, HttpContext context, CancellationToken cancellation)
    {
        var profile = await directory.FindAsync(name);
        var verifiers = await VerifiersAsync(request.Password, cancellation);
        if (verifiers is null) return BadPassword();
        await directory.Account(profile.Id).SetPasswordAsync(verifiers, By(context));
        return Results.NoContent();
    }

    private async Task<IResult> SetStateAsync(string name, AccountState request, HttpContext context)
    {
        var profile = await directory.FindAsync(name);
        await directory.Account(profile.Id).SetDisabledAsync(request.Disabled, By(context));
        return Results.NoContent();
    }

    private async Task<IResult> AddAddressAsync(string name, string address, HttpContext context)
    {
        if (!AccountDirectory.TryAddress(address, out var parsed, out var wrong)) return ApiError.BadRequest(wrong);
        var profile = await directory.FindAsync(name);
        return Results.Ok(AccountView.Of(await directory.Account(profile.Id).AddAddressAsync(parsed, By(context))));
    }

    private async Task<IResult> RemoveAddressAsync(string name, string address, HttpContext context)
    {
        if (!AccountDirectory.TryAddress(address, out var parsed, out var wrong)) return ApiError.BadRequest(wrong);
        var profile = await directory.FindAsync(name);
        return Results.Ok(AccountView.Of(await directory.Account(profile.Id).RemoveAddressAsync(parsed, By(context))));
    }

    private static AdminActor By(HttpContext context) => AdminAccess.ActorOf(context);

    private async Task<PasswordVerifiers?> VerifiersAsync(string? password, CancellationToken cancellation) =>
        password is not null && PasswordText.TryPrepare(password, authentication.MaxPasswordOctets, out var octets)
            ? await hasher.CreateAsync(octets, cancellation)
            : null;

    private IResult BadPassword() =>
        ApiError.BadRequest($"A password has 1 to {authentication.MaxPasswordOctets} octets and no control characters.");
}
