namespace MailGrains.Grains.Contracts.Cluster;

/// <summary>For frontends in the silo's process: whether the silo is being emptied, and new clients should be sent elsewhere.</summary>
public interface INodeDrain
{
    bool IsDraining { get; }
}
