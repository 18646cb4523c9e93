using MailGrains.Frontends.Lmtp.Delivering;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MailGrains.Frontends.Lmtp;

public static class LmtpFrontend
{
    /// <summary>
    /// Registers <see cref="LmtpProtocol"/>; a grain factory must be there. Open its listeners with
    /// <c>kestrel.ListenFor&lt;LmtpProtocol&gt;(endPoints, LmtpProtocol.ListenerDefaults)</c>.
    /// </summary>
    public static IServiceCollection AddLmtp(this IServiceCollection services, LmtpOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<IDeliveryTarget, GrainDeliveryTarget>();
        services.AddSingleton<LmtpProtocol>();
        return services;
    }
}
