using MailGrains.Tampering.Tests.Damage;
using MailGrains.Tampering.Tests.Engines;
using Xunit;

namespace MailGrains.Tampering.Tests;

/// <summary>The embedded database, with packs.</summary>
public sealed class SqliteLogTests(SqliteEngine engine) : LogDamage(engine)
{
    public static TheoryData<string, string> All => Changes.Of(typeof(SqliteCopy));

    [Theory]
    [MemberData(nameof(All))]
    public Task Damage_is_named(string table, string change) => NameAsync(table, change);

    private protected override string PutBack() => "was signed";
}
