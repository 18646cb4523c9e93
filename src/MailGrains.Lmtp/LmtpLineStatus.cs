namespace MailGrains.Lmtp;

public enum LmtpLineStatus
{
    Incomplete,
    Complete,
    TooLong,
}
