using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Orleans.Dashboard;

namespace MailGrains.Frontends.Http;

/// <summary>
/// Orleans' dashboard, made ready when somebody first asks for it: it reads, hashes and compresses all its files then, which costs
/// a good part of a second and tens of megabytes.
/// </summary>
internal sealed class LazyDashboard(IServiceProvider services)
{
    public const string Path = "/dashboard";

    private readonly Lazy<RequestDelegate> _pipeline = new(() => Build(services), LazyThreadSafetyMode.PublicationOnly);

    public Task ServeAsync(HttpContext context) => _pipeline.Value(context);

    private static RequestDelegate Build(IServiceProvider services)
    {
        var app = new ApplicationBuilder(services);
        app.UseRouting();
        app.UseEndpoints(endpoints => endpoints.MapOrleansDashboard(Path));
        return app.Build();
    }
}
