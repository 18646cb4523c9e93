namespace MailGrains.Frontends.Http;

/// <param name="OwedActs">Acts of administrators on their way to the logs of mailboxes and of the directory.</param>
/// <param name="LiveBodyBytes">Octets of stored bodies that mailboxes refer to; null where this process does not look after the bodies.</param>
/// <param name="DeadBodyBytes">Octets that wait to be collected; null likewise.</param>
public sealed record ServerStatus(
    string Version, bool Ready, long UptimeSeconds, long ResidentBytes, long Accounts, long OwedActs, long? LiveBodyBytes, long? DeadBodyBytes);
