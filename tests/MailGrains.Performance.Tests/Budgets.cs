namespace MailGrains.Performance.Tests;

/// <summary>Bytes per operation: measured in Release on .NET 10, plus a quarter.</summary>
internal static class Budgets
{
    public const int Noop = 3_000;
    public const int DeliveryInMemory = 48_000;
    public const int DeliverySqlitePacks = 34_000;

    public static readonly (string Command, int Bytes)[] Commands =
    [
        ("a1 LOGIN ada@example.org \"correct horse\"", 210),
        ("a1 UID FETCH 1:* (FLAGS)", 470),
        ("a1 UID FETCH 1:100 (UID FLAGS BODY.PEEK[HEADER.FIELDS (DATE FROM SUBJECT TO)])", 1_650),
        ("a1 UID STORE 1:100 +FLAGS.SILENT (\\Seen $Junk)", 470),
        ("a1 UID SEARCH UNDELETED SINCE 1-Feb-2026 OR FROM \"grace\" SUBJECT \"figures\"", 900),
        ("a1 NOOP", 70),
    ];
}
