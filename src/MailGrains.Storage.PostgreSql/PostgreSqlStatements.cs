using System.Reflection;
using MailGrains.Storage.Relational;

namespace MailGrains.Storage.PostgreSql;

/// <summary>This engine's statements and scripts.</summary>
internal static class PostgreSqlStatements
{
    public static SqlText Sql { get; } = new(Assembly.GetExecutingAssembly());
}
