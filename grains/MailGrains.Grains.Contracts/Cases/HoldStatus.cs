namespace MailGrains.Grains.Contracts.Cases;

public enum HoldStatus
{
    None,
    Held,

    /// <summary>It holds; one officer has asked for its release.</summary>
    ReleaseAsked,

    /// <summary>It held once.</summary>
    Released,
}
