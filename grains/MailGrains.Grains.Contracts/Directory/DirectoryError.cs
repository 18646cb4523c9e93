namespace MailGrains.Grains.Contracts.Directory;

public enum DirectoryError
{
    NotFound,
    AddressTaken,
    LastAddress,

    /// <summary>A group of that name is there already.</summary>
    NameTaken,

    /// <summary>There is a list of domains, and this one is not in it.</summary>
    UnknownDomain,

    /// <summary>The group would be a member of itself.</summary>
    Loop,

    /// <summary>Addresses are left in the domain.</summary>
    InUse,

    /// <summary>The name can't be one.</summary>
    BadName,

    /// <summary>The directory's log does not reach to that moment: it begins later, or the moment has not come.</summary>
    OutsideLog,
}
