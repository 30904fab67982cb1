using System.Buffers;

namespace Noroshi.MailAnatomy.Text;

/// <summary>Finds signature and footer at the end of a run of new text.</summary>
internal static class SignatureFinder
{
    private const int MaxLines = 25;
    private const int LongestLine = 80;

    private static readonly PhraseSet Contacts = new(
        "TEL",
        "FAX",
        "℡",
        "電話",
        "携帯",
        "〒",
        "E-mail",
        "E‐mail",
        "Email",
        "Mail:",
        "Mail：",
        "メール:",
        "メール：",
        "内線",
        "Phone",
        "ＴＥＬ",
        "ＦＡＸ",
        "Mobile"
    );

    private static readonly PhraseSet Affiliations = new(
        "株式会社",
        "有限会社",
        "合同会社",
        "㈱",
        "㈲",
        "（株）",
        "(株)",
        "大学",
        "研究所",
        "財団",
        "協会",
        "組合",
        "http://",
        "https://",
        "www.",
        "Co., Ltd",
        "Co.,Ltd",
        "Inc.",
        "Corp",
        "事業部",
        "営業部",
        "総務部",
        "開発部",
        "技術部",
        "部　",
        "課　",
        "@",
        "＠"
    );

    private static readonly PhraseSet Sentences = new("。", "ます", "です", "ください", "下さい", "ました", "でした");

    private static readonly PhraseSet Footers = new(
        "intended recipient",
        "this e-mail is confidential",
        "this email is confidential",
        "this message is confidential",
        "unsubscribe",
        "mailing list",
        "mailman/listinfo",
        "配信停止",
        "配信解除",
        "購読解除",
        "心当たりのない",
        "心当たりがない",
        "機密情報",
        "誤って受信",
        "誤って届",
        "誤送信",
        "do you yahoo",
        "get your free",
        "無料メール",
        "メールマガジン",
        "送信専用",
        "this email was sent to",
        "virus-free",
        "ウイルスチェック",
        "this e-mail was sent",
        "confidentiality notice",
        "disclaimer"
    );

    private static readonly SearchValues<char> RuleMarks = SearchValues.Create(
        "-_=*~+#/\\|<>^.:━═─＝＊―－ー‐–—〜～・…‥◆◇■□●○◎★☆▼▽▲△♪※┏┓┗┛┃│┌┐└┘├┤┝┥╋┼＋〓／＼｜∽∞⌒ﾟ゜,. \u3000"
    );

    private static readonly SearchValues<char> Dashes = SearchValues.Create("-－()‐");

    private static readonly string[] Closings =
    [
        "best regards",
        "kind regards",
        "regards",
        "sincerely",
        "yours ",
        "thanks",
        "thank you",
        "best,",
        "cheers",
        "best wishes",
        "warm regards",
        "many thanks",
        "respectfully",
    ];

    private static readonly string[] Devices =
    [
        "Sent from my ",
        "Sent from Mail",
        "Get Outlook for",
        "iPhoneから送信",
        "iPadから送信",
        "スマートフォンから送信",
        "携帯から送信",
        "Androidから送信",
        "Outlook for ",
    ];

    /// <summary>Marks signature and footer in the lines from <paramref name="start"/> to before <paramref name="end"/>.</summary>
    public static void Mark(string text, BodyLine[] lines, int start, int end)
    {
        while (end > start && lines[end - 1].Blank)
        {
            end--;
        }

        while (start < end && lines[start].Blank)
        {
            start++;
        }

        if (start >= end)
        {
            return;
        }

        var footer = Footer(text, lines, start, end);
        var bottom = footer < 0 ? end : footer;
        while (bottom > start && lines[bottom - 1].Blank)
        {
            bottom--;
        }

        var signature = Signature(text, lines, start, bottom);
        Set(lines, signature, bottom, BlockKind.Signature);
        Set(lines, footer, end, BlockKind.Footer);
    }

    private static void Set(BodyLine[] lines, int from, int to, BlockKind kind)
    {
        for (var index = from; from >= 0 && index < to; index++)
        {
            lines[index].Kind = kind;
        }
    }

    private static int Footer(string text, BodyLine[] lines, int start, int end)
    {
        var found = -1;
        var seen = 0;
        if (!Footers.In(Last(text, lines, start, end)))
        {
            return found;
        }

        for (var index = end - 1; index >= start && seen < MaxLines; index--)
        {
            if (lines[index].Blank)
            {
                continue;
            }

            seen++;
            var opensParagraph = index == start || lines[index - 1].Blank || IsRule(BodyLines.Inner(text, lines[index - 1]));
            if (opensParagraph && index > start && HasFooterWords(text, lines, index, end))
            {
                found = index > start && IsRule(BodyLines.Inner(text, lines[index - 1])) ? index - 1 : index;
            }
        }

        return found > start ? found : -1;
    }

    /// <summary>The last <see cref="MaxLines"/> filled lines in one piece: what is not in it need not be looked for in each line.</summary>
    private static ReadOnlySpan<char> Last(string text, BodyLine[] lines, int start, int end)
    {
        if (start >= end)
        {
            return [];
        }

        var first = end;
        for (var seen = 0; first > start && seen < MaxLines; )
        {
            seen += lines[--first].Blank ? 0 : 1;
        }

        return text.AsSpan(lines[first].Start, lines[end - 1].Start + lines[end - 1].Length - lines[first].Start);
    }

