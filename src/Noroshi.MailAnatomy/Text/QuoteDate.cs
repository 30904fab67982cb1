using System.Globalization;

namespace Noroshi.MailAnatomy.Text;

/// <summary>
/// Reads the dates of attributions: <c>2013年10月17日(木) 9:02</c>, <c>平成25年10月17日 午前9時2分</c>, <c>H25.10.17</c>,
/// <c>2013/10/17 9:02</c>, <c>Thu, Oct 17, 2013 at 9:02 AM</c>, <c>Thu, 17 Oct 2013 09:02:00 +0900</c>.
/// </summary>
public static class QuoteDate
{
    private const int Longest = 400;

    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    /// <summary>Reads a date that the text holds.</summary>
    /// <param name="text">Date as written, other words may stand around it.</param>
    /// <param name="assumedOffset">Offset taken when the text names none; null gives null then.</param>
    public static DateTimeOffset? Parse(string text, TimeSpan? assumedOffset = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (
            !TryFind(text, out var cursor)
            || !DateTime.TryParseExact(
                string.Create(CultureInfo.InvariantCulture, $"{cursor.Year:D4}-{cursor.Month:D2}-{cursor.Day:D2}"),
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var date
            )
        )
        {
            return null;
        }

        var offset = cursor.Offset ?? assumedOffset;
        var time = date.AddHours(cursor.Hour).AddMinutes(cursor.Minute).AddSeconds(cursor.Second);
        var fits = offset is { } known && (time - known).Ticks > 0 && (DateTime.MaxValue - time).Ticks > TimeSpan.TicksPerDay;
        return fits && offset is { } shift ? new DateTimeOffset(time, shift) : null;
    }

    /// <summary>Finds the first date in a text.</summary>
    /// <param name="text">Any text; only its first 400 characters are looked at.</param>
    /// <param name="date">The date and time as written.</param>
    internal static bool Find(ReadOnlySpan<char> text, out ReadOnlySpan<char> date)
    {
        var found = TryFind(text, out var cursor);
        date = found ? text[cursor.Start..cursor.At] : default;
        return found;
    }

    private static bool TryFind(ReadOnlySpan<char> text, out Cursor cursor)
    {
        text = text[..Math.Min(text.Length, Longest)];
        if (!text.ContainsAnyInRange('0', '9') && !text.ContainsAnyInRange('０', '９'))
        {
            cursor = default;
            return false;
        }

        for (var start = 0; start < text.Length; start++)
        {
            var character = text[start];
            var atWord = start == 0 || !char.IsAsciiLetterOrDigit(text[start - 1]);
            if (!atWord || !(char.IsAsciiLetterOrDigit(character) || character is '平' or '令' or '昭' or (>= '０' and <= '９')))
            {
                continue;
            }

            cursor = new Cursor { Start = start, At = start };
            if (cursor.ReadDate(text))
            {
                cursor.ReadTime(text);
                return true;
            }
        }

        cursor = default;
        return false;
    }

    private struct Cursor
    {
        public int Start;
        public int At;
        public int Year;
        public int Month;
        public int Day;
        public int Hour;
        public int Minute;
        public int Second;
        public TimeSpan? Offset;

        public bool ReadDate(ReadOnlySpan<char> text)
        {
            var era = Era(text);
            if (char.IsAsciiLetter(text[At]) && era == 0)
            {
                return English(text);
            }

            if (!Number(text, 4, out Year, out var digits) && !(era > 0 && Take(text, '元') && (Year = 1) == 1))
            {
                return false;
            }

            if (era == 0 && digits <= 2)
            {
                return digits > 0 && (DayFirst(text) || MonthFirst(text));
            }

            Year += era;
            var separator = At < text.Length ? text[At] : '\0';
            if (Year is < 1970 or > 2200 || separator is not ('年' or '/' or '.' or '-' or '／') || (era == 0 && digits != 4))
            {
                return false;
            }

            At++;
            Skip(text, " ");
            if (!Number(text, 2, out Month, out _) || !(Take(text, '月') || Take(text, separator)))
            {
                return false;
            }

            Skip(text, " ");
            if (!Number(text, 2, out Day, out _))
            {
                return false;
            }

            Take(text, '日');
            return IsDate();
        }

