namespace MailGrains.Cli.Api;

internal sealed record ServerStatus(
    string Version, bool Ready, long UptimeSeconds, long ResidentBytes, long Accounts, long OwedActs, long? LiveBodyBytes, long? DeadBodyBytes);
