using MailGrains.Tampering.Tests.Engines;

namespace MailGrains.Tampering.Tests.Damage;

/// <summary>One thing that the owner of a database can do to it.</summary>
/// <param name="Table">What it is done to.</param>
/// <param name="Name">The kind of change; of an update, with the column behind it.</param>
/// <param name="MakeAsync">Does it, and says by what it is to be known. Null: nothing is damaged by it.</param>
internal sealed record Change(string Table, string Name, Func<DatabaseCopy, LogFacts, Task<Clue?>> MakeAsync)
{
    /// <summary>Only this engine has such things; null: all have.</summary>
    public Type? Only { get; init; }

    /// <summary>Old events were removed before, and whoever checks has kept only what was signed after that.</summary>
    public bool IsOfShortened { get; init; }

    /// <summary>Columns that it changes in rows which are there.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];
}
