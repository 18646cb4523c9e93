namespace MailGrains.Discovery.Documents;

/// <summary>One address of a header field.</summary>
/// <param name="Name">The display name, or the name of a group; may be empty.</param>
/// <param name="Address">As written, without comments and quoting; may be empty.</param>
public readonly record struct DiscoveryAddress(string Name, string Address);
