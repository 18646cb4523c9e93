namespace MailGrains.Evidence.Signing;

/// <summary>Where a signer keeps things; the folders are made when there is something to keep.</summary>
/// <param name="Checkpoints">Everything it signed.</param>
/// <param name="Tiles">Hashes that save reading the log again; may be deleted.</param>
public sealed record SignerFolders(string Checkpoints, string Tiles);
