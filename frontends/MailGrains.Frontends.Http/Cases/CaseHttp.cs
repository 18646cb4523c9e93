using MailGrains.Frontends.Http.Archive;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace MailGrains.Frontends.Http.Cases;

/// <summary>The API for officers. Where there is no archive, it says so.</summary>
internal static class CaseHttp
{
    public static void AddCases(this IServiceCollection services)
    {
        services.AddSingleton<OfficerAccess>();
        services.AddSingleton<CaseCalls>();
        services.AddSingleton<CaseEndpoints>();
        services.AddSingleton<CaseSearching>();
        services.AddSingleton<CaseSearchEndpoints>();
        services.AddSingleton<CaseExportEndpoints>();
    }

    public static void MapCases(this WebApplication app, IEndpointRouteBuilder api)
    {
        var cases = api.MapGroup("/cases").WithMetadata(new OwnAccess(app.Services.GetRequiredService<OfficerAccess>().GuardAsync));
        if (new[] { typeof(IRecordReader), typeof(IContentIndex), typeof(IBodyIndex) }.Any(port => app.Services.GetService(port) is null))
        {
            cases.MapFallback(() => ApiError.Result(
                StatusCodes.Status409Conflict, "no-archive", "Cases need the archive and its full-text index (Archive:Enabled), at this node too."));
            return;
        }

        app.Services.GetRequiredService<RestoreEndpoints>().Map(api);
        app.Services.GetRequiredService<CaseEndpoints>().Map(cases);
        app.Services.GetRequiredService<CaseSearchEndpoints>().Map(cases);
        app.Services.GetRequiredService<CaseExportEndpoints>().Map(cases);
    }
}
