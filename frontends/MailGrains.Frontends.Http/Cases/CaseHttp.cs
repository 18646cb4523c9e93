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
        services.AddSingleton<CaseEndpoints>();
        services.AddSingleton<CaseSearching>();
        services.AddSingleton<CaseSearchEndpoints>();
        services.AddSingleton<CaseExportEndpoints>();
    }

    public static void MapCases(this WebApplication app, IEndpointRouteBuilder api)
    {
        app.UseWhen(
            context => context.Request.Path.StartsWithSegments(OfficerAccess.Path),
            guarded => guarded.Use(app.Services.GetRequiredService<OfficerAccess>().GuardAsync));
        var cases = api.MapGroup("/cases").WithMetadata(OwnAccess.Instance);
        if (app.Services.GetService<IRecordReader>() is null || app.Services.GetService<IContentIndex>() is null || app.Services.GetService<IBodyIndex>() is null)
        {
            api.MapFallback("/me/{**rest}", () => ApiError.Result(StatusCodes.Status409Conflict, "no-archive", "There is no archive here."));
            cases.MapFallback(() => ApiError.Result(
                StatusCodes.Status409Conflict, "no-archive", "Cases need the archive and its full-text index (Archive:Enabled), and a silo to ask."));
            return;
        }

        app.UseWhen(
            context => context.Request.Path.StartsWithSegments(RestoreEndpoints.UserPath),
            guarded => guarded.Use(app.Services.GetRequiredService<RestoreEndpoints>().GuardAsync));
        app.Services.GetRequiredService<RestoreEndpoints>().Map(api);
        app.Services.GetRequiredService<CaseEndpoints>().Map(cases);
        app.Services.GetRequiredService<CaseSearchEndpoints>().Map(cases);
        app.Services.GetRequiredService<CaseExportEndpoints>().Map(cases);
    }
}
