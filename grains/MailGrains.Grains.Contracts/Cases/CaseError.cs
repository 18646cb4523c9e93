namespace MailGrains.Grains.Contracts.Cases;

public enum CaseError
{
    /// <summary>There is no such case, custodian, search or export.</summary>
    NotFound,

    /// <summary>The case is closed.</summary>
    Closed,

    /// <summary>Holds are in the way.</summary>
    Held,

    /// <summary>Whoever asked for a release can't agree to it as well.</summary>
    SecondPerson,

    /// <summary>The archive is not there, or behind.</summary>
    NoArchive,

    /// <summary>What was given can't be right.</summary>
    BadRequest,
}
