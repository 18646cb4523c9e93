using MailGrains.Bench.Servers;

namespace MailGrains.Bench.Bonnie;

/// <summary>What a load leaves in the server's memory.</summary>
/// <param name="OpenMailboxes">Mailboxes that it holds; those that nobody uses for a quarter of an hour it lets go.</param>
/// <param name="Peak">Resident bytes at the highest.</param>
/// <param name="Now">Resident bytes at the end.</param>
internal sealed record ServerMemory(long OpenMailboxes, long Peak, long Now)
{
    public static ServerMemory Read(AdminApi admin, int process) => new(admin.OpenMailboxes(), ProcessMemory.Peak(process), ProcessMemory.OfTree(process));
}
