using System.Collections.Immutable;
using MailGrains.Authentication;
using MailGrains.Grains.Contracts.Directory;
using MailGrains.Model;
using MailGrains.Model.Accounts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MailGrains.Frontends.Http.Accounts;

/// <summary>
/// POST /api/accounts/import: many accounts in one request and one transaction.
/// 1. Read each row: its address, and its password in clear or hashed.
/// 2. Set aside what is there already: the same account is no failure, so that an import can be started again.
/// 3. Hash the passwords of the others, several at a time.
/// 4. Create them; a row that is refused leaves the others alone.
/// </summary>
internal sealed class AccountImport(AccountDirectory directory, PasswordHasher hasher, AuthenticationOptions options, TimeProvider time)
{
    private const int MaxRows = 5000;

    public void Map(IEndpointRouteBuilder api) => api.MapPost("/accounts/import", ImportAsync);

    private async Task<IResult> ImportAsync(AccountRequest[] rows, HttpContext context, CancellationToken cancellation)
    {
        if (rows.Length > MaxRows) return ApiError.BadRequest($"At most {MaxRows} accounts a request.");
        var failures = new List<ImportFailure>();
        var read = Read(rows, failures);
        var (rest, existing) = await SetAsideAsync(read, failures, cancellation);
        await HashAsync(rest, cancellation);
        var created = await CreateAsync(rest, AdminAccess.ActorOf(context), failures);
        return Results.Ok(new ImportReport(created, existing, [.. failures.OrderBy(f => f.Row)]));
    }

    private List<Row> Read(AccountRequest[] rows, List<ImportFailure> failures)
    {
        var read = new List<Row>(rows.Length);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < rows.Length; i++)
        {
            ImportedPassword? password = null;
            if (!AccountDirectory.TryAddress(rows[i]?.Address, out var address, out var wrong)
                || (rows[i].Password is { } text && !ImportedPassword.TryParse(text, options.MaxPasswordOctets, out password, out wrong)))
                failures.Add(new ImportFailure(i, wrong));
            else if (!seen.Add(address.Key)) failures.Add(new ImportFailure(i, $"{address} was there before."));
            else read.Add(new Row(i, address, password) { Verifiers = password?.Verifiers });
        }

        return read;
    }

    private async Task<(List<Row> Missing, int Existing)> SetAsideAsync(List<Row> rows, List<ImportFailure> failures, CancellationToken cancellation)
    {
        var known = await directory.Whole.FindAsync([.. rows.Select(r => r.Address.Key)]);
        var rest = new List<Row>(rows.Count);
        var same = new List<(Row Row, AccountCredentials Known)>();
        for (var i = 0; i < rows.Count; i++)
        {
            if (known[i] is not { } account) rest.Add(rows[i]);
            else if (account.Login != rows[i].Address.Key) failures.Add(new ImportFailure(rows[i].Number, $"{rows[i].Address} belongs to {account.Login}."));
            else same.Add((rows[i], account));
        }

        var inClear = same.Where(s => s.Row.Password?.Clear is not null && s.Known.Password is not null).ToList();
        var matches = await hasher.MatchManyAsync([.. inClear.Select(s => (s.Row.Password!.Clear!, s.Known.Password!))], cancellation);
        var matching = inClear.Where((_, i) => matches[i]).Select(s => s.Row).ToHashSet();
        var existing = 0;
        foreach (var (row, account) in same)
        {
            if (matching.Contains(row) || (row.Password?.Clear is null && IsSame(row.Verifiers, account.Password))) existing++;
            else failures.Add(new ImportFailure(row.Number, $"{row.Address} is there already, with another password."));
        }

        return (rest, existing);
    }

    /// <summary>Hashes are compared as they are; an account that has got its other verifier since is still the same.</summary>
    private static bool IsSame(PasswordVerifiers? row, PasswordVerifiers? kept) => row is null
        ? kept is null
        : kept is not null && (row.Argon2Id is not null ? row.Argon2Id == kept.Argon2Id : row.Scram!.ToString() == kept.Scram?.ToString());

    private async Task HashAsync(List<Row> rows, CancellationToken cancellation)
    {
        var inClear = rows.FindAll(r => r.Password?.Clear is not null);
        var verifiers = await hasher.CreateManyAsync([.. inClear.Select(r => r.Password!.Clear!)], cancellation);
        for (var i = 0; i < inClear.Count; i++) inClear[i].Verifiers = verifiers[i];
    }

    private async Task<int> CreateAsync(List<Row> rows, AdminActor by, List<ImportFailure> failures)
    {
        if (rows.Count == 0) return 0;
        var accounts = rows.ConvertAll(r => new NewAccount(AccountId.New(time), r.Address, r.Verifiers)).ToImmutableArray();
        var refused = await directory.Whole.CreateAsync(accounts, by);
        var created = 0;
        for (var i = 0; i < rows.Count; i++)
        {
            if (refused[i] is not { } error) created++;
            else failures.Add(new ImportFailure(rows[i].Number, Reason(error, rows[i].Address)));
        }

        return created;
    }

    private static string Reason(DirectoryError error, MailAddress address) => error == DirectoryError.UnknownDomain
        ? $"The domain of {address} is not in the list of domains."
        : $"{address} belongs to somebody else.";

    private sealed class Row(int number, MailAddress address, ImportedPassword? password)
    {
        public int Number => number;

        public MailAddress Address => address;

        public ImportedPassword? Password => password;

        public PasswordVerifiers? Verifiers { get; set; }
    }
}
