using MailGrains.Frontends.Http.Accounts;
using MailGrains.Frontends.Http.Archive;
using MailGrains.Frontends.Http.Cases;
using MailGrains.Frontends.Http.Changelog;
using MailGrains.Frontends.Http.Cluster;
using MailGrains.Frontends.Http.Directory;
using MailGrains.Frontends.Http.Evidence;
using MailGrains.Frontends.Http.Events;
using MailGrains.Frontends.Http.Folders;
using MailGrains.Frontends.Http.Messages;
using MailGrains.Frontends.Http.Verification;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;

namespace MailGrains.Frontends.Http;

/// <summary>The HTTP side of the product: admin API, dashboard, metrics, health.</summary>
public static class AdminHttp
{
    // Each instrument gets room for all its series at once, and there are some two hundred: the default of 2,000 took 30 MB.
    private const int SeriesPerInstrument = 200;

    public static IServiceCollection AddAdminHttp(this IServiceCollection services, string adminToken, HttpLimits limits, EvidenceFiles evidence)
    {
        services.AddSingleton(new AdminAccess(adminToken));
        services.AddSingleton<AccountAccess>();
        services.AddSingleton<Readiness>();
        services.AddSingleton<AccountDirectory>();
        services.AddSingleton<AccountEndpoints>();
        services.AddSingleton<AccountImport>();
        services.AddSingleton<GroupEndpoints>();
        services.AddSingleton<DomainEndpoints>();
        services.AddSingleton<FolderEndpoints>();
        services.AddSingleton(limits);
        services.AddSingleton<StoredMessages>();
        services.AddSingleton<MessageImport>();
        services.AddSingleton<MessageExport>();
        services.AddSingleton<MessageEndpoints>();
        services.AddSingleton<MailboxVerification>();
        services.AddEvidence(evidence);
        services.AddSingleton<StatusEndpoint>();
        services.AddSingleton<ClusterMembers>();
        services.AddSingleton<ClusterEndpoints>();
        services.AddSingleton<EventEndpoints>();
        services.AddSingleton<HistoryEndpoints>();
        services.AddSingleton<SubscriberEndpoints>();
        services.AddCases();
        services.AddSingleton<Restoration>();
        services.AddSingleton<RestoreEndpoints>();
        services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter("MailGrains.*", "Microsoft.Orleans", "System.Runtime", "Microsoft.AspNetCore.Server.Kestrel")
            .AddView("*", new MetricStreamConfiguration { CardinalityLimit = SeriesPerInstrument })

            // By default a page may be a third of a second old, and who reads it twice sees nothing of what happened in between.
            .AddPrometheusExporter(exporter => exporter.ScrapeResponseCacheDurationMilliseconds = 0));
        return services;
    }

    /// <summary>Everything but health and what has <see cref="OwnAccess"/> asks for the admin token.</summary>
    public static void MapAdminHttp(this WebApplication app)
    {
        var access = app.Services.GetRequiredService<AdminAccess>();
        HealthEndpoints.Map(app, app.Services.GetRequiredService<Readiness>());

        app.UseWhen(context => context.Request.Path.StartsWithSegments("/metrics"), guarded => guarded.Use(access.GuardAsync));
        app.UseWhen(context => context.Request.Path.StartsWithSegments(LazyDashboard.Path), guarded =>
        {
            guarded.Use(access.GuardAsync);
            guarded.Run(new LazyDashboard(app.Services).ServeAsync);
        });
        app.MapPrometheusScrapingEndpoint("/metrics");

        app.UseWhen(context => context.Request.Path.StartsWithSegments("/api"), guarded => guarded.Use((HttpContext context, RequestDelegate next) =>
            context.GetEndpoint()?.Metadata.GetMetadata<OwnAccess>() is { } own ? own.GuardAsync(context, next) : access.GuardApiAsync(context, next)));
        var api = app.MapGroup("/api").AddEndpointFilter(ApiError.Filter).AddEndpointFilter(PatientReads.Filter);
        app.Services.GetRequiredService<AccountEndpoints>().Map(api);
        app.Services.GetRequiredService<AccountImport>().Map(api);
        app.Services.GetRequiredService<GroupEndpoints>().Map(api);
        app.Services.GetRequiredService<DomainEndpoints>().Map(api);
        app.Services.GetRequiredService<FolderEndpoints>().Map(api);
        app.Services.GetRequiredService<MessageEndpoints>().Map(api);
        app.Services.GetRequiredService<MailboxVerification>().Map(api);
        app.Services.GetRequiredService<EvidenceEndpoints>().Map(api);
        app.Services.GetRequiredService<ProofEndpoints>().Map(api);
        app.Services.GetRequiredService<StatusEndpoint>().Map(api);
        app.Services.GetRequiredService<ClusterEndpoints>().Map(api);
        app.Services.GetRequiredService<EventEndpoints>().Map(api);
        app.Services.GetRequiredService<HistoryEndpoints>().Map(api);
        app.Services.GetRequiredService<SubscriberEndpoints>().Map(api);
        app.MapCases(api);
        app.MapChangelogRpc();
    }
}
