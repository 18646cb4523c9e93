using MailGrains.Tampering.Tests.Damage;
using MailGrains.Tampering.Tests.Engines;
using Xunit;

namespace MailGrains.Tampering.Tests;

/// <summary>PostgreSQL, with bodies in the database.</summary>
public sealed class PostgreSqlLogTests(PostgreSqlEngine engine) : LogDamage(engine)
{
    public static TheoryData<string, string> All => Changes.Of(typeof(PostgreSqlCopy));

    [Theory]
    [MemberData(nameof(All))]
    public Task Damage_is_named(string table, string change) => NameAsync(table, change);

    /// <summary>The heads of the nodes are in the same database.</summary>
    private protected override string PutBack() => "is no longer in the database";
}
