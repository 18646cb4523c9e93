using MailGrains.Evidence.Notes;
using MailGrains.Evidence.Retention;
using MailGrains.Evidence.Signing;
using MailGrains.Storage.Checkpoints;

namespace MailGrains.Frontends.Http.Evidence;

/// <summary>What evidence is made with.</summary>
/// <param name="Key">Signs checkpoints; null where the nodes of a cluster were given none.</param>
/// <param name="Exports">The folder exports are written to, each in a folder of its own.</param>
/// <param name="Folders">Where this node keeps what it signed.</param>
/// <param name="Shared">Where all nodes keep what they signed; null: there is one.</param>
public sealed record EvidenceFiles(NoteSigner? Key, string Exports, SignerFolders Folders, ICheckpointStore? Shared)
{
    /// <summary>From one checkpoint to the next, when something was written.</summary>
    public TimeSpan CheckpointEvery { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Gives time stamps (RFC 3161) for checkpoints; null: nobody does.</summary>
    public Uri? TimeStampAuthority { get; init; }

    /// <summary>How long events are kept; null: for ever.</summary>
    public LogRetentionOptions? Retention { get; init; }
}
