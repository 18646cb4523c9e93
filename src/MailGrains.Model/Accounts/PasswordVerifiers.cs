using Orleans;

namespace MailGrains.Model.Accounts;

/// <summary>What is kept of a password: enough to check it, not enough to know it. At least one of the two is there.</summary>
/// <param name="Argon2Id">
/// PHC string <c>$argon2id$v=19$m=…,t=…,p=…$salt$hash</c>, for PLAIN and LOGIN. Null after a bulk import, until the first login with the password.
/// </param>
/// <param name="Scram">SCRAM-SHA-256 verifier (RFC 5802), so that the password never crosses the wire. Null where only a hash was imported, likewise.</param>
[GenerateSerializer, Immutable]
public sealed record PasswordVerifiers([property: Id(0)] string? Argon2Id, [property: Id(1)] ScramVerifier? Scram);
