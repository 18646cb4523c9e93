using MailGrains.Model;

namespace MailGrains.Storage.Sqlite;

/// <summary>The packed row numbers of the schema. Their widths are part of the persisted format.</summary>
internal static class Keys
{
    public const int MaxPartitions = 1 << 14;

    private const int EmailBits = 40;
    private const int PageBits = 25;
    private const int PositionBits = 48;

    public static long Email(long mailbox, EmailId email) => email.Value is > 0 and < 1L << EmailBits && mailbox < 1L << (63 - EmailBits)
        ? (mailbox << EmailBits) | email.Value
        : throw new ArgumentOutOfRangeException(nameof(email), email, $"No room for this id in mailbox {mailbox}.");

    public static EmailId EmailOf(long key) => new(key & ((1L << EmailBits) - 1));

    public static long Page(long folder, int number) => (folder << PageBits) | (uint)number;

    public static int LastPage => (1 << PageBits) - 1;

    public static long Event(int partition, long position) => ((long)partition << PositionBits) | position;

    public static int PartitionOf(long key) => (int)(key >> PositionBits);

    public static long PositionOf(long key) => key & ((1L << PositionBits) - 1);
}
