using MailGrains.Frontends.Lmtp.Delivering;
using Microsoft.Extensions.DependencyInjection;

namespace MailGrains.Frontends.Lmtp;

public static class LmtpServiceCollectionExtensions
{
    /// <summary>Registers LMTP; open its listeners with <c>kestrel.ListenFor&lt;LmtpProtocol&gt;(endpoints, LmtpProtocol.ListenerDefaults)</c>.</summary>
    public static IServiceCollection AddLmtp(this IServiceCollection services, LmtpOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<IDeliveryTarget, GrainDeliveryTarget>();
        services.AddSingleton<LmtpProtocol>();
        return services;
    }
}
