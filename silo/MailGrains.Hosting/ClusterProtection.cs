using System.Net;
using MailGrains.ClusterTls;
using MailGrains.Hosting.Settings;

namespace MailGrains.Hosting;

/// <summary>How the cluster's nodes prove to each other that they are.</summary>
public static class ClusterProtection
{
    /// <summary>Whether whoever reaches this silo's ports can join its cluster, and others than this host can.</summary>
    public static bool IsOpenToStrangers(this NodeSettings settings) =>
        settings.ClusterTls() is null && !(IPAddress.IsLoopback(settings.ClusterListen.Address) && IPAddress.IsLoopback(settings.ClusterGateway.Address));

    /// <returns>null: not at all, plain TCP.</returns>
    /// <exception cref="SettingsException">Some of the files are named, but not all.</exception>
    public static ClusterTlsOptions? ClusterTls(this NodeSettings settings)
    {
        string[] files = [settings.ClusterCertificate, settings.ClusterKey, settings.ClusterAuthority];
        if (files.All(file => file.Length == 0)) return null;
        if (files.Any(file => file.Length == 0))
            throw new SettingsException("Cluster:Certificate, Cluster:Key and Cluster:Authority belong together: set all three or none.");
        return new ClusterTlsOptions
        {
            Certificate = Path.GetFullPath(files[0]),
            Key = Path.GetFullPath(files[1]),
            Authority = Path.GetFullPath(files[2]),
        };
    }
}
