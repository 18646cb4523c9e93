namespace MailGrains.Bench.Rows;

/// <summary>What a figure counts; times and memory are better when small, rates when large.</summary>
internal enum Unit
{
    MessagesPerSecond,
    LoginsPerSecond,
    MegabytesPerSecond,
    Milliseconds,
    Kilobytes,
    Megabytes,
}
