using System.Globalization;

namespace MailGrains.Bench.Servers;

/// <summary>
/// Which account serves which row, so that no row finds a mailbox that another has filled. Account n has the address
/// that the user template makes of n; both servers know all of them.
/// </summary>
internal static class Users
{
    public const int Count = 200;
    public const int SingleRecipient = 9;
    public const int MixedRecipient = 10;
    public const int Appender = 11;
    public const int Reader = 12;
    public const int Folders = 13;
    public const int Growth = 14;
    public const string DefaultTemplate = "bench{0:D3}@example.org";
    public const string DefaultPassword = "bench-password";

    public static int Recipient(int index) => 1 + (index % 8);

    public static int Login(int connection) => 41 + (connection % 16);

    public static int Watcher(int lane) => 61 + (lane % 8);

    public static int Crowd(int connection) => 101 + (connection % 100);

    public static string Address(string template, int number) => string.Format(CultureInfo.InvariantCulture, template, number);
}
