namespace MailGrains.Cli.Api;

internal sealed record ServerStatus(string Version, bool Ready, long UptimeSeconds, long ResidentBytes, int Accounts, long? LiveBodyBytes, long? DeadBodyBytes);
