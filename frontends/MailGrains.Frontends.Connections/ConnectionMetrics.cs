using System.Diagnostics.Metrics;

namespace MailGrains.Frontends.Connections;

/// <summary>Figures of the meter <c>MailGrains.Connections</c>, by service.</summary>
internal static class ConnectionMetrics
{
    private static readonly Meter s_meter = new("MailGrains.Connections");

    private static readonly UpDownCounter<long> s_open = s_meter.CreateUpDownCounter<long>(
        "mailgrains.connections.open", "{connection}", "Connections open now.");

    private static readonly Counter<long> s_refused = s_meter.CreateCounter<long>(
        "mailgrains.connections.refused", "{connection}", "Connections turned away because a cap was reached.");

    public static void Opened(string service) => s_open.Add(1, Tag(service));

    public static void Closed(string service) => s_open.Add(-1, Tag(service));

    public static void Refused(string service) => s_refused.Add(1, Tag(service));

    private static KeyValuePair<string, object?> Tag(string service) => new("service", service);
}
