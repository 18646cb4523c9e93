namespace MailGrains.Bench.Generator;

/// <summary>
/// A mailbox made from a seed: the same seed gives the same messages byte for byte, in the same order, and the first n of a
/// longer mailbox are the mailbox of n. Messages stream: nothing but the open conversations is held.
/// </summary>
public sealed class MailboxGenerator(ulong seed)
{
    /// <summary>Median size of a message in bytes.</summary>
    public const int MedianSize = 12 * 1024;

    /// <summary>No message is larger than about this.</summary>
    public const int LargestSize = 6 * 1024 * 1024;

    private const int SmallestSize = 1100;

    // Spread of the sizes: the mean becomes about 30 KB and one message in a thousand exceeds 700 KB.
    private const double Sigma = 1.35;
    private const int OpenThreads = 60;
    private static readonly DateTimeOffset FirstDay = new(2022, 1, 3, 7, 0, 0, TimeSpan.Zero);

    /// <summary>Messages of natural sizes.</summary>
    public IEnumerable<GeneratedMessage> Generate(int count) => GenerateAround(count, MedianSize);

    /// <summary>Messages whose sizes spread as natural ones do, around another median in bytes.</summary>
    public IEnumerable<GeneratedMessage> GenerateAround(int count, int median) => Generate(count, random => NaturalSize(random, median));

    /// <summary>Messages that are all about <paramref name="size"/> bytes.</summary>
    public IEnumerable<GeneratedMessage> GenerateOfSize(int count, int size) => Generate(count, _ => size);

    // What the composer is asked for grows by about a tenth on the way: boundaries, encodings, the last sentence.
    private static int NaturalSize(SeededRandom random, int median) =>
        (int)Math.Clamp(random.LogNormal(median * 0.91, Sigma), SmallestSize, LargestSize);

    private IEnumerable<GeneratedMessage> Generate(int count, Func<SeededRandom, int> size)
    {
        var cast = Cast.Of(seed);
        var open = new Queue<MessageThread>();
        var date = FirstDay;
        for (var index = 0; index < count; index++)
        {
            var random = new SeededRandom(seed, (ulong)index + 2);
            date = date.AddSeconds(random.Between(20, 14_000));
            var from = cast.Anyone(random);
            var thread = Choose(random, cast, open, from);
            var zoned = date.ToOffset(TimeSpan.FromHours(random.Between(-8, 9)));
            var bytes = new MessageComposer(random, cast).Compose(from, thread, zoned, size(random));
            yield return new GeneratedMessage(index, bytes, zoned, Flags(random), from.Address);
        }
    }

    private static MessageThread Choose(SeededRandom random, Cast cast, Queue<MessageThread> open, Person from)
    {
        if (open.Count > 0 && random.Chance(0.45))
            return open.ElementAt(random.Below(open.Count));
        var list = random.Chance(0.3) ? random.Pick(cast.Lists) : null;
        var started = new MessageThread(new Prose(random, from.Language).Phrase(2, 8), list);
        open.Enqueue(started);
        if (open.Count > OpenThreads)
            open.Dequeue();
        return started;
    }

    private static List<string> Flags(SeededRandom random)
    {
        var flags = new List<string>();
        if (random.Chance(0.8))
            flags.Add("\\Seen");
        if (random.Chance(0.2))
            flags.Add("\\Answered");
        if (random.Chance(0.05))
            flags.Add("$Important");
        return flags;
    }
}
