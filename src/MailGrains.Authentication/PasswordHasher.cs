using System.Security.Cryptography;
using Konscious.Security.Cryptography;
using MailGrains.Model.Accounts;

namespace MailGrains.Authentication;

/// <summary>Makes and checks what is kept of passwords. Every argon2id run waits its turn, so that a burst of logins can't exhaust memory.</summary>
public sealed class PasswordHasher(AuthenticationOptions options) : IDisposable
{
    private const int SaltLength = 16;
    private const int HashLength = 32;

    private readonly SemaphoreSlim _slots = new(options.Argon2Concurrency);

    /// <summary>Verifiers of a password prepared by <see cref="PasswordText"/>.</summary>
    public async Task<PasswordVerifiers> CreateAsync(byte[] password, CancellationToken cancellation)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltLength);
        var parameters = new Argon2Parameters(options.Argon2MemoryKiB, options.Argon2Iterations, 1, salt, []);
        var hash = await ComputeAsync(password, parameters, HashLength, cancellation);
        var scram = ScramVerifiers.Create(password, RandomNumberGenerator.GetBytes(SaltLength), options.ScramIterations);
        return new PasswordVerifiers((parameters with { Hash = hash }).ToString(), scram);
    }

    /// <summary>
    /// Checks a password. Without verifiers (unknown user) it takes the same time and says no.
    /// </summary>
    public async Task<bool> VerifyAsync(byte[] password, PasswordVerifiers? verifiers, CancellationToken cancellation)
    {
        var known = Argon2Parameters.TryParse(verifiers?.Argon2Id, out var parameters);
        parameters ??= new Argon2Parameters(options.Argon2MemoryKiB, options.Argon2Iterations, 1, new byte[SaltLength], new byte[HashLength]);
        var hash = await ComputeAsync(password, parameters, parameters.Hash.Length, cancellation);
        return CryptographicOperations.FixedTimeEquals(hash, parameters.Hash) && known;
    }

    public void Dispose() => _slots.Dispose();

    private async Task<byte[]> ComputeAsync(byte[] password, Argon2Parameters parameters, int length, CancellationToken cancellation)
    {
        await _slots.WaitAsync(cancellation);
        try
        {
            return await Task.Run(
                () =>
                {
                    using var argon2 = new Argon2id(password)
                    {
                        Salt = parameters.Salt,
                        MemorySize = parameters.MemoryKiB,
                        Iterations = parameters.Iterations,
                        DegreeOfParallelism = parameters.Parallelism,
                    };
                    return argon2.GetBytes(length);
                },
                cancellation);
        }
        finally
        {
            _slots.Release();
        }
    }
}
