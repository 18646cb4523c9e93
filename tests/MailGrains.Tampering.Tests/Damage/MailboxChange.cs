namespace MailGrains.Tampering.Tests.Damage;

/// <summary>One thing the owner of a database can do to a mailbox, which is an index of what is in the log.</summary>
/// <param name="MakeAsync">Does it, and says what one of the problems has that are found in it: first the folder or nothing, then parts of the sentence.</param>
internal sealed record MailboxChange(string Table, string Name, Func<Victim, Task<string[]>> MakeAsync)
{
    /// <summary>Columns that it changes in rows which are there.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>Only this engine has such things; null: all have.</summary>
    public Type? Only { get; init; }
}
