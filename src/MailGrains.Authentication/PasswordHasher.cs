using System.Security.Cryptography;
using MailGrains.Model.Accounts;
using NSec.Cryptography;

namespace MailGrains.Authentication;

/// <summary>Makes and checks what is kept of passwords. Every computation waits its turn, so that a burst of logins can't exhaust memory.</summary>
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
    public Task<PasswordVerifiers> CreateAsync(byte[] password, CancellationToken cancellation) =>
        CompleteAsync(password, new PasswordVerifiers(null, null), cancellation);

    /// <summary>The verifiers with those that are missing made from the password, which was found right.</summary>
    public async Task<PasswordVerifiers> CompleteAsync(byte[] password, PasswordVerifiers kept, CancellationToken cancellation)
    {
        var argon2Id = kept.Argon2Id;
        if (argon2Id is null)
        {
            var parameters = Parameters(RandomNumberGenerator.GetBytes(Argon2Parameters.SaltLength));
            var hash = await InTurnAsync(() => _argon2(password, parameters), cancellation);
            argon2Id = (parameters with { Hash = hash }).ToString();
        }

        return new PasswordVerifiers(argon2Id, kept.Scram ?? ScramVerifiers.Create(password, Salts(1)[0], Iterations));
    }

    /// <summary>
    /// What a bulk import keeps of many passwords: the SCRAM verifier only, which any account has and which is cheaper to guess against than argon2id, so
    /// that leaving the latter out gives nothing away. It is added at the first login with the password.
    /// </summary>
    public async Task<IReadOnlyList<PasswordVerifiers>> CreateManyAsync(IReadOnlyList<byte[]> passwords, CancellationToken cancellation)
    {
        var chunks = passwords.Chunk(ScramBatch.Lanes).Select(chunk =>
            InTurnAsync(() => ScramVerifiers.Create(chunk, Salts(chunk.Length), Iterations), cancellation));
        return [.. (await Task.WhenAll(chunks)).SelectMany(verifiers => verifiers).Select(scram => new PasswordVerifiers(null, scram))];
    }

    /// <summary>Whether each is the password behind its verifiers; for passwords that an administrator gives, not for logins.</summary>
    public async Task<IReadOnlyList<bool>> MatchManyAsync(IReadOnlyList<(byte[] Password, PasswordVerifiers Known)> pairs, CancellationToken cancellation)
    {
        var matches = new bool[pairs.Count];
        var numbered = pairs.Select((pair, i) => (Index: i, pair.Password, pair.Known)).ToLookup(p => p.Known.Scram?.Iterations ?? 0);
        var chunks = numbered.Where(g => g.Key > 0).SelectMany(g => g.Chunk(ScramBatch.Lanes)).Select(chunk => InTurnAsync(
            () =>
            {
                var salts = chunk.Select(p => p.Known.Scram!.Salt).ToArray();
                var keys = ScramVerifiers.Create([.. chunk.Select(p => p.Password)], salts, chunk[0].Known.Scram!.Iterations);
                for (var i = 0; i < chunk.Length; i++)
                    matches[chunk[i].Index] = CryptographicOperations.FixedTimeEquals(keys[i].StoredKey, chunk[i].Known.Scram!.StoredKey);
                return true;
            },
            cancellation));
        await Task.WhenAll(chunks);
        foreach (var (index, password, known) in numbered[0]) matches[index] = await VerifyAsync(password, known, cancellation);
        return matches;
    }

    /// <summary>
    /// Checks a password. Without verifiers (unknown user) or without a password (null: what was typed can't be one), and whichever of the
    /// verifiers there is, it takes the same time: both are computed.
    /// </summary>
    public Task<bool> VerifyAsync(byte[]? password, PasswordVerifiers? verifiers, CancellationToken cancellation)
    {
        var known = Argon2Parameters.TryParse(verifiers?.Argon2Id, out var parameters);
        parameters ??= Parameters(new byte[Argon2Parameters.SaltLength]);
        var scram = verifiers?.Scram ?? new ScramVerifier(parameters.Salt, Iterations, new byte[HashLength], new byte[HashLength]);
        return InTurnAsync(
            () =>
            {
                var byHash = CryptographicOperations.FixedTimeEquals(_argon2(password ?? NoPassword, parameters), parameters.Hash);
                var byScram = scram.Matches(password ?? NoPassword);
                return password is not null && (known ? byHash : verifiers?.Scram is not null && byScram);
            },
            cancellation);
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

    private int Iterations => _options.ScramIterations;

    private static byte[][] Salts(int count) => [.. Enumerable.Range(0, count).Select(_ => RandomNumberGenerator.GetBytes(Argon2Parameters.SaltLength))];

    private async Task<T> InTurnAsync<T>(Func<T> compute, CancellationToken cancellation)
    {
        await _slots.WaitAsync(cancellation);
        try
        {
            return await Task.Run(compute, cancellation);
        }
        finally
        {
            _slots.Release();
        }
    }
}
