namespace MailGrains.Verify;

/// <summary>What is asked about a proof, as text.</summary>
/// <param name="Checkpoints">Files of checkpoints or heads kept elsewhere.</param>
internal sealed record ProofRequest(string File, IReadOnlyList<string> Keys, IReadOnlyList<string> Checkpoints);
