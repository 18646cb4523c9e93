namespace MailGrains.Storage.SqlServer;

/// <summary>What Orleans' ADO.NET providers (clustering, grain storage, reminders) need to find their tables, which are created with the store's.</summary>
public sealed class SqlServerOrleans(string connectionString)
{
    /// <summary>The invariant name under which Orleans takes this driver's connections.</summary>
    public const string Invariant = "Microsoft.Data.SqlClient";

    public string ConnectionString => connectionString;
}
