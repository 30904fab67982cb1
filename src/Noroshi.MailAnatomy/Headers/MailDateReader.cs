using System.Collections.Frozen;

namespace Noroshi.MailAnatomy.Headers;

/// <summary>One pass over the characters of a date; every piece is recognised by its form, so that the order hardly matters.</summary>
internal ref struct MailDateReader(ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> text = text;
    private int at;
    private int day;
    private int month;
    private int year = -1;
    private int yearDigits;
    private int hour = -1;
    private int minute;
    private int second;
    private bool afternoon;
    private bool forenoon;
    private bool monthBeforeDay;
    private int? zone;
    private int? namedZone;
    private int? commentZone;
    private DateFlaws flaws;

    /// <summary>Reads the date.</summary>
    public DateTimeOffset? Read(out DateFlaws found)
    {
        var usable = true;
        while (usable && at < text.Length)
        {
            var letter = Half(text[at]);
            if (char.IsAsciiDigit(letter))
            {
                usable = Number();
            }
            else if (letter is '+' or '-' && hour >= 0 && zone is null)
            {
                Zone(letter == '-');
            }
            else if (letter == '(')
            {
                Comment();
            }
            else if (char.IsLetter(letter))
            {
                Word();
            }
            else if (letter == ';' && hour >= 0)
            {
                break;
            }
            else
            {
                at++;
            }
        }

        var date = usable ? Build() : null;
        found = flaws;
        return date;
    }

    private static char Half(char letter) => letter is >= '\uff01' and <= '\uff5e' ? (char)(letter - 0xfee0) : letter;

    private readonly char Peek() => at < text.Length ? Half(text[at]) : '\0';

    private readonly bool DigitAfter() => at + 1 < text.Length && char.IsAsciiDigit(Half(text[at + 1]));

    private int Digits(out int count)
    {
        var value = 0;
        count = 0;
        while (at < text.Length && char.IsAsciiDigit(Half(text[at])))
        {
            value = count < 9 ? (value * 10) + (Half(text[at]) - '0') : value;
            count++;
            at++;
        }

        return value;
    }

    private bool Number()
    {
        var value = Digits(out var count);
        var next = Peek();
        switch (next)
        {
            case ':' when hour < 0 && count <= 2:
                return Time(value, ':');
            case '.' when hour < 0 && count <= 2 && month > 0 && year >= 0 && DigitAfter():
                return Time(value, '.');
            case '年':
                (year, yearDigits) = (value, count);
                flaws |= DateFlaws.Form;
                return true;
            case '月':
                month = value;
                return true;
            case '日':
                day = value;
                return true;
            case '時' when hour < 0:
                return Time(value, '時');
            case '-' or '/' or '.' when count == 4 && month == 0 && DigitAfter():
                (year, yearDigits) = (value, count);
                flaws |= DateFlaws.Form;
                return MonthAndDay();
            case '/' or '.' or '-' when count <= 2 && month == 0 && DigitAfter():
                return SlashedDate(value, next);
            default:
                return Plain(value, count);
        }
    }

    private bool Plain(int value, int count)
    {
        if (count == 8 && month == 0 && year < 0)
        {
            (year, yearDigits, month, day) = (value / 10_000, 4, value / 100 % 100, value % 100);
            flaws |= DateFlaws.Form;
            if (Peek() is 'T' or 't' && DigitAfter())
            {
                at++;
                var time = Digits(out var digits);
                return digits != 6 || SetTime(time / 10_000, time / 100 % 100, time % 100);
            }

            return true;
        }

        if (day == 0 && (count <= 2 || (count == 3 && value <= 31)))
        {
            day = value;
        }
        else if (year < 0 && count <= 4 && (count >= 2 || month > 0))
        {
            (year, yearDigits) = (value, count);
        }

        return true;
    }

    /// <summary>Month and day after <c>yyyy-</c>.</summary>
    private bool MonthAndDay()
    {
        at++;
        month = Digits(out _);
        if (Peek() is not ('-' or '/' or '.') || !DigitAfter())
        {
            return false;
        }

        at++;
        day = Digits(out _);
        if (Peek() is 'T' or 't' or '_')
        {
            at++;
        }

        return true;
    }

    /// <summary>mm/dd/yyyy, dd/mm/yyyy when the first cannot be a month, yy/mm/dd when the last cannot be a year.</summary>
    private bool SlashedDate(int first, char separator)
    {
        at++;
        var middle = Digits(out _);
        flaws |= DateFlaws.Form;
        if (Peek() != separator || !DigitAfter())
        {
            (month, day) = (first, middle);
            return true;
        }

        at++;
        var last = Digits(out var count);
        if (count <= 2 && first > 31)
        {
            (year, yearDigits, month, day) = (first, 2, middle, last);
            return true;
        }

        (year, yearDigits) = (last, count);
        (month, day) = first > 12 || separator == '.' ? (middle, first) : (first, middle);
        return true;
    }

    private bool Time(int hours, char separator)
    {
        var (minutes, seconds) = (0, 0);
        at++;
        if (char.IsAsciiDigit(Peek()))
        {
            minutes = Digits(out _);
        }

        var next = Peek();
        if ((next == separator || next is ':' or '分') && DigitAfter())
        {
            at++;
            seconds = Digits(out _);
            if (Peek() is '.' or ',' && DigitAfter())
            {
                at++;
                Digits(out _);
            }
        }

        return SetTime(hours, minutes, seconds);
    }

    private bool SetTime(int hours, int minutes, int seconds)
    {
        (hour, minute, second) = (hours, minutes, Math.Min(seconds, 59));
        return hours <= 24 && minutes < 60 && seconds <= 60;
    }

    /// <summary>+0900, +09:00, +9, +900.</summary>
    private void Zone(bool west)
    {
        at++;
        if (!char.IsAsciiDigit(Peek()))
        {
            return;
        }

        var value = Digits(out var count);
        var minutes = count <= 2 ? value * 60 : (value / 100 * 60) + (value % 100);
        if (count <= 2 && Peek() == ':' && DigitAfter())
        {
            at++;
            minutes += Digits(out _);
        }

        if (minutes <= 14 * 60 && count <= 4)
        {
            zone = west ? -minutes : minutes;
        }
    }

    private void Comment()
    {
        var scan = new StructuredText(text);
        var end = scan.CommentEnd(at);
        var inner = text[(at + 1)..Math.Max(at + 1, end - 1)].Trim();
        if (DateWords.Zone(inner) is { } minutes)
        {
            commentZone ??= minutes;
        }

        at = end;
    }

    private void Word()
    {
        var start = at;
        while (at < text.Length && char.IsLetter(Half(text[at])) && !(at > start && IsJapaneseBreak(start)))
        {
            at++;
        }

        var word = text[start..at];
        // A month before the day may be the French or Spanish Tuesday ("mar"); one after the day is the month.
        if ((month == 0 || (monthBeforeDay && day > 0 && hour < 0)) && DateWords.Month(word) is > 0 and var number)
        {
            month = number;
            monthBeforeDay = day == 0;
        }
        else if (word is "午後" || word.Equals("PM", StringComparison.OrdinalIgnoreCase))
        {
            afternoon = true;
        }
        else if (word is "午前" || word.Equals("AM", StringComparison.OrdinalIgnoreCase))
        {
            forenoon = true;
        }
        else if (hour >= 0)
        {
            namedZone ??= DateWords.Zone(word);
        }
    }

    private readonly bool IsJapaneseBreak(int start) => at - start == 2 && text[start] == '午';

    private DateTimeOffset? Build()
    {
        if (year < 0 || month is < 1 or > 12 || hour < 0 || day < 1)
        {
            return null;
        }

        if (yearDigits < 4)
        {
            flaws |= DateFlaws.ShortYear;
            year +=
                yearDigits == 3 ? 1900
                : year < 50 ? 2000
                : 1900;
        }

        if (year is < 1 or > 9999 || day > DateTime.DaysInMonth(year, month))
        {
            return null;
        }

        if (afternoon && hour < 12)
        {
            hour += 12;
        }
        else if (forenoon && hour == 12)
        {
            hour = 0;
        }

        if (hour == 24 && (minute > 0 || second > 0))
        {
            return null;
        }

        if (afternoon || forenoon)
        {
            flaws |= DateFlaws.Form;
        }

        return Offset(new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Unspecified).Ticks + (new TimeSpan(hour, minute, second).Ticks));
    }

    /// <summary>The local time with its offset, as far as both ends of the calendar allow.</summary>
    private DateTimeOffset? Offset(long local)
    {
        if (local > DateTime.MaxValue.Ticks)
        {
            return null;
        }

        var minutes = zone ?? namedZone ?? commentZone;
        if (minutes is null)
        {
            flaws |= DateFlaws.Zone;
        }

        var offset = TimeSpan.FromMinutes(minutes ?? 0);
        var utc = local - offset.Ticks;
        if (utc < 0 || utc > DateTime.MaxValue.Ticks)
        {
            // The instant lies outside the calendar; the local reading is kept and the zone given up.
            flaws |= DateFlaws.Zone;
            offset = TimeSpan.Zero;
        }

        return new DateTimeOffset(local, offset);
    }
}

