using System.Diagnostics;
using System.Reflection;
using MailGrains.Frontends.Http.Accounts;
using MailGrains.Storage.Bodies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace MailGrains.Frontends.Http;

/// <summary>/api/status: the server at a glance.</summary>
internal sealed class StatusEndpoint(AccountDirectory directory, Readiness readiness, TimeProvider time, IBodyUsage? bodies = null)
{
    private readonly long _started = time.GetTimestamp();

    public void Map(IEndpointRouteBuilder api) => api.MapGet("/status", StatusAsync);

    private async Task<ServerStatus> StatusAsync(CancellationToken cancellation)
    {
        using var process = Process.GetCurrentProcess();
        var version = typeof(StatusEndpoint).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];
        var totals = await directory.Whole.CountAsync();
        var usage = bodies is null ? null : await bodies.ReadUsageAsync(cancellation);
        return new ServerStatus(
            version ?? "",
            readiness.IsReady,
            (long)time.GetElapsedTime(_started).TotalSeconds,
            process.WorkingSet64,
            totals.Accounts,
            totals.OwedActs,
            usage?.LiveBytes,
            usage?.DeadBytes);
    }
}
