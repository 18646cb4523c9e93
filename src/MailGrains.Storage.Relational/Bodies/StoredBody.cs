namespace MailGrains.Storage.Relational.Bodies;

/// <summary>A body as it came from the database.</summary>
/// <param name="Rented">From the shared pool; whoever asked for it gives it back.</param>
/// <param name="StoredLength">Octets that count in <paramref name="Rented"/>.</param>
/// <param name="Length">Octets of the body itself.</param>
public readonly record struct StoredBody(byte[] Rented, int StoredLength, BodyEncoding Encoding, int Length);
