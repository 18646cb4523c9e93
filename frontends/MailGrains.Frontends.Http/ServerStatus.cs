namespace MailGrains.Frontends.Http;

public sealed record ServerStatus(string Version, bool Ready, long UptimeSeconds, long ResidentBytes, int Accounts, long LiveBodyBytes, long DeadBodyBytes);