/// <summary>Names in dates.</summary>
internal static class DateWords
{
    private static readonly FrozenDictionary<string, int> Months = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase)
    {
        ["jan"] = 1,
        ["feb"] = 2,
        ["mar"] = 3,
        ["apr"] = 4,
        ["may"] = 5,
        ["jun"] = 6,
        ["jul"] = 7,
        ["aug"] = 8,
        ["sep"] = 9,
        ["oct"] = 10,
        ["nov"] = 11,
        ["dec"] = 12,
        // Servers that localise what RFC 5322 fixes: German, French, Italian, Spanish, Portuguese.
        ["mär"] = 3,
        ["mrz"] = 3,
        ["mai"] = 5,
        ["okt"] = 10,
        ["dez"] = 12,
        ["fév"] = 2,
        ["fev"] = 2,
        ["avr"] = 4,
        ["aoû"] = 8,
        ["aou"] = 8,
        ["déc"] = 12,
        ["gen"] = 1,
        ["mag"] = 5,
        ["giu"] = 6,
        ["lug"] = 7,
        ["ago"] = 8,
        ["set"] = 9,
        ["ott"] = 10,
        ["dic"] = 12,
        ["ene"] = 1,
        ["abr"] = 4,
        ["out"] = 10,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Minutes east of UTC. RFC 5322 4.3, and names that mail really carries where they are unambiguous there.</summary>
    private static readonly FrozenDictionary<string, int> Zones = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase)
    {
        ["Z"] = 0,
        ["UT"] = 0,
        ["UTC"] = 0,
        ["GMT"] = 0,
        ["WET"] = 0,
        ["WEST"] = 60,
        ["BST"] = 60,
        ["CET"] = 60,
        ["MET"] = 60,
        ["MEZ"] = 60,
        ["CEST"] = 120,
        ["MEST"] = 120,
        ["MESZ"] = 120,
        ["SAST"] = 120,
        ["EET"] = 120,
        ["EEST"] = 180,
        ["MSK"] = 180,
        ["MSD"] = 240,
        ["IDT"] = 180,
        ["HKT"] = 480,
        ["SGT"] = 480,
        ["PHT"] = 480,
        ["AWST"] = 480,
        ["WIB"] = 420,
        ["ICT"] = 420,
        ["JST"] = 540,
        ["JDT"] = 600,
        ["KST"] = 540,
        ["KDT"] = 600,
        ["AEST"] = 600,
        ["AEDT"] = 660,
        ["NZST"] = 720,
        ["NZDT"] = 780,
        ["EST"] = -300,
        ["EDT"] = -240,
        ["CST"] = -360,
        ["CDT"] = -300,
        ["MST"] = -420,
        ["MDT"] = -360,
        ["PST"] = -480,
        ["PDT"] = -420,
        ["AKST"] = -540,
        ["AKDT"] = -480,
        ["HST"] = -600,
        ["AST"] = -240,
        ["ADT"] = -180,
        ["BRT"] = -180,
        ["ART"] = -180,
        ["日本標準時"] = 540,
        ["東京"] = 540,
        ["Tokyo"] = 540,
        ["Japan"] = 540,
        ["Tokyo Standard Time"] = 540,
        ["Japan Standard Time"] = 540,
        ["東京 (標準時)"] = 540,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> MonthsBySpan = Months.GetAlternateLookup<
        ReadOnlySpan<char>
    >();

    private static readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> ZonesBySpan = Zones.GetAlternateLookup<
        ReadOnlySpan<char>
    >();

    /// <summary>1 to 12, 0 when the word is no month.</summary>
    public static int Month(ReadOnlySpan<char> word)
    {
        if (word.Length < 3)
        {
            return 0;
        }

        if (word.StartsWith("jui", StringComparison.OrdinalIgnoreCase))
        {
            return word.StartsWith("juin", StringComparison.OrdinalIgnoreCase) ? 6 : 7;
        }

        return MonthsBySpan.TryGetValue(word[..3], out var number) ? number : 0;
    }

    /// <summary>Minutes east of UTC; null when the name is unknown (military letters are, by RFC 5322 4.3).</summary>
    public static int? Zone(ReadOnlySpan<char> name) => ZonesBySpan.TryGetValue(name, out var minutes) ? minutes : null;
}