    /// <summary>The paragraph that opens there speaks like a footer in its first three lines.</summary>
    private static bool HasFooterWords(string text, BodyLine[] lines, int index, int end)
    {
        for (var line = index; line < end && line < index + 3 && !lines[line].Blank; line++)
        {
            if (Footers.In(BodyLines.Inner(text, lines[line])))
            {
                return true;
            }
        }

        return false;
    }

    private static int Signature(string text, BodyLine[] lines, int start, int end)
    {
        var found = -1;
        var marked = false;
        int weight = 0,
            sentences = 0,
            seen = 0;
        var words = new Words(Last(text, lines, start, end));
        for (var index = end - 1; index >= start && seen < MaxLines; index--)
        {
            if (lines[index].Blank)
            {
                continue;
            }

            seen++;
            var line = BodyLines.Inner(text, lines[index]).TrimEnd();
            if (line is "--" && index + 1 < end)
            {
                (found, marked) = (index, true);
            }
            else if (IsRule(line))
            {
                found = weight > 0 && sentences <= 1 ? index : found;
            }
            else if (IsDevice(line))
            {
                found = index;
            }
            else if (IsClosing(line) && seen is > 1 and <= 8 && sentences == 0)
            {
                found = found < 0 ? NextFilled(lines, index, end) : Math.Min(found, NextFilled(lines, index, end));
            }
            else
            {
                sentences += IsSentence(line, words) ? 1 : 0;
                weight += Weight(line, words);
            }
        }

        var paragraph = Paragraph(text, lines, start, end, words);
        found = paragraph >= 0 && (found < 0 || paragraph < found) ? paragraph : found;
        return found > start || marked ? found : -1;
    }

    private static int NextFilled(BodyLine[] lines, int index, int end)
    {
        do
        {
            index++;
        } while (index < end && lines[index].Blank);
        return index;
    }

    /// <summary>A last paragraph, or two, of short lines with contact details and no sentence.</summary>
    private static int Paragraph(string text, BodyLine[] lines, int start, int end, Words words)
    {
        int found = -1,
            weight = 0,
            count = 0,
            gaps = 0;
        for (var index = end - 1; index >= start && count < 14; index--)
        {
            if (lines[index].Blank)
            {
                var enough = weight >= 2 || (weight >= 1 && count <= 4);
                found = enough && count > 0 ? index + 1 : found;
                if (++gaps > 2)
                {
                    break;
                }

                continue;
            }

            var line = BodyLines.Inner(text, lines[index]).Trim();
            if (IsClosing(line))
            {
                return found;
            }

            if (line.Length > LongestLine || IsSentence(line, words))
            {
                // Lines that follow a sentence without a gap are a signature only when they say a lot.
                return weight >= 3 && count <= 8 && !lines[index + 1].Blank ? index + 1 : found;
            }

            var weighs = Weight(line, words);
            if (gaps > 0 && weighs == 0 && count > 0 && lines[index + 1].Blank && !IsRule(line))
            {
                break;
            }

            weight += weighs;
            count++;
        }

        return found;
    }

    private static int Weight(ReadOnlySpan<char> line, Words words)
    {
        if (line.Length > LongestLine)
        {
            return 0;
        }

        var weight = words.Contacts && Contacts.In(line) ? 2 : 0;
        weight += words.Affiliations && Affiliations.In(line) ? 1 : 0;
        return weight > 0 || !IsPhone(line) ? weight : 2;
    }

    private static bool IsPhone(ReadOnlySpan<char> line)
    {
        if (line.IndexOfAny(Dashes) < 0)
        {
            return false;
        }

        int digits = 0,
            dashes = 0;
        foreach (var character in line)
        {
            digits += char.IsDigit(character) ? 1 : 0;
            dashes += Dashes.Contains(character) ? 1 : 0;
        }

        return digits is >= 9 and <= 13 && dashes >= 2 && digits + dashes >= line.Length - 12;
    }

    private static bool IsSentence(ReadOnlySpan<char> line, Words words)
    {
        if (words.Sentences && Sentences.In(line))
        {
            return true;
        }

        return line.Length > 30 && line[^1] is '.' or '?' or '!' && line.Count(' ') >= 5;
    }

    private static bool IsRule(ReadOnlySpan<char> line)
    {
        line = line.Trim();
        if (!line.IsEmpty && char.IsAsciiLetterOrDigit(line[0]))
        {
            return false;
        }

        return line.Length >= 4 && !line.ContainsAnyExcept(RuleMarks);
    }

    /// <summary>An ASCII character starts a phrase only when it is one of their first letters; others are left to the comparison.</summary>
    private static bool MayStart(char first, string letters) => first > '\u007F' || letters.Contains((char)(first | 0x20));

    private static bool IsClosing(ReadOnlySpan<char> line)
    {
        if (line.Length is 0 or > 30 || !MayStart(line[0], "bkrsytcwm"))
        {
            return false;
        }

        foreach (var closing in Closings)
        {
            if (line.StartsWith(closing, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsDevice(ReadOnlySpan<char> line)
    {
        if (line.Length is 0 or > 60 || !MayStart(line[0], "sgioa"))
        {
            return false;
        }

        foreach (var device in Devices)
        {
            if (line.StartsWith(device, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Which kinds of words the lines hold at all.</summary>
    private readonly ref struct Words(ReadOnlySpan<char> lines)
    {
        public bool Contacts { get; } = SignatureFinder.Contacts.In(lines);

        public bool Affiliations { get; } = SignatureFinder.Affiliations.In(lines);

        public bool Sentences { get; } = SignatureFinder.Sentences.In(lines);
    }
}
