using System.Collections.Immutable;
using Orleans;

namespace MailGrains.Grains.Contracts.Cases;

/// <summary>A search that was made in a case.</summary>
[GenerateSerializer, Immutable]
public sealed record CaseSearch
{
    /// <summary>In the case, from 1 on; 0 before it is written down.</summary>
    [Id(0)] public int Number { get; init; }

    [Id(1)] public required string Query { get; init; }

    /// <summary>The moment whose mailboxes were searched; null: everything that ever was in them.</summary>
    [Id(2)] public DateTimeOffset? AsOf { get; init; }

    /// <summary>Numbers of the custodians searched.</summary>
    [Id(3)] public required ImmutableArray<int> Custodians { get; init; }

    /// <summary>In the order of the custodians: the last event of each mailbox that counted.</summary>
    [Id(4)] public required ImmutableArray<long> Sequences { get; init; }

    [Id(5)] public required long Hits { get; init; }

    /// <summary>Messages that could be read in part only, found or not.</summary>
    [Id(6)] public required long Partial { get; init; }

    [Id(7)] public string? By { get; init; }

    [Id(8)] public DateTimeOffset At { get; init; }

    /// <summary>Events of the mailboxes that could not be read: what they did is not in the answer.</summary>
    [Id(9)] public long Unread { get; init; }

    /// <summary>Whether the search went through a message, found or not, that lay in a folder of a custodian's mailbox.</summary>
    /// <param name="since">The event that brought it there.</param>
    /// <param name="until">The event with which it left; null: it is still there.</param>
    public bool WentThrough(int custodian, long since, long? until)
    {
        var place = Custodians.IndexOf(custodian);
        if (place < 0 || place >= Sequences.Length || since > Sequences[place]) return false;
        return AsOf is null || until is null || until > Sequences[place];
    }
}
