using MailGrains.Tampering.Tests.Damage;
using MailGrains.Tampering.Tests.Engines;
using Xunit;

namespace MailGrains.Tampering.Tests;

/// <summary>A table or column that comes into the schema is tampered with here, or named as one on which no evidence rests.</summary>
public sealed class CoverageTests(SqliteEngine sqlite, PostgreSqlEngine postgreSql)
{
    private static readonly (string Table, string Name, IReadOnlyList<string> Columns)[] All =
    [
        .. Changes.All.Select(change => (change.Table, change.Name, change.Columns)),
        .. MailboxDamage.All.Select(change => (change.Table, change.Name, change.Columns)),
    ];

    public static TheoryData<string> Engines => new("SQLite", "PostgreSQL");

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Every_column_of_every_table_is_changed_or_named_as_without_evidence(string engine)
    {
        await using var copy = await (engine == "SQLite" ? (TamperedEngine)sqlite : postgreSql).CopyAsync();
        var tables = (await copy.ColumnsAsync()).Where(table => !IsLeftOut(table.Key));
        var columns = tables.SelectMany(table => table.Select(column => (Table: table.Key, Column: column))).ToList();
        Assert.Contains(("event", "payload"), columns);
        var forgotten = columns.Where(c => !IsChanged(c.Table, c.Column) && !Tables.Idle.Contains(c) && !Tables.Copied.Contains(c));
        Assert.Empty(forgotten);
    }

    [Fact]
    public void Every_table_is_changed_in_every_way()
    {
        var wanted = All.Select(change => change.Table).Distinct().Where(table => !table.EndsWith('/') && table is not ("packs" or "log-key"))
            .SelectMany(table => Tables.Kinds.Select(kind => (Table: table, Kind: kind)));
        var forgotten = wanted.Except(Tables.Senseless).Where(w => !All.Any(change => change.Table == w.Table && change.Name.Contains(w.Kind, StringComparison.Ordinal)));
        Assert.Empty(forgotten);
    }

    [Fact]
    public void The_documentation_names_what_no_evidence_rests_on()
    {
        var page = File.ReadAllText(Path.Combine(Built.Root, "docs", "evidence.md"));
        var chapter = page[page.IndexOf("## What the owner of the database can do", StringComparison.Ordinal)..];
        var unnamed = Tables.LeftOut.Select(table => table.Replace("/*", "", StringComparison.Ordinal)).Concat(Tables.Idle.Select(idle => idle.Column))
            .Where(name => !chapter.Contains($"`{name}`", StringComparison.Ordinal));
        Assert.Empty(unnamed);
    }

    private static bool IsLeftOut(string table) => Tables.LeftOut.Any(name =>
        name.EndsWith('*') ? table.StartsWith(name[..^1], StringComparison.Ordinal) : table == name);

    private static bool IsChanged(string table, string column) => All.Any(change => change.Table == table && change.Columns.Contains(column));
}
