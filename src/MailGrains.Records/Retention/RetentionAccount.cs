namespace MailGrains.Records.Retention;

/// <summary>What rules ask of an account.</summary>
/// <param name="Groups">Names of the groups it is in, directly or through others.</param>
public sealed record RetentionAccount(IReadOnlyList<string> Addresses, IReadOnlyCollection<string> Groups);
