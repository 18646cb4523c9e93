using System.Security.Cryptography;

namespace MailGrains.Authentication;

/// <summary>What password checks cost, and how guessing is slowed.</summary>
public sealed record AuthenticationOptions
{
    /// <summary>Memory of one argon2id computation in KiB.</summary>
    public int Argon2MemoryKiB { get; init; } = 19 * 1024;

    public int Argon2Iterations { get; init; } = 2;

    /// <summary>How many argon2id computations may run at once on this node; others wait.</summary>
    public int Argon2Concurrency { get; init; } = Math.Max(1, Environment.ProcessorCount);

    /// <summary>
    /// Of all SCRAM verifiers made here, at bulk imports too: the number is shown before a login, and a second one would tell accounts from names that
    /// are none. RFC 7677 wants at least 4096.
    /// </summary>
    public int ScramIterations { get; init; } = 10_000;

    /// <summary>Longer passwords are refused before they are hashed.</summary>
    public int MaxPasswordOctets { get; init; } = 1024;

    /// <summary>How long a password that was verified is known without hashing it again. Void at once when the account changes.</summary>
    public TimeSpan VerifiedFor { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Makes the salts shown for unknown users stable; secret, and the same on every node. Unless it is set, salts change with the process.
    /// </summary>
    public ReadOnlyMemory<byte> FakeSaltKey { get; init; } = RandomNumberGenerator.GetBytes(32);
}
