namespace MailGrains.Bench.Generator;

/// <summary>The people and mailing lists of one mailbox. A few write often and most seldom, as in any mailbox.</summary>
public sealed class Cast
{
    private const int PeopleCount = 400;
    private static readonly string[] Endings = ["example.org", "example.com", "example.net", "mail.example", "corp.example", "uni.example"];
    private static readonly string[] ListTopics = ["announce", "devel", "users", "security", "board", "choir", "events", "commits"];

    private Cast(SeededRandom random)
    {
        Owner = new Person("Dana Whitfield", "dana@example.org", Language.Ascii);
        var people = new Person[PeopleCount];
        for (var i = 0; i < people.Length; i++)
            people[i] = Invent(random, i);
        People = people;
        Lists = [.. ListTopics.Select(topic => $"{topic}@lists.{random.Pick(Endings)}")];
    }

    /// <summary>The people of the mailbox that <paramref name="seed"/> makes.</summary>
    public static Cast Of(ulong seed) => new(new SeededRandom(seed, 1));

    public Person Owner { get; }

    public IReadOnlyList<Person> People { get; }

    public IReadOnlyList<string> Lists { get; }

    /// <summary>Somebody, the first ones far more often (a squared uniform).</summary>
    public Person Anyone(SeededRandom random)
    {
        var chance = random.Fraction();
        return People[(int)(chance * chance * People.Count)];
    }

    private static Person Invent(SeededRandom random, int number)
    {
        var language = random.Fraction() switch
        {
            < 0.80 => Language.Ascii,
            < 0.92 => Language.Western,
            < 0.97 => Language.Cyrillic,
            _ => Language.Japanese,
        };
        var names = new Prose(random, language);
        var (first, last) = (names.Phrase(1, 1), names.Phrase(1, 1));
        var local = Vocabulary.Of(Language.Ascii).Ranked(200 + random.Below(3000));
        return new Person($"{first} {last}", $"{local}.{number}@{random.Pick(Endings)}", language);
    }
}
