namespace MailGrains.Frontends.Lmtp.Delivering;

public enum RecipientStatus
{
    /// <summary>Nobody has the address.</summary>
    Unknown,

    Found,

    /// <summary>The account exists and takes no mail.</summary>
    Disabled,

    /// <summary>A group without anybody in it who takes mail.</summary>
    EmptyGroup,

    /// <summary>A group of more members than one message is delivered to.</summary>
    LargeGroup,
}
