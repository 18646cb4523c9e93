namespace MailGrains.Storage.Records;

/// <summary>What a groupware object is. The numbers are kept in databases.</summary>
public enum GroupwareKind : byte
{
    Event = 1,
    Task = 2,
    Journal = 3,
    Note = 4,
    Contact = 5,
    DistributionList = 6,
    File = 7,
    Configuration = 8,
}
