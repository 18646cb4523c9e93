namespace MailGrains.Interop.Tests.BadInput;

/// <summary>
/// What a client sends that is broken or hostile, and what it must be answered. Commands that must never run have the tag <see cref="NeverRuns"/>,
/// in LMTP its name as sender.
/// </summary>
/// <param name="Entry">The number in docs/bad-input.md.</param>
/// <param name="Name">Shown as the name of the test.</param>
/// <param name="Place">Where it begins.</param>
/// <param name="Octets">Sent as Latin-1.</param>
/// <param name="Answer">A pattern for all that is said, lines ended by \n.</param>
internal sealed record Attack(int Entry, string Name, AttackPlace Place, string Octets, string Answer)
{
    public const string NeverRuns = "evil";

    /// <summary>Stands for the number of the client, where what it sends shall be its own.</summary>
    public const string ClientNumber = "#n#";

    /// <summary>How often the octets are sent.</summary>
    public int Times { get; init; } = 1;

    public AttackEnd End { get; init; }

    /// <summary>A pattern for what may not be said.</summary>
    public string Never { get; init; } = $"^{NeverRuns} (OK|NO)";

    /// <summary>Messages that all clients together leave in the mailbox; nothing else may be there.</summary>
    public int Stored { get; init; }

    /// <summary>What the log says once of each client, when that is not the end of its session.</summary>
    public string? LogLine { get; init; }

    public override string ToString() => $"{Entry} {Name}";

    /// <summary>Who is told nothing and cut off.</summary>
    public static Attack CutOff(int entry, string name, AttackPlace place, string octets) =>
        new(entry, name, place, octets, @"\A\z") { End = AttackEnd.ServerCloses };

    public static string Base64(string text) => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text));

    public static string Repeat(string piece, int count) => string.Concat(Enumerable.Repeat(piece, count));
}
