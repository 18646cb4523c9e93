namespace MailGrains.ClusterTls.Tests;

/// <summary>Tells where it is, and gives back what it is given.</summary>
public interface IWhereGrain : IGrainWithIntegerKey
{
    Task<string> SiloAsync();

    Task<byte[]> EchoAsync(byte[] octets);
}
