namespace MailGrains.ClusterTls;

/// <summary>
/// The PEM files of one node. They are looked at again for every new connection: certificates are exchanged without a restart.
/// To exchange the authority, put the old and the new one into the file of every node first.
/// </summary>
public sealed record ClusterTlsOptions
{
    /// <summary>The node's certificate, followed by those between it and the authority, if there are any.</summary>
    public required string Certificate { get; init; }

    /// <summary>Its private key, unencrypted.</summary>
    public required string Key { get; init; }

    /// <summary>
    /// The certificates of the cluster's own authority. Whoever has a certificate of it is a member; names are not looked at. So it must be
    /// one that signs for this cluster and nothing else.
    /// </summary>
    public required string Authority { get; init; }

    /// <summary>How long a handshake may take; a node that hangs is found by the membership's probes, not by this.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(10);
}
