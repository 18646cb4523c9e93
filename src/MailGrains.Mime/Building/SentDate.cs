using System.Text;

namespace MailGrains.Mime.Building;

/// <summary>
/// The day of a Date field as it is written there (RFC 5322 section 3.3, two-digit years of section 4.3, and the orders
/// "Jan 2 2006" and "2006-01-02" that occur besides).
/// </summary>
internal static class SentDate
{
    private const int MaxOctets = 200;
    private const string Months = "janfebmaraprmayjunjulaugsepoctnovdec";

    public static DateOnly? Parse(ReadOnlySpan<byte> value)
    {
        value = value[..Math.Min(value.Length, MaxOctets)];
        int month = 0, before = 0, after = 0, year = -1;
        while (TryWord(ref value, out var word, out var isTime))
        {
            if (isTime)
                continue;
            var number = Number(word);
            if (number < 0 && month == 0)
                month = Month(word);
            else if (number >= 0 && year < 0)
                Take(number, word.Length, month, ref before, ref after, ref year);
            if (month == 0 && word.Length == 10 && word[4] == '-' && word[7] == '-')
                return Day(Number(word[..4]), Number(word[5..7]), Number(word[8..]));
        }

        return Day(year, month, before > 0 ? before : after);
    }

    /// <summary>A number is a day before the month's name, else day and year in this order; four digits are always a year.</summary>
    private static void Take(int number, int digits, int month, ref int before, ref int after, ref int year)
    {
        if (digits >= 4)
            year = number;
        else if (month == 0)
            before = number;
        else if (before > 0 || after > 0)
            year = digits == 2 && number < 50 ? number + 2000 : number + 1900;
        else
            after = number;
    }

    private static bool TryWord(ref ReadOnlySpan<byte> value, out ReadOnlySpan<byte> word, out bool isTime)
    {
        value = value.TrimStart(" \t\r\n,"u8);
        var end = value.IndexOfAny(" \t\r\n,"u8);
        word = end < 0 ? value : value[..end];
        isTime = word.Contains((byte)':') || word.StartsWith("+"u8) || word.StartsWith("-"u8);
        if (!isTime && word.Length > 0 && Number(word) < 0 && word.IndexOf((byte)'-') is > 0 and <= 3)
            word = word[..word.IndexOf((byte)'-')];
        value = value[word.Length..].TrimStart((byte)'-');
        return !word.IsEmpty;
    }

    private static int Number(ReadOnlySpan<byte> word)
    {
        if (word.Length is 0 or > 4)
            return -1;
        var number = 0;
        foreach (var digit in word)
        {
            if (!char.IsAsciiDigit((char)digit))
                return -1;
            number = number * 10 + digit - '0';
        }

        return number;
    }

    private static int Month(ReadOnlySpan<byte> word)
    {
        for (var month = 0; word.Length >= 3 && month < 12; month++)
        {
            if (Ascii.EqualsIgnoreCase(word[..3], Months.AsSpan(month * 3, 3)))
                return month + 1;
        }

        return 0;
    }

    private static DateOnly? Day(int year, int month, int day) =>
        year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new DateOnly(year, month, day)
            : null;
}
