using System.Data;
using System.Globalization;
using System.Text.RegularExpressions;
using MailGrains.Storage.PostgreSql;
using MailGrains.Storage.SqlServer;
using MailGrains.Storage.SqlServer.Accounts;
using MailGrains.Storage.SqlServer.Tables;
using Microsoft.Data.SqlClient.Server;
using Xunit;

namespace MailGrains.Storage.Tests.SqlServer;

/// <summary>What can be known of the T-SQL without a server: that it parses, and that all names in it are there.</summary>
public sealed partial class SqlServerScriptTests
{
    public static TheoryData<string> Procedures => [.. TransactSql.Procedures().Select(p => p.Name)];

    [Fact]
    public void Every_script_and_statement_parses()
    {
        var sql = SqlServerStatements.Sql;
        var texts = sql.Names.Select(n => (Name: n, Text: sql.Statement(n)))
            .Concat(sql.Scripts("Migrations")).Concat(sql.Scripts("Orleans")).Concat(TransactSql.OrleansQueries()).ToArray();
        Assert.True(texts.Length > 60);
        Assert.All(texts, t => Assert.Empty(TransactSql.ParseErrors(t.Text)));
        Assert.NotEmpty(TransactSql.ParseErrors("SELECT no FROM mailgrains.mailbox WHERE"));
    }

    /// <summary>PostgreSQL's queries are those that Orleans is seen to find (PostgreSqlOrleansTests).</summary>
    [Fact]
    public void Orleans_finds_the_same_queries_as_on_PostgreSQL()
    {
        var known = PostgreSqlStatements.Sql.Scripts("Orleans").SelectMany(s => OrleansKey().Matches(s.Text)).Select(m => m.Groups[1].Value).Order();
        Assert.Equal(known, TransactSql.OrleansQueries().Select(q => q.Key).Order());
    }

    /// <summary>The directory asks by the same names and hands over the same values whatever the engine; with PostgreSQL it is seen to work.</summary>
    [Fact]
    public void The_directory_finds_the_same_statements_as_on_PostgreSQL() => Assert.Equal(
        DirectoryStatements(typeof(PostgreSqlStore)).Select(n => $"{n}: {Values(PostgreSqlStatements.Sql.Statement(n))}"),
        DirectoryStatements(typeof(SqlServerStore)).Select(n => $"{n}: {SqlServerStatements.Parameters(n).Sum(Values)}"));

    [Fact]
    public void The_schema_is_whole() => Assert.Empty(TransactSql.Complaints(""));

    [Theory]
    [MemberData(nameof(Procedures))]
    public void Every_statement_resolves_against_the_schema(string name) =>
        Assert.Empty(TransactSql.Complaints(TransactSql.Procedures().Single(p => p.Name == name).Text));

    [Theory]
    [InlineData("SELECT nothing FROM mailgrains.mailbox")]
    [InlineData("SELECT no FROM mailgrains.nowhere")]
    [InlineData("UPDATE m SET nothing = 1 FROM mailgrains.mailbox m")]
    public void A_name_that_is_not_there_is_found(string text) =>
        Assert.NotEmpty(TransactSql.Complaints($"CREATE PROCEDURE mailgrains.wrong AS BEGIN {text} END"));

    [Fact]
    public void Rows_are_sent_in_the_shape_of_their_types()
    {
        AssertShape("head_rows", GroupTables.Heads().Columns);
        AssertShape("deleted_folder_rows", GroupTables.DeletedFolders().Columns);
        AssertShape("folder_rows", GroupTables.Folders().Columns);
        AssertShape("page_rows", GroupTables.Pages().Columns);
        AssertShape("email_rows", GroupTables.Emails().Columns);
        AssertShape("reference_rows", GroupTables.References().Columns);
        AssertShape("expunge_rows", GroupTables.Expunges().Columns);
        AssertShape("keyword_rows", GroupTables.Keywords().Columns);
        AssertShape("subscription_rows", GroupTables.Subscriptions().Columns);
        AssertShape("operation_rows", GroupTables.Operations().Columns);
        AssertShape("event_rows", GroupTables.Events().Columns);
        AssertShape("body_rows", SqlServerBodyTable.BodyRows().Columns);
        AssertShape("pack_list", ((RowSet<int>)Lists.Of(new[] { 1 })).Columns);
        AssertShape("move_rows", PackTables.Moves().Columns);
        AssertShape("account_rows", DirectoryTables.Accounts().Columns);
        AssertShape("address_rows", DirectoryTables.Addresses().Columns);
        AssertShape("act_rows", DirectoryTables.Acts().Columns);
        AssertShape("settled_rows", DirectoryTables.Settled().Columns);
        AssertShape("key_list", Lists.Of(["ada@example.org"]).Columns);
    }

    private static IEnumerable<string> DirectoryStatements(Type engine)
    {
        using var reader = new StreamReader(engine.Assembly.GetManifestResourceStream("Directory.sql")!);
        return StatementName().Matches(reader.ReadToEnd()).Select(m => m.Groups[1].Value).Order().ToArray();
    }

    private static int Values(string postgreSql) =>
        PlaceOfParameter().Matches(postgreSql).Select(m => int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture)).DefaultIfEmpty().Max();

    /// <summary>A table stands for a value a column; the places of keys are not handed over.</summary>
    private static int Values(DeclaredParameter parameter) => parameter.TypeName switch
    {
        null or "mailgrains.key_list" => 1,
        { } table => TransactSql.ColumnsOf(table.Split('.')[1]).Count(),
    };

    private static void AssertShape(string type, IReadOnlyList<SqlMetaData> columns) =>
        Assert.Equal(TransactSql.ColumnsOf(type), columns.Select(c => $"{c.Name} {c.SqlDbType.ToString().ToLowerInvariant()}{Size(c)}"));

    private static string Size(SqlMetaData column) => column.SqlDbType switch
    {
        SqlDbType.Binary => $"({column.MaxLength})",
        SqlDbType.VarBinary or SqlDbType.NVarChar => column.MaxLength < 0 ? "(max)" : $"({column.MaxLength})",
        _ => "",
    };

    [GeneratedRegex(@"'(\w+Key)'")]
    private static partial Regex OrleansKey();

    [GeneratedRegex(@"^-- name: (\w+)", RegexOptions.Multiline)]
    private static partial Regex StatementName();

    [GeneratedRegex(@"\$(\d+)")]
    private static partial Regex PlaceOfParameter();
}
