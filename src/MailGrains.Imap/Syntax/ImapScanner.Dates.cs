using System.Text;

namespace MailGrains.Imap.Syntax;

internal ref partial struct ImapScanner
{
    private const string Months = "JanFebMarAprMayJunJulAugSepOctNovDec";

    /// <summary>date = date-text / DQUOTE date-text DQUOTE; date-text = 1*2DIGIT "-" date-month "-" 4DIGIT</summary>
    public DateOnly Date()
    {
        var quoted = TryTake((byte)'"');
        var day = PeekSecond is >= '0' and <= '9' ? Digits(2) : Digits(1);
        var date = RestOfDate(day);
        if (quoted) Expect((byte)'"');
        return date;
    }

    /// <summary>
    /// date-time = DQUOTE date-day-fixed "-" date-month "-" date-year SP time SP zone DQUOTE
    /// </summary>
    public DateTimeOffset DateTime()
    {
        Expect((byte)'"');
        var day = TryTake((byte)' ') ? Digits(1) : Digits(2);
        var date = RestOfDate(day);
        Space();
        var time = Time();
        Space();
        var offset = Zone();
        Expect((byte)'"');

        var local = date.ToDateTime(time);
        var utc = local.Ticks - offset.Ticks;
        if (!Failed && utc >= 0 && utc <= System.DateTime.MaxValue.Ticks) return new DateTimeOffset(local, offset);
        Fail("Invalid date");
        return default;
    }

    private DateOnly RestOfDate(int day)
    {
        Expect((byte)'-');
        var month = Month();
        Expect((byte)'-');
        var year = Digits(4);
        if (!Failed && year >= 1 && day >= 1 && day <= System.DateTime.DaysInMonth(year, month)) return new DateOnly(year, month, day);
        Fail("Invalid date");
        return default;
    }

    private int Month()
    {
        if (_data.Length - _position >= 3)
        {
            var name = _data.Slice(_position, 3);
            for (var month = 1; month <= 12; month++)
            {
                if (!Ascii.EqualsIgnoreCase(name, Months.AsSpan((month - 1) * 3, 3))) continue;
                _position += 3;
                return month;
            }
        }

        Fail("Invalid month");
        return 1;
    }

    /// <summary>time = 2DIGIT ":" 2DIGIT ":" 2DIGIT</summary>
    private TimeOnly Time()
    {
        var hour = Digits(2);
        Expect((byte)':');
        var minute = Digits(2);
        Expect((byte)':');
        var second = Digits(2);
        if (hour < 24 && minute < 60 && second < 60) return new TimeOnly(hour, minute, second);
        Fail("Invalid time");
        return default;
    }

    /// <summary>zone = ("+" / "-") 4DIGIT; up to 14 hours, the widest in use.</summary>
    private TimeSpan Zone()
    {
        var negative = TryTake((byte)'-');
        if (!negative) Expect((byte)'+');
        var hours = Digits(2);
        var minutes = Digits(2);
        var offset = new TimeSpan(hours, minutes, 0);
        if (minutes < 60 && offset <= TimeSpan.FromHours(14)) return negative ? -offset : offset;
        Fail("Invalid time zone");
        return default;
    }
}
