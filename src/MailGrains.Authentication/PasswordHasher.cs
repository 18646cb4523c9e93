using System.Security.Cryptography;
using MailGrains.Model.Accounts;
using NSec.Cryptography;

namespace MailGrains.Authentication;

/// <summary>Makes and checks what is kept of passwords. Every argon2id run waits its turn, so that a burst of logins can't exhaust memory.</summary>
public sealed class PasswordHasher : IDisposable
{
    private const int HashLength = 32;

    /// <summary>Stands for passwords that are none; argon2id takes no empty ones.</summary>
    private static readonly byte[] NoPassword = [0];

    private readonly AuthenticationOptions _options;
    private readonly Func<byte[], Argon2Parameters, byte[]> _argon2;
    private readonly SemaphoreSlim _slots;

    public PasswordHasher(AuthenticationOptions options)
        : this(options, Argon2)
    {
    }

    internal PasswordHasher(AuthenticationOptions options, Func<byte[], Argon2Parameters, byte[]> argon2)
    {
        _options = options;
        _argon2 = argon2;
        _slots = new SemaphoreSlim(options.Argon2Concurrency);
    }

    /// <summary>Verifiers of a password prepared by <see cref="PasswordText"/>.</summary>
    public async Task<PasswordVerifiers> CreateAsync(byte[] password, CancellationToken cancellation)
    {
        var parameters = Parameters(RandomNumberGenerator.GetBytes(Argon2Parameters.SaltLength));
        var hash = await ComputeAsync(password, parameters, cancellation);
        var scram = ScramVerifiers.Create(password, RandomNumberGenerator.GetBytes(Argon2Parameters.SaltLength), _options.ScramIterations);
        return new PasswordVerifiers((parameters with { Hash = hash }).ToString(), scram);
    }

    /// <summary>
    /// Checks a password. Without verifiers (unknown user) or without a password (null: what was typed can't be one) it takes the same time
    /// and says no.
    /// </summary>
    public async Task<bool> VerifyAsync(byte[]? password, PasswordVerifiers? verifiers, CancellationToken cancellation)
    {
        var known = Argon2Parameters.TryParse(verifiers?.Argon2Id, out var parameters);
        parameters ??= Parameters(new byte[Argon2Parameters.SaltLength]);
        var hash = await ComputeAsync(password ?? NoPassword, parameters, cancellation);
        return CryptographicOperations.FixedTimeEquals(hash, parameters.Hash) && known && password is not null;
    }

    public void Dispose() => _slots.Dispose();

    /// <summary>libsodium's: its memory is not the collector's, and is given back at once.</summary>
    private static byte[] Argon2(byte[] password, Argon2Parameters parameters)
    {
        var argon2 = PasswordBasedKeyDerivationAlgorithm.Argon2id(new NSec.Cryptography.Argon2Parameters
        {
            MemorySize = parameters.MemoryKiB,
            NumberOfPasses = parameters.Iterations,
            DegreeOfParallelism = Argon2Parameters.Parallelism,
        });
        return argon2.DeriveBytes(password, parameters.Salt, parameters.Hash.Length);
    }

    private Argon2Parameters Parameters(byte[] salt) => new(_options.Argon2MemoryKiB, _options.Argon2Iterations, salt, new byte[HashLength]);

    private async Task<byte[]> ComputeAsync(byte[] password, Argon2Parameters parameters, CancellationToken cancellation)
    {
        await _slots.WaitAsync(cancellation);
        try
        {
            return await Task.Run(() => _argon2(password, parameters), cancellation);
        }
        finally
        {
            _slots.Release();
        }
    }
}
