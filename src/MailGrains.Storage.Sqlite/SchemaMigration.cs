using DbUp;
using DbUp.Engine;
using MailGrains.Storage.Sqlite.Native;
using Microsoft.Data.Sqlite;

namespace MailGrains.Storage.Sqlite;

/// <summary>Brings a database to the newest schema by the numbered scripts it has not seen; the database records which it has.</summary>
internal static class SchemaMigration
{
    /// <param name="database">Path of the file.</param>
    /// <param name="folder">Folder of the embedded scripts.</param>
    /// <exception cref="StoreOpenException">The database knows scripts that this program doesn't, or a script failed.</exception>
    public static void Run(string database, string folder)
    {
        var connection = new SqliteConnectionStringBuilder { DataSource = database, Pooling = false }.ConnectionString;
        var scripts = SqlText.Scripts(folder);
        var engine = DeployChanges.To.SqliteDatabase(connection)
            .WithScripts(scripts.Select(s => new SqlScript(s.Name, s.Text)))
            .WithTransactionPerScript()
            .WithVariablesDisabled()
            .LogToNowhere()
            .Build();

        var newer = engine.GetExecutedScripts().Except(scripts.Select(s => s.Name)).Order(StringComparer.Ordinal).LastOrDefault();
        if (newer is not null)
            throw new StoreOpenException($"{database} was written by a newer version of MailGrains (schema {newer}); this one knows up to {scripts[^1].Name}.");

        var result = engine.PerformUpgrade();
        if (!result.Successful)
            throw new StoreOpenException($"{database} could not be brought to schema {result.ErrorScript?.Name}: {result.Error.Message}", result.Error);
    }
}
