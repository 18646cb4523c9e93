using Orleans;

namespace MailGrains.Model.Accounts;

/// <summary>What is kept of a password: enough to check it, not enough to know it.</summary>
/// <param name="Argon2Id">PHC string <c>$argon2id$v=19$m=…,t=…,p=…$salt$hash</c>, for PLAIN and LOGIN.</param>
/// <param name="Scram">SCRAM-SHA-256 verifier (RFC 5802), so that the password never crosses the wire.</param>
[GenerateSerializer, Immutable]
public sealed record PasswordVerifiers([property: Id(0)] string Argon2Id, [property: Id(1)] ScramVerifier Scram);
