namespace MailGrains.Microbench.Host;

public enum StoreKind
{
    /// <summary>The engines of the tests: what grains and frontends cost.</summary>
    InMemory,

    /// <summary>SQLite and packs in a temporary folder, with their fsyncs: the embedded product.</summary>
    SqlitePacks,

    /// <summary>A PostgreSQL server of the benchmark's own, with its fsyncs, bodies in the database.</summary>
    PostgreSql,
}
