namespace MailGrains.Frontends.Http.Cluster;

/// <summary>A silo as the API shows it; what only the silo itself knows is null while it does not answer.</summary>
/// <param name="Silo">Its address and generation: names one process for ever.</param>
/// <param name="State"><c>active</c>, <c>draining</c>, <c>silent</c> (a member that does not answer), or the membership's word for what is not active.</param>
/// <param name="Activations">Grains of every kind.</param>
/// <param name="Clients">Frontend processes connected to it.</param>
public sealed record SiloView(
    string Silo,
    string Name,
    string State,
    DateTimeOffset StartedAt,
    string? Version,
    int? Mailboxes,
    int? Sessions,
    int? Activations,
    long? Clients,
    long? ResidentBytes);
