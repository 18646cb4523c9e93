using MailGrains.Mime.Search;
using MailGrains.Model;
using MailGrains.Model.Search;

namespace MailGrains.Search;

/// <summary>The tree a client wrote → the tree that is asked. Recursion is safe: who parsed the tree bounded its depth.</summary>
internal static class CriterionBuilder
{
    public static Criterion Build(SearchKey key, SearchContext context) => key switch
    {
        SearchKey.All or SearchKey.SaveDateSupported => new Constant(true),
        SearchKey.And and => All(and.Keys.Select(k => Build(k, context))),
        SearchKey.Or or => new AnyOf(Build(or.Left, context), Build(or.Right, context)),
        SearchKey.Not { Key: SearchKey.Flag flag } when context.Keywords.TryGet(flag.Name, out var bit) => new FlagsAre(MessageFlags.None, bit),
        SearchKey.Not not => new NoneOf(Build(not.Key, context)),
        SearchKey.Numbers numbers => Numbers(numbers, context),
        SearchKey.Flag flag => context.Keywords.TryGet(flag.Name, out var bit) ? new FlagsAre(bit, MessageFlags.None) : new Constant(false),
        SearchKey.Recent => new UidIn(context.Recent),
        SearchKey.Date date => Date(date),
        SearchKey.Within within => Within(within, context.Now.ToUnixTimeSeconds()),
        SearchKey.Larger larger => new SizeBetween(larger.Octets, long.MaxValue),
        SearchKey.Smaller smaller => new SizeBetween(-1, smaller.Octets),
        SearchKey.Header header => new HeaderHas(header.Field, new Needle(header.Value)),
        SearchKey.Body body => body.Value.Length == 0 ? new Constant(true) : new BodyHas(new Needle(body.Value)),
        SearchKey.Text text => text.Value.Length == 0 ? new Constant(true) : new TextHas(new Needle(text.Value)),
        SearchKey.ChangedSince changed => new ModSeqAtLeast(changed.ModSeq),
        SearchKey.EmailIdIs email => context.EmailOf(email.ObjectId) is { } id ? new EmailIs(id) : new Constant(false),

        // No message has a THREADID here: FETCH answers NIL.
        SearchKey.ThreadIdIs => new Constant(false),
        _ => throw new ArgumentException($"No criterion for {key.GetType().Name}.", nameof(key)),
    };

    /// <summary>What is asked of flags is asked with one look, before everything else.</summary>
    private static Criterion All(IEnumerable<Criterion> criteria)
    {
        var parts = criteria.ToList();
        if (parts.OfType<FlagsAre>().ToList() is not { Count: > 0 } flags) return new AllOf(parts);
        var together = flags.Aggregate((a, b) => a.And(b));
        return flags.Count == parts.Count ? together : new AllOf([together, .. parts.Where(p => p is not FlagsAre)]);
    }

    private static Criterion Numbers(SearchKey.Numbers numbers, SearchContext context)
    {
        if (numbers.Set.IsSavedResult) return new UidIn(context.Saved);
        var largest = numbers.ByUid ? context.LargestUid : context.Exists;
        var resolved = numbers.Set.Resolve(largest);
        return numbers.ByUid ? new UidIn(resolved) : new SequenceIn(resolved);
    }

    private static Criterion Date(SearchKey.Date date)
    {
        if (date.Of == SearchDate.Sent) return new SentOn(date.Relation, date.Day);
        var first = new DateTimeOffset(date.Day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).ToUnixTimeSeconds();
        var end = first + 86_400;
        return date.Relation switch
        {
            DateRelation.Before => new TimeBetween(date.Of, long.MinValue, first),
            DateRelation.On => new TimeBetween(date.Of, first, end),
            _ => new TimeBetween(date.Of, first, long.MaxValue),
        };
    }

    /// <summary>RFC 5032: OLDER is a date at or before now − interval, YOUNGER one at or after it.</summary>
    private static TimeBetween Within(SearchKey.Within within, long now)
    {
        var edge = now - within.Seconds;
        return within.Older
            ? new TimeBetween(SearchDate.Internal, long.MinValue, edge + 1)
            : new TimeBetween(SearchDate.Internal, edge, long.MaxValue);
    }
}
