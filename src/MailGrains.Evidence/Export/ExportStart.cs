using MailGrains.Evidence.Merkle;

namespace MailGrains.Evidence.Export;

/// <summary>Where a partition's events begin that is not exported as a whole.</summary>
/// <param name="Size">Events left out: the first one exported has the position after it.</param>
/// <param name="Frontier">What the tree of those events is continued from: <see cref="MerkleProver.FrontierAsync"/> of that size.</param>
public sealed record ExportStart(long Size, IReadOnlyList<TreeHash> Frontier);