        public void ReadTime(ReadOnlySpan<char> text)
        {
            var mark = At;
            Weekday(text);
            Skip(text, " 　,、T");
            if (text[At..].StartsWith("at ", StringComparison.Ordinal) || text[At..].StartsWith("um ", StringComparison.Ordinal))
            {
                At += 3;
            }

            var noon = Noon(text);
            Skip(text, " ");
            if (!Number(text, 2, out Hour, out _) || !(Take(text, ':') || Take(text, '：') || Take(text, '時')))
            {
                Hour = 0;
                At = mark;
                return;
            }

            Number(text, 2, out Minute, out _);
            if (Take(text, ':') || Take(text, '分'))
            {
                Number(text, 2, out Second, out _);
                Take(text, '秒');
            }

            mark = At;
            Skip(text, " ");
            noon = noon == 0 ? Noon(text) : noon;
            At = noon == 0 ? mark : At;
            Hour =
                noon == 2 && Hour < 12 ? Hour + 12
                : noon == 1 && Hour == 12 ? 0
                : Hour;
            if (Hour > 24 || Minute > 59 || Second > 60)
            {
                (Hour, Minute, Second) = (0, 0, 0);
            }

            Zone(text);
        }

        private readonly bool IsDate() =>
            Year is >= 1970 and <= 2200 && Month is >= 1 and <= 12 && Day >= 1 && Day <= DateTime.DaysInMonth(Year, Month);

        /// <summary>Year to add to a year of the era; 0 when there is no era.</summary>
        private int Era(ReadOnlySpan<char> text)
        {
            var rest = text[At..];
            var (length, year) = rest switch
            {
                ['令', '和', ..] => (2, 2018),
                ['平', '成', ..] => (2, 1988),
                ['昭', '和', ..] => (2, 1925),
                ['R', >= '0' and <= '9', ..] => (1, 2018),
                ['H', >= '0' and <= '9', ..] => (1, 1988),
                ['S', >= '0' and <= '9', ..] => (1, 1925),
                _ => (0, 0),
            };
            At += length;
            return year;
        }

        /// <summary>Thu, Oct 17, 2013 or October 17, 2013 or Thu, 17 Oct 2013.</summary>
        private bool English(ReadOnlySpan<char> text)
        {
            var month = MonthName(text);
            if (month == 0)
            {
                var word = text[At..];
                var length = word.IndexOfAnyExceptInRange('A', 'z');
                var isDay = length is >= 3 and <= 9 && word[..3] is "Mon" or "Tue" or "Wed" or "Thu" or "Fri" or "Sat" or "Sun";
                if (!isDay)
                {
                    return false;
                }

                At += length;
                Skip(text, " ,.");
                month = MonthName(text);
                if (month == 0)
                {
                    return Number(text, 2, out Year, out var digits) && digits > 0 && DayFirst(text);
                }
            }

            Month = month;
            Skip(text, " .");
            if (!Number(text, 2, out Day, out _))
            {
                return false;
            }

            Skip(text, " ,");
            return Number(text, 4, out Year, out var count) && count == 4 && IsDate();
        }

        /// <summary>17 Oct 2013, the day already read into the year.</summary>
        private bool DayFirst(ReadOnlySpan<char> text)
        {
            var (day, mark) = (Year, At);
            Skip(text, " .-");
            Month = MonthName(text);
            if (Month == 0)
            {
                At = mark;
                return false;
            }

            Skip(text, " .,-");
            Day = day;
            return Number(text, 4, out Year, out var count) && count == 4 && IsDate();
        }

        /// <summary>10/17/2013: month first where it can be, as the mail programs of the United States write.</summary>
        private bool MonthFirst(ReadOnlySpan<char> text)
        {
            var first = Year;
            if (
                !Take(text, '/')
                || !Number(text, 2, out var second, out _)
                || !Take(text, '/')
                || !Number(text, 4, out Year, out var count)
                || count != 4
            )
            {
                return false;
            }

            (Month, Day) = first <= 12 ? (first, second) : (second, first);
            return IsDate();
        }

