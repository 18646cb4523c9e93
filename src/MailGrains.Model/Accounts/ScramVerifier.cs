using Orleans;

namespace MailGrains.Model.Accounts;

/// <summary>RFC 5802 section 3; keys are 32 octets (SHA-256), base64 where written as text.</summary>
[GenerateSerializer, Immutable]
public sealed record ScramVerifier(
    [property: Id(0)] byte[] Salt,
    [property: Id(1)] int Iterations,
    [property: Id(2)] byte[] StoredKey,
    [property: Id(3)] byte[] ServerKey);
