using MailGrains.Hosting.Settings;

namespace MailGrains.Hosting.Stores;

/// <summary>A cluster's store in a SQL Server database.</summary>
internal static class SqlServerStores
{
    public static Task<NodeStores> OpenAsync() =>
        throw new SettingsException("Storage:Provider = 'sqlserver' has no directory of accounts yet.");
}
