using MailGrains.Bench.Servers;

namespace MailGrains.Bench.Rows;

/// <summary>One row of the comparison.</summary>
/// <param name="Name">Short name for <c>--only</c> and JSON.</param>
/// <param name="Operation">What the table says.</param>
/// <param name="Unit">Unit of the figure.</param>
/// <param name="Goal">What must be reached.</param>
/// <param name="Run">Runs once against one server; preparation inside, only the operation timed.</param>
internal sealed record Measurement(string Name, string Operation, Unit Unit, Goal Goal, Func<MailServer, Outcome> Run)
{
    /// <summary>What must be reached where the store is a database server, when that is something else: each change goes there and back.</summary>
    public Goal? GoalOnDatabase { get; init; }

    /// <summary>Whether the server must have it on disk before it answers, so that an fsync is part of the figure.</summary>
    public bool Durable { get; init; }

    /// <summary>Whether the server is restarted before each run, if it can be; when it cannot, there is one run.</summary>
    public bool FreshServer { get; init; }

    /// <summary>Whether that restart also drops what the server derived from the messages.</summary>
    public bool ColdCaches { get; init; }

    /// <summary>Whether the 10,000-message mailbox must be there.</summary>
    public bool NeedsMailbox { get; init; }
}
