using System.Runtime.CompilerServices;
using MailGrains.Evidence.Notes;
using MailGrains.Model;
using MailGrains.Storage.Checkpoints;

namespace MailGrains.Evidence.Signing;

/// <summary>
/// All heads that were signed: in the data folder of this process and, where several sign, in the store they share. The two watch each other. Not for
/// several threads.
/// </summary>
internal sealed class CheckpointHistory(CheckpointFolder folder, ICheckpointStore? shared, NoteVerifier key)
{
    private const int Page = 100;

    private long _compared;

    /// <summary>The head that was signed last, as far as this process knows.</summary>
    public SignedHead? Last { get; private set; }

    /// <summary>Looks for what other processes signed.</summary>
    /// <returns>What is wrong with the history; nothing when the next head may follow <see cref="Last"/>.</returns>
    public async Task<IReadOnlyList<string>> RefreshAsync(CancellationToken cancellation)
    {
        var problems = new List<string>();
        if (Last is null) ReadFolder(problems);

        // As long as it is not whole it is looked at anew each time.
        if (problems.Count > 0) Last = null;
        if (shared is not null && problems.Count == 0) await ReadSharedAsync(shared, problems, cancellation);
        return problems;
    }

    /// <summary>Makes a head durable. False: another process has signed one meanwhile; <see cref="RefreshAsync"/> finds it.</summary>
    public async Task<bool> AddAsync(SignedHead head, CancellationToken cancellation)
    {
        var row = new CheckpointRow(CheckpointKind.Head, head.Head.Number, head.Octets);
        if (shared is not null && !await shared.AddAsync(row, cancellation)) return false;
        folder.AddHead(head.Head.Number, head.Octets);
        Last = head;
        return true;
    }

    public async Task AddStampAsync(long number, ReadOnlyMemory<byte> stamp, CancellationToken cancellation)
    {
        if (shared is not null) await shared.AddAsync(new CheckpointRow(CheckpointKind.TimeStamp, number, stamp), cancellation);
        if (folder.ReadStamp(number) is null) folder.AddStamp(number, stamp);
    }

    /// <summary>Null: the head has none.</summary>
    public async Task<ReadOnlyMemory<byte>?> ReadStampAsync(long number, CancellationToken cancellation)
    {
        if (folder.ReadStamp(number) is { } stamp) return stamp;
        if (shared is null) return null;
        return await shared.ReadAsync(CheckpointKind.TimeStamp, number - 1, 1, cancellation) is [var row] && row.Number == number ? row.Octets : null;
    }

    /// <summary>The heads in order, as they are kept; whoever gets them checks them.</summary>
    public async IAsyncEnumerable<KeptHead> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var number in folder.Numbers())
            if (folder.ReadHead(number) is { } octets) yield return new KeptHead(number, octets, await ReadStampAsync(number, cancellation));
    }

    /// <summary>
    /// Makes folder and store agree again after an administrator has accepted that they don't: what the store has lost is written to it again; where it has
    /// other heads those are taken, and this process' own are set aside, as are those at the end that the key didn't sign.
    /// </summary>
    public async Task RepairAsync(CancellationToken cancellation)
    {
        foreach (var number in folder.Numbers().Reverse())
        {
            if (SignedHead.TryParse(folder.ReadHead(number), key, out _)) break;
            folder.SetAside(number);
        }

        if (shared is not null)
        {
            var isOther = false;
            foreach (var number in folder.Numbers())
            {
                var octets = folder.ReadHead(number)!;
                var there = await shared.ReadAsync(CheckpointKind.Head, number - 1, 1, cancellation);
                isOther |= there is [var row] && row.Number == number && !row.Octets.Span.SequenceEqual(octets);
                if (isOther) folder.SetAside(number);
                else if (there is not [var found] || found.Number != number) await shared.AddAsync(new(CheckpointKind.Head, number, octets), cancellation);
            }
        }

        Last = null;
        var accepted = new List<string>();
        ReadFolder(accepted);
        if (shared is not null) await ReadSharedAsync(shared, accepted, cancellation);
    }

    private void ReadFolder(List<string> problems)
    {
        var numbers = folder.Numbers();
        if (numbers.Count == 0) return;
        if (numbers[^1] != numbers.Count && Missing(numbers) is { } missing) problems.Add($"checkpoint {missing} is missing in the data folder");
        Take(folder.ReadHead(numbers[^1])!, numbers[^1], "the data folder", problems);
    }

    /// <summary>The last head that is not there, unless a break was accepted after it.</summary>
    private long? Missing(IReadOnlyList<long> numbers)
    {
        for (var i = numbers.Count - 1; i >= 0; i--)
        {
            if (SignedHead.TryParse(folder.ReadHead(numbers[i]), key, out var head) && head.Head.Break is not null) return null;
            if (numbers[i] != (i == 0 ? 0 : numbers[i - 1]) + 1) return numbers[i] - 1;
        }

        return null;
    }

    private async Task ReadSharedAsync(ICheckpointStore store, List<string> problems, CancellationToken cancellation)
    {
        if (Last is { } known)
        {
            var there = await store.ReadAsync(CheckpointKind.Head, known.Head.Number - 1, 1, cancellation);
            if (there is not [var same] || same.Number != known.Head.Number)
                problems.Add($"checkpoint {known.Head.Number} is no longer in the database");
            else if (!same.Octets.Span.SequenceEqual(known.Octets.Span))
                problems.Add($"checkpoint {known.Head.Number} of the database is not the one that was signed");
            if (problems.Count == 0 && await CompareAgainAsync(store, known.Head.Number, cancellation) is { } changed) problems.Add(changed);
            if (problems.Count > 0) return;
        }

        while (await store.ReadAsync(CheckpointKind.Head, Last?.Head.Number ?? 0, Page, cancellation) is { Count: > 0 } rows)
            foreach (var row in rows)
                if (Take(row.Octets, row.Number, "the database", problems)) folder.AddHead(row.Number, row.Octets);
                else return;
    }

    /// <summary>Older heads of the store against those in the folder: a page of them each time, in turn.</summary>
    private async Task<string?> CompareAgainAsync(ICheckpointStore store, long last, CancellationToken cancellation)
    {
        if (_compared >= last) _compared = 0;
        var rows = await store.ReadAsync(CheckpointKind.Head, _compared, Page, cancellation);
        for (var i = 0; i < Page && _compared < last; i++, _compared++)
        {
            var number = _compared + 1;
            if (i >= rows.Count || rows[i].Number != number) return $"checkpoint {number} is no longer in the database";
            if (folder.ReadHead(number) is { } own && !rows[i].Octets.Span.SequenceEqual(own))
                return $"checkpoint {number} of the database is not the one that was signed";
        }

        return null;
    }

    /// <summary>The next head, when it is one and follows the last.</summary>
    private bool Take(ReadOnlyMemory<byte> octets, long number, string where, List<string> problems)
    {
        if (!SignedHead.TryParse(octets, key, out var head) || head.Head.Number != number)
        {
            problems.Add($"checkpoint {number} in {where} is not signed with the log's key");
            return false;
        }

        if (Last is { } last && (number != last.Head.Number + 1 || head.Head.Previous != last.Head.Hash))
        {
            problems.Add($"checkpoint {number} in {where} does not follow checkpoint {last.Head.Number}");
            return false;
        }

        if (number == 1 && head.Head.Previous != default(BlobId))
        {
            problems.Add($"checkpoint 1 in {where} is not the first");
            return false;
        }

        Last = head;
        return true;
    }
}
