namespace Noroshi.Hub.Reports.Checking;

/// <summary>Finds numbers in words that no figure stands behind. Dates, labels of tables and cases, and what somebody else wrote are none.</summary>
internal static class NumberScan
{
    private static readonly string[] Months =
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];

    private static readonly string[] Before = ["図", "表", "第", "#", "Figure ", "Figure S", "Table ", "Table S", "fiscal ", "Q", "元年"];
    private static readonly string[] After = ["年", "月", "日", "四半期", "時間帯"];

    /// <summary>Numbers in Japanese numerals count too where a count word follows them, but for words that are no counts.</summary>
    private const string Numerals = "二三四五六七八九十百千万";

    private static readonly string[] Counters = ["件", "組織", "業界", "割", "倍", "事例", "社", "通"];

    /// <summary>The numbers, as written.</summary>
    /// <param name="text">Words of one run.</param>
    /// <param name="known">Texts that may stand there as they are: versions, ids of lists.</param>
    public static IEnumerable<string> In(string text, IReadOnlyCollection<string> known)
    {
        var own = WithoutQuotes(
            known.Aggregate(text, (rest, one) => one.Length > 0 ? rest.Replace(one, "", StringComparison.Ordinal) : rest)
        );
        for (var at = 0; at < own.Length; at++)
        {
            if (!IsDigit(own[at]))
            {
                if (Numerals.Contains(own[at]) && StartsWithAny(own.AsSpan(at + 1), Counters))
                {
                    yield return own.Substring(at, 2);
                }

                continue;
            }

            var end = at;
            while (end < own.Length && (IsDigit(own[end]) || (own[end] is '.' or ',' && end + 1 < own.Length && IsDigit(own[end + 1]))))
            {
                end++;
            }

            if (!IsNamed(own, at, end))
            {
                yield return own[at..end];
            }

            at = end;
        }
    }

    private static bool IsNamed(string text, int start, int end)
    {
        var before = text.AsSpan(0, start);
        var after = text.AsSpan(end);
        var number = text.AsSpan(start, end - start);
        return EndsWithAny(before, Before)
            || StartsWithAny(after, After)
            || IsOfLabel(before)
            || IsWhole(number, after)
            || IsOfMonth(before, after)
            || IsSectionNumber(before, after);
    }

    /// <summary>#4-6: the number behind the dash.</summary>
    private static bool IsOfLabel(ReadOnlySpan<char> before)
    {
        if (before is not [.., '-'])
        {
            return false;
        }

        var rest = before[..^1];
        var digits = rest.Length - rest.TrimEnd("0123456789").Length;
        return digits > 0 && rest[..^digits] is [.., '#'];
    }

    /// <summary>100%: the whole, not a figure.</summary>
    private static bool IsWhole(ReadOnlySpan<char> number, ReadOnlySpan<char> after) =>
        number is "100" && (after.StartsWith("%", StringComparison.Ordinal) || after.StartsWith(" %", StringComparison.Ordinal));

    private static bool IsOfMonth(ReadOnlySpan<char> before, ReadOnlySpan<char> after)
    {
        foreach (var month in Months)
        {
            if (before.EndsWith(month + " ", StringComparison.Ordinal) || after.StartsWith(" " + month, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>(1) at the beginning.</summary>
    private static bool IsSectionNumber(ReadOnlySpan<char> before, ReadOnlySpan<char> after) =>
        before is "(" or "\uFF08" && after.Length > 0 && after[0] is ')' or '\uFF09';

    /// <summary>What stands in quotes is somebody else's.</summary>
    private static string WithoutQuotes(string text)
    {
        var made = new System.Text.StringBuilder(text.Length);
        var depth = 0;
        foreach (var character in text)
        {
            depth += character is '「' or '“' ? 1 : 0;
            if (depth == 0)
            {
                made.Append(character);
            }

            depth -= character is '」' or '”' && depth > 0 ? 1 : 0;
        }

        return made.ToString();
    }

    private static bool IsDigit(char character) => char.IsAsciiDigit(character) || character is >= '\uFF10' and <= '\uFF19';

    private static bool EndsWithAny(ReadOnlySpan<char> text, string[] words)
    {
        foreach (var word in words)
        {
            if (text.EndsWith(word, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static bool StartsWithAny(ReadOnlySpan<char> text, string[] words)
    {
        foreach (var word in words)
        {
            if (text.StartsWith(word, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
