using System.Data;
using MailGrains.Storage.SqlServer;
using MailGrains.Storage.SqlServer.Tables;
using Microsoft.Data.SqlClient.Server;
using Xunit;

namespace MailGrains.Storage.Tests.SqlServer;

/// <summary>What can be known of the T-SQL without a server: that it parses, and that all names in it are there.</summary>
public sealed class SqlServerScriptTests
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
    }

    private static void AssertShape(string type, IReadOnlyList<SqlMetaData> columns) =>
        Assert.Equal(TransactSql.ColumnsOf(type), columns.Select(c => $"{c.Name} {c.SqlDbType.ToString().ToLowerInvariant()}{Size(c)}"));

    private static string Size(SqlMetaData column) => column.SqlDbType switch
    {
        SqlDbType.Binary => $"({column.MaxLength})",
        SqlDbType.VarBinary or SqlDbType.NVarChar => "(max)",
        _ => "",
    };
}
