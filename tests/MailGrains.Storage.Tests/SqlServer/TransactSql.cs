using System.Text.RegularExpressions;
using MailGrains.Storage.SqlServer;
using MailGrains.Storage.SqlServer.Group;
using Microsoft.SqlServer.Dac.Model;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace MailGrains.Storage.Tests.SqlServer;

/// <summary>Parses T-SQL, and resolves names and columns against the store's schema, without a server.</summary>
internal static partial class TransactSql
{
    private static readonly Dictionary<string, string> OrleansTypes = new()
    {
        ["Port"] = "int",
        ["Generation"] = "int",
        ["Status"] = "int",
        ["ProxyPort"] = "int",
        ["Version"] = "int",
        ["StartTime"] = "datetime",
        ["IAmAliveTime"] = "datetime",
        ["GrainIdHash"] = "int",
        ["GrainTypeHash"] = "int",
        ["GrainIdN0"] = "bigint",
        ["GrainIdN1"] = "bigint",
        ["GrainStateVersion"] = "int",
        ["PayloadBinary"] = "varbinary(max)",
        ["Period"] = "bigint",
        ["GrainHash"] = "int",
        ["BeginHash"] = "int",
        ["EndHash"] = "int",
    };

    public static IReadOnlyList<string> ParseErrors(string text)
    {
        Parse(text, out var errors);
        return errors;
    }

    /// <summary>The statements as procedures, which declare the parameters that the program sends.</summary>
    public static IEnumerable<(string Name, string Text)> Procedures()
    {
        var sql = SqlServerStatements.Sql;
        var all = GroupText.Names((GroupParts)int.MaxValue).ToArray();
        var parameters = all.SelectMany(n => sql.Parameters(n).Split(", ", StringSplitOptions.RemoveEmptyEntries)).Distinct();
        yield return ("Group", Procedure("Group", string.Join(", ", parameters), GroupText.Of((GroupParts)int.MaxValue)));
        // These open or close what another opens.
        string[] brackets = ["BeginWriting", "EndWriting", "BeginReading", "EndReading"];
        foreach (var name in sql.Names.Except(all).Except(brackets)) yield return (name, Procedure(name, sql.Parameters(name), sql.Statement(name)));
        foreach (var (key, text) in OrleansQueries()) yield return (key, Procedure(key, OrleansParameters(text), text));
    }

    public static IEnumerable<(string Key, string Text)> OrleansQueries() =>
        from script in SqlServerStatements.Sql.Scripts("Orleans")
        from insert in Statements(script.Text).OfType<InsertStatement>()
        let row = ((ValuesInsertSource)insert.InsertSpecification.InsertSource).RowValues[0].ColumnValues
        select (((StringLiteral)row[0]).Value, ((StringLiteral)row[1]).Value);

    /// <summary>Errors, and names that can't be resolved, in the schema with one procedure more.</summary>
    public static IReadOnlyList<string> Complaints(string procedure)
    {
        using var model = new TSqlModel(SqlServerVersion.Sql160, new TSqlModelOptions());
        model.AddObjects("CREATE SCHEMA mailgrains");
        foreach (var script in SqlServerStatements.Sql.Scripts("Migrations").Concat(SqlServerStatements.Sql.Scripts("Orleans")))
        {
            foreach (var statement in Statements(script.Text).Where(s => s is not InsertStatement))
                model.AddObjects(script.Text.Substring(statement.StartOffset, statement.FragmentLength));
        }

        if (procedure.Length > 0) model.AddObjects(procedure);
        // The server's own views and procedures are not in the model.
        return [.. model.Validate().Select(m => m.ToString()!).Where(m => !m.Contains("[sys]", StringComparison.Ordinal))];
    }

    /// <summary>The columns of a table type, each as "name type" with its size.</summary>
    public static IEnumerable<string> ColumnsOf(string type) =>
        SqlServerStatements.Sql.Scripts("Migrations").SelectMany(s => Statements(s.Text)).OfType<CreateTypeTableStatement>()
            .Single(t => t.Name.BaseIdentifier.Value == type).Definition.ColumnDefinitions.Select(c => $"{c.ColumnIdentifier.Value} {Text(c.DataType)}");

    private static string Text(TSqlFragment fragment) => string.Concat(
        fragment.ScriptTokenStream.Skip(fragment.FirstTokenIndex).Take(fragment.LastTokenIndex - fragment.FirstTokenIndex + 1).Select(t => t.Text));

    private static string Procedure(string name, string parameters, string text) =>
        $"CREATE PROCEDURE mailgrains.[{name}] {parameters} AS\nBEGIN\n{text}\nEND";

    private static string OrleansParameters(string text)
    {
        var declared = Declaration().Matches(text).Select(m => m.Groups[1].Value);
        var used = Variable().Matches(text).Select(m => m.Groups[1].Value).Distinct().Except(declared);
        return string.Join(", ", used.Select(v => $"@{v} {OrleansTypes.GetValueOrDefault(v, "nvarchar(512)")}"));
    }

    private static IEnumerable<TSqlStatement> Statements(string text) =>
        ((TSqlScript)Parse(text, out _)).Batches.SelectMany(b => b.Statements);

    private static TSqlFragment Parse(string text, out IReadOnlyList<string> errors)
    {
        using var reader = new StringReader(text);
        var fragment = new TSql160Parser(initialQuotedIdentifiers: true).Parse(reader, out var found);
        errors = [.. found.Select(e => $"line {e.Line}: {e.Message}")];
        return fragment;
    }

    [GeneratedRegex(@"DECLARE @(\w+)")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"(?<!@)@(\w+)")]
    private static partial Regex Variable();
}
