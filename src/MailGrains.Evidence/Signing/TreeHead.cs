using MailGrains.Evidence.Merkle;

namespace MailGrains.Evidence.Signing;

/// <summary>A tree of a partition at one size.</summary>
public readonly record struct TreeHead(long Size, TreeHash Root);
