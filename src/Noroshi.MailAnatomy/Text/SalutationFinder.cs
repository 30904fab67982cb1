using System.Buffers;

namespace Noroshi.MailAnatomy.Text;

/// <summary>Finds the opening lines of new text: addressee, greeting, who is writing.</summary>
internal static class SalutationFinder
{
    private const int MaxLines = 12;
    private const int LongestLine = 80;

    private static readonly PhraseSet Greetings = new(
        "お世話になっ",
        "お世話になり",
        "おせわになっ",
        "はじめまして",
        "初めまして",
        "突然のメール",
        "突然のご連絡",
        "こんにちは",
        "こんばんは",
        "おはようございます",
        "お疲れ様",
        "お疲れさま",
        "ご無沙汰",
        "拝啓",
        "謹啓",
        "前略",
        "平素は",
        "平素より",
        "時下ますます",
        "いつもありがとうございます",
        "いつも大変お世話",
        "失礼いたします",
        "失礼致します",
        "恐れ入ります",
        "ご連絡ありがとうございます",
        "ご返信ありがとうございます",
        "お問い合わせありがとうございます",
        "お問い合わせいただきありがとう",
        "ご清栄",
        "ご清祥"
    );

    private static readonly PhraseSet Introductions = new("と申します", "ともうします", "と申す者です", "と言います", "といいます");

    private static readonly PhraseSet Organisations = new(
        "株式会社",
        "有限会社",
        "合同会社",
        "㈱",
        "㈲",
        "（株）",
        "(株)",
        "大学",
        "研究所",
        "財団法人",
        "社団法人",
        "法人",
        "事務局",
        "センター",
        "本部",
        "事業部",
        "部",
        "課",
        "室",
        "係"
    );

    private static readonly SearchValues<char> NoAddressee = SearchValues.Create("。@!！?？");

    private static readonly string[] Honours =
    [
        "様",
        "さま",
        "殿",
        "御中",
        "各位",
        "先生",
        "さん",
        "樣",
        "皆様",
        "みなさま",
        "ご担当者様",
        "担当者様",
        "様へ",
        "さんへ",
        "へ",
    ];

    private static readonly string[] English =
    [
        "dear ",
        "hi ",
        "hi,",
        "hi!",
        "hello",
        "to whom it may concern",
        "good morning",
        "good afternoon",
        "good evening",
        "greetings",
        "hey ",
        "my name is ",
        "ladies and gentlemen",
        "dear,",
        "sir,",
        "madam",
        "gentlemen",
        "nice to meet you",
    ];

    /// <summary>Marks the opening lines of a run.</summary>
    /// <returns>The first line after them.</returns>
    public static int Mark(string text, BodyLine[] lines, int start, int end)
    {
        var last = -1;
        var seen = 0;
        for (var index = start; index < end && seen < MaxLines; index++)
        {
            if (lines[index].Blank)
            {
                continue;
            }

            seen++;
            var line = BodyLines.Inner(text, lines[index]).Trim();
            if (!IsOpening(line))
            {
                // Company and department lines count only when an addressee follows.
                var leads =
                    line.Length <= 40 && Organisations.In(line) && !line.ContainsAny("。:：") && AddresseeFollows(text, lines, index, end);
                if (!leads)
                {
                    break;
                }
            }

            last = index;
        }

        for (var index = start; index <= last; index++)
        {
            lines[index].Kind = BlockKind.Salutation;
        }

        return last < 0 ? start : last + 1;
    }

    private static bool AddresseeFollows(string text, BodyLine[] lines, int index, int end)
    {
        for (var next = index + 1; next < end && next <= index + 3; next++)
        {
            if (!lines[next].Blank && IsAddressee(BodyLines.Inner(text, lines[next]).Trim()))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOpening(ReadOnlySpan<char> line)
    {
        if (line.Length > LongestLine)
        {
            return false;
        }

        if (IsAddressee(line))
        {
            return true;
        }

        foreach (var start in English)
        {
            if (line.StartsWith(start, StringComparison.OrdinalIgnoreCase))
            {
                return line.Length <= 60 || start[0] == 'm';
            }
        }

        // Every sentence of the line must be a greeting, or the line says something of its own.
        var any = false;
        foreach (var range in line.SplitAny("。！!"))
        {
            var sentence = line[range].Trim();
            if (sentence.IsEmpty)
            {
                continue;
            }

            // After a greeting on the same line, 「○○工業の田中です」 is who is writing, whatever kind of organisation it names.
            if (!IsGreeting(sentence) && !(any && IsIntroduction(sentence)))
            {
                return false;
            }

            any = true;
        }

        return any;
    }

    private static bool IsGreeting(ReadOnlySpan<char> sentence)
    {
        if (sentence.Length <= 40 && Greetings.In(sentence))
        {
            return true;
        }

        if (Introductions.In(sentence))
        {
            return sentence.Length <= 50;
        }

        // 「○○株式会社の山田です」: an organisation, の, a name.
        return Organisations.In(sentence) && IsIntroduction(sentence);
    }

    private static bool IsIntroduction(ReadOnlySpan<char> sentence) =>
        sentence.Length <= 40
        && sentence.EndsWith("です", StringComparison.Ordinal)
        && sentence.Contains('の')
        && !sentence.ContainsAny("、はがを");

    private static bool IsAddressee(ReadOnlySpan<char> line)
    {
        line = line.TrimEnd("、,：: 　");
        if (line.Length is < 2 or > 40 || line.ContainsAny(NoAddressee))
        {
            return false;
        }

        foreach (var honour in Honours)
        {
            if (line.EndsWith(honour, StringComparison.Ordinal))
            {
                var name = line[..^honour.Length];
                return (honour is not ("へ" or "さん" or "さま") || name.Length is >= 1 and <= 12) && !name.ContainsAny("をがは、");
            }
        }

        return false;
    }
}
