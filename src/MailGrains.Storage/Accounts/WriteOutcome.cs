namespace MailGrains.Storage.Accounts;

/// <summary>What became of a change of the directory. Whatever is not <see cref="Done"/> changed nothing.</summary>
public enum WriteOutcome
{
    Done,

    /// <summary>Somebody changed the account in between: read it again.</summary>
    Stale,

    /// <summary>An address, or a group's name, belongs to somebody else.</summary>
    Taken,

    /// <summary>There is a list of domains, and the domain of a new address is not in it.</summary>
    UnknownDomain,

    NotFound,

    /// <summary>The group would become a member of itself.</summary>
    Loop,

    /// <summary>Something still depends on it.</summary>
    InUse,
}
