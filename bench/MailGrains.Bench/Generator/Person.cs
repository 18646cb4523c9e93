namespace MailGrains.Bench.Generator;

/// <summary>Someone who writes or receives mail.</summary>
/// <param name="Name">Display name; may hold any character.</param>
/// <param name="Address">Mailbox address, ASCII.</param>
/// <param name="Language">What this person writes in.</param>
public sealed record Person(string Name, string Address, Language Language)
{
    public string Domain => Address[(Address.IndexOf('@') + 1)..];
}
