using MailGrains.Evidence.Notes;

namespace MailGrains.Frontends.Http.Evidence;

/// <summary>What evidence is made with.</summary>
/// <param name="Key">Signs checkpoints; null where the nodes of a cluster were given none.</param>
/// <param name="Exports">The folder exports are written to, each in a folder of its own.</param>
public sealed record EvidenceFiles(NoteSigner? Key, string Exports);
