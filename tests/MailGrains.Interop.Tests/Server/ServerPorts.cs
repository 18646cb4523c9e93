namespace MailGrains.Interop.Tests.Server;

/// <summary>Where one server listens, on 127.0.0.1.</summary>
internal sealed record ServerPorts(int Imap, int Imaps, int Lmtp, int Http)
{
    public static ServerPorts Take() => new(FreePorts.Take(), FreePorts.Take(), FreePorts.Take(), FreePorts.Take());
}
