namespace MailGrains.Hosting.Stores;

/// <summary>What a process does with the store.</summary>
public enum StoreUse
{
    /// <summary>It has grains, so it writes.</summary>
    Everything,

    /// <summary>It reads, and lets the silos write.</summary>
    Reading,
}