        private int MonthName(ReadOnlySpan<char> text)
        {
            var rest = text[At..];
            if (rest.Length < 3)
            {
                return 0;
            }

            for (var month = 0; month < Months.Length; month++)
            {
                if (rest.StartsWith(Months[month], StringComparison.OrdinalIgnoreCase))
                {
                    var length = 3;
                    while (length < rest.Length && char.IsAsciiLetter(rest[length]))
                    {
                        length++;
                    }

                    At += length;
                    return length <= 9 ? month + 1 : 0;
                }
            }

            return 0;
        }

        /// <summary>(木), （木）, 木曜日, (Thu), or Thu as webmailers write it: <c>2013/10/17, Thu 09:02</c>.</summary>
        private void Weekday(ReadOnlySpan<char> text)
        {
            Skip(text, " 　,");
            var rest = text[At..];
            if (rest.Length >= 3 && rest[0] is '(' or '（')
            {
                var close = rest[..Math.Min(rest.Length, 14)].IndexOfAny(')', '）');
                At += close > 0 ? close + 1 : 0;
            }
            else if (rest.Length >= 2 && rest[0] is '月' or '火' or '水' or '木' or '金' or '土' or '日' && rest[1] == '曜')
            {
                At += rest.Length > 2 && rest[2] == '日' ? 3 : 2;
            }
            else if (rest.Length >= 4 && rest[3] == ' ' && rest[..3] is "Mon" or "Tue" or "Wed" or "Thu" or "Fri" or "Sat" or "Sun")
            {
                At += 3;
            }
        }

        /// <summary>1 before noon, 2 after noon, 0 not said.</summary>
        private int Noon(ReadOnlySpan<char> text)
        {
            var rest = text[At..];
            var noon =
                rest.StartsWith("午前", StringComparison.Ordinal) || rest.StartsWith("AM", StringComparison.OrdinalIgnoreCase) ? 1
                : rest.StartsWith("午後", StringComparison.Ordinal) || rest.StartsWith("PM", StringComparison.OrdinalIgnoreCase) ? 2
                : 0;
            At += noon == 0 ? 0 : 2;
            return noon;
        }

        private void Zone(ReadOnlySpan<char> text)
        {
            var mark = At;
            Skip(text, " 　(（");
            var rest = text[At..];
            var named = rest.StartsWith("GMT", StringComparison.Ordinal) || rest.StartsWith("UTC", StringComparison.Ordinal);
            if (rest.StartsWith("JST", StringComparison.Ordinal))
            {
                At += 3;
                Offset = TimeSpan.FromHours(9);
                return;
            }

            At += named ? 3 : 0;
            rest = text[At..];
            // GMT+9 is written with one digit; without the name one digit may be anything.
            if (rest.Length >= (named ? 2 : 3) && rest[0] is '+' or '-' && char.IsAsciiDigit(rest[1]))
            {
                var sign = rest[0] == '-' ? -1 : 1;
                At++;
                Number(text, 2, out var hours, out _);
                Take(text, ':');
                Number(text, 2, out var minutes, out _);
                if (hours <= 14 && minutes < 60)
                {
                    Offset = sign * new TimeSpan(hours, minutes, 0);
                    return;
                }
            }
            else if (named || (rest.Length > 0 && rest[0] == 'Z' && At == mark))
            {
                At += named ? 0 : 1;
                Offset = TimeSpan.Zero;
                return;
            }

            At = mark;
        }

        private bool Number(ReadOnlySpan<char> text, int most, out int value, out int digits)
        {
            value = 0;
            digits = 0;
            while (At < text.Length && digits < most)
            {
                var character = text[At];
                var digit =
                    char.IsAsciiDigit(character) ? character - '0'
                    : character is >= '０' and <= '９' ? character - '０'
                    : -1;
                if (digit < 0)
                {
                    break;
                }

                value = (value * 10) + digit;
                digits++;
                At++;
            }

            return digits > 0;
        }

        private bool Take(ReadOnlySpan<char> text, char wanted)
        {
            var there = At < text.Length && text[At] == wanted;
            At += there ? 1 : 0;
            return there;
        }

        private void Skip(ReadOnlySpan<char> text, ReadOnlySpan<char> characters)
        {
            while (At < text.Length && characters.Contains(text[At]))
            {
                At++;
            }
        }
    }
}
