using DbUp.Builder;
using DbUp.Engine;

namespace MailGrains.Storage.Relational;

/// <summary>Brings a database to the newest schema by the numbered scripts it has not seen; the database records which it has.</summary>
public static class SchemaUpgrade
{
    /// <summary>Our tables, then those of Orleans, each with a journal of its own.</summary>
    /// <param name="database">Name of the database for the operator.</param>
    /// <param name="builder">Knows the database and the kind of transaction; gets the name of the journal's table.</param>
    /// <exception cref="StoreOpenException">As below.</exception>
    public static void RunAll(string database, Func<string, UpgradeEngineBuilder> builder, SqlText sql)
    {
        foreach (var folder in new[] { "Migrations", "Orleans" }) Run(database, builder($"{folder.ToLowerInvariant()}_applied"), sql.Scripts(folder));
    }

    /// <param name="database">Name of the database for the operator.</param>
    /// <param name="builder">Knows the database, its journal and the kind of transaction.</param>
    /// <param name="scripts">All scripts there are, in order.</param>
    /// <exception cref="StoreOpenException">The database knows scripts that this program doesn't, or a script failed.</exception>
    public static void Run(string database, UpgradeEngineBuilder builder, IReadOnlyList<(string Name, string Text)> scripts)
    {
        var engine = builder
            .WithScripts(scripts.Select(s => new SqlScript(s.Name, s.Text)))
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
