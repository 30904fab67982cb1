using System.Buffers;
using System.Text;
using Noroshi.MailAnatomy.Text;

namespace Noroshi.MailAnatomy.Indicators;

/// <summary>
/// Undoes defanging: <c>hxxp</c>, <c>[.]</c>, <c>(dot)</c>, <c>[:]</c>, <c>[at]</c>, 「ドット」, and full-width letters in addresses.
/// Texts without any of it, which is nearly all, are handed back as they are.
/// </summary>
internal readonly struct DefangedText
{
    private static readonly PhraseSet Hints = new(
        "hxxp",
        "h**p",
        "hxtp",
        "[.",
        "(.)",
        "{.}",
        "[dot",
        "(dot",
        "{dot",
        "[:",
        "[at",
        "(at)",
        "{at",
        "[@",
        "(@)",
        "ドット",
        "どっと",
        "アットマーク",
        "（アット",
        "[アット",
        "://[",
        "［．",
        "【.",
        "＠",
        "：／／",
        ":／／",
        "．ｃ",
        "．ｊ",
        "．ｎ",
        "．ｏ",
        "(ドット"
    );

    private static readonly (string Written, char Meant)[] Marks =
    [
        ("[.]", '.'),
        ("(.)", '.'),
        ("{.}", '.'),
        ("[.", '.'),
        ("[dot]", '.'),
        ("(dot)", '.'),
        ("{dot}", '.'),
        ("[:]", ':'),
        ("[://]", '\0'),
        ("[at]", '@'),
        ("(at)", '@'),
        ("{at}", '@'),
        ("[@]", '@'),
        ("(@)", '@'),
        ("［．］", '.'),
        ("［.］", '.'),
        ("【.】", '.'),
        ("（ドット）", '.'),
        ("(ドット)", '.'),
        ("[ドット]", '.'),
        ("ドット", '.'),
        ("どっと", '.'),
        ("アットマーク", '@'),
        ("（アット）", '@'),
        ("[アット]", '@'),
        ("[/]", '/'),
    ];

    private readonly List<int>? _changed;

    private DefangedText(string text, List<int>? changed)
    {
        Text = text;
        _changed = changed;
    }

    /// <summary>The text, defanging undone.</summary>
    public string Text { get; }

    /// <summary>Something between the two positions was written defanged.</summary>
    public bool Touches(int start, int end)
    {
        if (_changed is null)
        {
            return false;
        }

        var index = _changed.BinarySearch(start);
        index = index < 0 ? ~index : index;
        return index < _changed.Count && _changed[index] < end;
    }

    /// <summary>Undoes the defanging of a text.</summary>
    public static DefangedText Of(string text)
    {
        if (!Hints.In(text))
        {
            return new DefangedText(text, null);
        }

        var result = new StringBuilder(text.Length);
        var changed = new List<int>();
        for (var at = 0; at < text.Length; )
        {
            var used = Undo(text, at, result, changed);
            if (used == 0)
            {
                result.Append(text[at]);
                used = 1;
            }

            at += used;
        }

        return new DefangedText(result.ToString(), changed);
    }

    private static int Undo(string text, int at, StringBuilder result, List<int> changed)
    {
        var first = text[at];
        if (first is 'h' or 'H' or 'f' or 'F')
        {
            return Scheme(text, at, result, changed);
        }

        if (
            first is '：' or ':'
            && (string.CompareOrdinal(text, at + 1, "／／", 0, 2) == 0 || string.CompareOrdinal(text, at + 1, "//", 0, 2) == 0)
        )
        {
            return FullWidthUrl(text, at, result);
        }

        if (first is '＠' or '．' && at > 0 && at + 1 < text.Length && IsWord(text[at - 1]) && IsWord(text[at + 1]))
        {
            HalfWidthTail(result);
            result.Append(first == '＠' ? '@' : '.');
            var end = at + 1;
            while (end < text.Length && (IsWord(text[end]) || text[end] is '．' or '－' or '＿'))
            {
                result.Append(Half(text[end++]));
            }

            return end - at;
        }

        return first == ' ' || OpensMark(first) ? Mark(text, at, result, changed) : 0;
    }

    private static bool OpensMark(char first) => first is '[' or '(' or '{' or '［' or '【' or '（' or 'ド' or 'ど' or 'ア';

    private static int Mark(string text, int at, StringBuilder result, List<int> changed)
    {
        // " [.] " and " dot " with spaces: the spaces are part of the disguise.
        var start = at;
        while (start < text.Length && text[start] == ' ' && start - at < 2)
        {
            start++;
        }

        if (start == text.Length || !OpensMark(text[start]))
        {
            return 0;
        }

        foreach (var (written, meant) in Marks)
        {
            if (
                text[start] != written[0]
                || string.Compare(text, start, written, 0, written.Length, StringComparison.OrdinalIgnoreCase) != 0
            )
            {
                continue;
            }

            var end = start + written.Length;
            var spaces = end;
            while (spaces < text.Length && text[spaces] == ' ' && spaces - end < 2)
            {
                spaces++;
            }

            var next = spaces < text.Length ? text[spaces] : ' ';
            var joins = at > 0 && (IsWord(text[at - 1]) || text[at - 1] is ']' or '/' or '-') && (IsWord(next) || next is '/' or '[');
            if (!joins || (start > at && meant == '.' && written.Length < 3))
            {
                return 0;
            }

            changed.Add(result.Length);
            result.Append(meant == '\0' ? "://" : meant.ToString());
            return spaces - at;
        }

        return 0;
    }

    private static int Scheme(string text, int at, StringBuilder result, List<int> changed)
    {
        if (at > 0 && char.IsAsciiLetterOrDigit(text[at - 1]))
        {
            return 0;
        }

        foreach (var written in (ReadOnlySpan<string>)["hxxps", "hxxp", "h**ps", "h**p", "hxtps", "hxtp", "fxp"])
        {
            if (
                string.Compare(text, at, written, 0, written.Length, StringComparison.OrdinalIgnoreCase) == 0
                && at + written.Length < text.Length
                && text[at + written.Length] is ':' or '[' or '：'
            )
            {
                changed.Add(result.Length);
                result.Append(
                    written[0] == 'f' ? "ftp"
                    : written[^1] == 's' ? "https"
                    : "http"
                );
                return written.Length;
            }
        }

        return 0;
    }

    /// <summary>ｈｔｔｐ：／／ｗｗｗ．…: the scheme was already copied, so it is made half-width there, and so is what follows.</summary>
    private static int FullWidthUrl(string text, int at, StringBuilder result)
    {
        HalfWidthTail(result);
        result.Append("://");
        var end = at + 3;
        while (end < text.Length && text[end] is (>= '！' and <= '～') and not ('）' or '（' or '，' or '！' or '＜' or '＞' or '；'))
        {
            result.Append(Half(text[end++]));
        }

        return end - at;
    }

    private static void HalfWidthTail(StringBuilder result)
    {
        for (
            var index = result.Length - 1;
            index >= 0 && index >= result.Length - 64 && (IsWord(result[index]) || result[index] is '．' or '－' or '＿');
            index--
        )
        {
            result[index] = Half(result[index]);
        }
    }

    private static bool IsWord(char character) =>
        char.IsAsciiLetterOrDigit(character) || character is (>= 'ａ' and <= 'ｚ') or (>= 'Ａ' and <= 'Ｚ') or (>= '０' and <= '９');

    private static char Half(char character) => character is >= '！' and <= '～' ? (char)(character - 0xFEE0) : character;
}
