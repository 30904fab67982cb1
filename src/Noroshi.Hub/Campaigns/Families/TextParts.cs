using System.Text;
using System.Text.RegularExpressions;
using Noroshi.MailAnatomy.Text.Charsets;

namespace Noroshi.Hub.Campaigns.Families;

/// <summary>Lines that business mail is full of: sharing them says nothing.</summary>
internal static class StockPhrases
{
    private static readonly string[] Marks =
    [
        "お世話になっております",
        "お世話になります",
        "よろしくお願い",
        "宜しくお願い",
        "ご確認ください",
        "ご確認のほど",
        "ご査収",
        "お忙しいところ",
        "お問い合わせいただき",
        "お問合せいただき",
        "ありがとうございます",
        "ありがとうございました",
        "有難うございます",
        "失礼いたします",
        "突然のメール",
        "初めてご連絡",
        "はじめてご連絡",
        "誠に恐れ入りますが",
        "お手数ですが",
        "お手数をおかけ",
        "ご検討のほど",
        "ご返信",
        "ご回答",
        "ご連絡いただ",
        "添付ファイル",
        "このメールは送信専用",
        "本メールに心当たり",
        "thankyouforyour",
        "bestregards",
        "kindregards",
        "sincerelyyours",
        "pleasefindattached",
        "donothesitateto",
        "lookforwardtohearing",
        "unsubscribe",
        "confidential",
    ];

    /// <summary>Whether most of the line is a stock phrase.</summary>
    public static bool IsStock(string plain)
    {
        foreach (var mark in Marks)
        {
            if (plain.Length <= mark.Length * 3 && plain.Contains(mark, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>Phone numbers as digits.</summary>
internal static partial class PhoneNumbers
{
    /// <summary>Numbers of 9 to 13 digits in a text, written in any of the usual ways.</summary>
    public static IEnumerable<string> In(string text)
    {
        foreach (Match match in Number().Matches(UnicodeForms.Nfkc(text)))
        {
            var digits = new string([.. match.Value.Where(char.IsAsciiDigit)]);
            if (digits.Length is >= 9 and <= 13)
            {
                yield return digits;
            }
        }
    }

    // Bounded by its own form; the limit is by the clock, and a crowded machine must not make an honest mail fail.
    [GeneratedRegex(@"(?<![0-9])\+?[0-9][0-9\-() .]{7,20}[0-9](?![0-9])", RegexOptions.None, 2_000)]
    private static partial Regex Number();
}

/// <summary>Lines of a signature that name a place of work.</summary>
internal static class Affiliations
{
    private static readonly string[] Marks =
    [
        "大学",
        "研究室",
        "研究所",
        "学部",
        "研究科",
        "株式会社",
        "有限会社",
        "(株)",
        "協会",
        "財団",
        "法人",
        "営業部",
        "事業部",
        "工業",
        "商事",
        "university",
        "institute",
        "laboratory",
        "inc.",
        "ltd",
        "corporation",
        "gmbh",
    ];

    /// <summary>Whether a line, plain, names one and is long enough to tell two apart.</summary>
    public static bool IsOne(string plain) =>
        plain.Length is >= 5 and <= 80 && Marks.Any(mark => plain.Contains(mark, StringComparison.Ordinal));
}
