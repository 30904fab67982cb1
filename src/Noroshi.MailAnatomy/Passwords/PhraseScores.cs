using System.Buffers;
using System.Collections.Frozen;

namespace Noroshi.MailAnatomy.Passwords;

/// <summary>
/// Weights of the phrase grammar. A weight is a rank, not a probability: how sure the words around a value name it, then how much
/// the value itself looks typed rather than written.
/// </summary>
internal static class PhraseScores
{
    /// <summary>From here on the other side of the word is not looked at.</summary>
    public const int Certain = 85;

    /// <summary>From here on the lines below are not looked at.</summary>
    public const int Likely = 65;

    private const int Rejected = -1_000;

    /// <summary>Ends of a Japanese sentence that gives a value.</summary>
    public static readonly string[] Copulas =
    [
        "です",
        "でございます",
        "となり",
        "になり",
        "となっ",
        "になっ",
        "でお願い",
        "にて",
        "を入力",
        "と入力",
        "だ。",
    ];

    private static readonly FrozenSet<string> Particles = new[]
    {
        "は",
        "は、",
        "とは",
        "が",
        "ですが",
        "ですが、",
        "につきましては",
        "につきましては、",
        "については",
        "については、",
        "には",
        "には、",
        "を",
        "に",
        "も",
        "として",
        "として、",
        "で",
        "での",
        "の",
        "、",
        "is",
        "are",
        "was",
        "will be",
        "would be",
        "is set to",
        "set to",
        "is as follows",
        "as follows",
        "to open it is",
        "to use is",
        "is now",
        "has been set to",
        "of",
        "as",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> BeforeParticles = new[]
    {
        "が",
        "を",
        "は",
        "というのが",
        "という",
        "との",
        "で",
        "というパス",
        "がzipの",
        "が解凍",
        "が添付ファイルの",
        "がファイルの",
        "が、",
        "が開封",
        "を解凍",
        "が今回の",
        "is the",
        "is your",
        "is our",
        "as the",
        "as",
        "as a",
        "as your",
        "is the zip",
        "is the file",
        "for the",
        "(the",
        "= the",
        "-",
        "is the archive",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> VerbParticles = new[]
    {
        "で",
        "にて",
        "と",
        "とご",
        "を",
        "をご",
        "というキーで",
        "で、",
        "を使って",
        "を用いて",
        "をお使いいただき",
        "を使い",
        "により",
        "でファイルを",
        "で添付ファイルを",
        "で書庫を",
        "を入れて",
        "にてファイルを",
        "にて添付ファイルを",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> VerbLeads = new[]
    {
        "には",
        "には、",
        "は",
        "は、",
        "の際は",
        "の際は、",
        "の際には",
        "の際には、",
        "するには",
        "するには、",
        "する際は",
        "する際は、",
        "用",
        "時は",
        "時は、",
        "時に",
        "時には",
        "時",
        "に必要なのは",
        "していただくには",
        "のとき",
        "する時は",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly SearchValues<char> Symbols = SearchValues.Create("!#$%&*+=@^_~?/\\;");

    private static readonly SearchValues<string> Halfway = SearchValues.Create(["。", ". ", "! "], StringComparison.Ordinal);

    private static readonly SearchValues<string> Units = SearchValues.Create(
        [
            "桁",
            "けた",
            "ケタ",
            "文字",
            "日",
            "月",
            "年",
            "時",
            "分",
            "名",
            "点",
            "件",
            "回",
            "mb",
            "kb",
            "gb",
            " digit",
            "-digit",
            " char",
            " letter",
            " days",
            " minutes",
            " hours",
            "ヶ",
            "か所",
            "つ",
            "種",
            "円",
            "号",
        ],
        StringComparison.OrdinalIgnoreCase
    );

    /// <summary>Weight of what stands between the word and the value after it.</summary>
    public static int After(TriggerKind kind, string gap)
    {
        if (kind is TriggerKind.VerbAround)
        {
            return VerbLeads.Contains(gap) ? 58 : 0;
        }

        var body = gap.AsSpan().Trim(' ');
        var trimmed = body.TrimEnd(":=→⇒|>-–—*~… ");
        var separated = trimmed.Length < body.Length;
        if (kind is TriggerKind.VerbBefore)
        {
            var with =
                trimmed.Length <= 40
                && (
                    trimmed.EndsWith("with", StringComparison.OrdinalIgnoreCase)
                    || trimmed.EndsWith("using", StringComparison.OrdinalIgnoreCase)
                    || trimmed.EndsWith("by entering", StringComparison.OrdinalIgnoreCase)
                );
            return with || trimmed.IsEmpty || trimmed is "this" or "the following" or "in" or "the" ? 50 : 0;
        }

        if (trimmed.IsEmpty)
        {
            return separated ? 100
                : gap.Length > 0 ? 78
                : 75;
        }

        if (Particles.Contains(trimmed.ToString()))
        {
            return 95;
        }

        var weight =
            separated ? 88 - trimmed.Length / 3
            : EndsAsSubject(trimmed) ? 82 - trimmed.Length / 4
            : 60 - trimmed.Length / 2;
        weight -= trimmed.ContainsAny(Halfway) ? 30 : 0;
        weight -= PhraseWords.Elsewhere.In(trimmed) ? 60 : 0;
        return weight;
    }

    /// <summary>Weight of what stands between a value and the word after it; 0 when it does not name the value.</summary>
    public static int Before(TriggerKind kind, string gap, bool quoted)
    {
        if (kind is TriggerKind.VerbAround)
        {
            return VerbParticles.Contains(gap)
                ? quoted
                    ? 62
                    : 56
                : 0;
        }

        var known = BeforeParticles.Contains(gap) && (quoted || gap is not ("は" or "で" or "-" or "for the"));
        return !known ? 0
            : gap is "は" or "で" or "-" or "for the" ? 42
            : kind == TriggerKind.Strong ? 88
            : 72;
    }

    /// <summary>Corrections that depend on the word itself.</summary>
    public static int WithTrigger(Trigger trigger, ReadOnlySpan<char> clip, PhraseToken token, string gap, int score)
    {
        var plain = token.Shape == TokenShape.Bare && !Typed(clip[token.ValueStart..token.ValueEnd]);
        var separated = gap.AsSpan().TrimEnd(' ') is [.., ':' or '=' or '→' or '⇒'];
        return trigger.Kind switch
        {
            TriggerKind.Weak when gap.Length == 0 && token.Shape == TokenShape.Bare => score - 30,
            TriggerKind.Weak when !separated && plain => score - 40,
            TriggerKind.Weak when trigger.Word is "key" or "code" or "キー" or "コード" or "鍵" or "pin" => score - (separated ? 12 : 22),
            TriggerKind.Weak => score - 6,
            TriggerKind.VerbBefore when plain => score - 40,
            TriggerKind.Strong when gap.Length == 0 && plain => score - 15,
            _ => score,
        };
    }

    /// <summary>How much a value looks typed: letters with digits, symbols; how much it looks like a word, unit, address or file name.</summary>
    public static int Quality(ReadOnlySpan<char> clip, PhraseToken token, int relation)
    {
        var value = clip[token.ValueStart..token.ValueEnd];
        if (
            value.Length > 64
            || value.Contains("://", StringComparison.Ordinal)
            || value.StartsWith("www.", StringComparison.OrdinalIgnoreCase)
        )
        {
            return Rejected;
        }

        var quoted = token.Shape is TokenShape.Quoted;
        if (IsFileName(value) || LooksLikeAddress(value) || LooksLikePhone(value))
        {
            return -70;
        }

        if (value.ContainsAnyInRange('\u3041', '\uFFEF'))
        {
            return quoted && value.Length <= 20
                ? PhraseWords.NoValue.In(value) || value.Length < 2
                    ? -70
                    : -4
                : -70;
        }

        if (value.Length < 3)
        {
            return value.Length == 2 && quoted ? -25 : -60;
        }

        if (value.IndexOfAnyExceptInRange('!', '/') < 0 && value.Length < 4)
        {
            return -60;
        }

        var label = value.IndexOfAny(':', '=');
        if (label > 0 && PhraseWords.IsOrdinary(value[..label].TrimEnd(' ')))
        {
            // "(PW:abc)": the label inside introduces the value by itself.
            return -80;
        }

        if (PhraseWords.IsOrdinary(value))
        {
            return relation >= 95 && clip[token.End..].Trim(" 。.").IsEmpty && token.Start < 12 ? -12
                : quoted ? -45
                : -80;
        }

        var after = clip[token.End..];
        if (!quoted && value.IndexOfAnyExceptInRange('0', '9') < 0 && after[..Math.Min(9, after.Length)].IndexOfAny(Units) == 0)
        {
            return -60;
        }

        return (quoted ? 10 : 0) + (Typed(value) ? 8 : -6) + (token.Shape is TokenShape.Spaced ? 6 : 0);
    }

    /// <summary>Whether the value holds a digit, a symbol, or capitals inside: no word of a sentence.</summary>
    public static bool Typed(ReadOnlySpan<char> value)
    {
        if (value.ContainsAnyInRange('0', '9'))
        {
            return true;
        }

        var inner = value.Length > 1 ? value[1..] : value;
        return value.ContainsAny(Symbols) || (inner.ContainsAnyInRange('A', 'Z') && value.ContainsAnyInRange('a', 'z'));
    }

    private static bool EndsAsSubject(ReadOnlySpan<char> gap)
    {
        gap = gap.TrimEnd("、, ");
        return gap.EndsWith("は", StringComparison.Ordinal)
            || gap.EndsWith("が", StringComparison.Ordinal)
            || gap.EndsWith(" is", StringComparison.OrdinalIgnoreCase)
            || gap.EndsWith(" be", StringComparison.OrdinalIgnoreCase)
            || gap.EndsWith(" to", StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsFileName(ReadOnlySpan<char> value)
    {
        foreach (var extension in PhraseWords.Extensions)
        {
            if (value.Length > extension.Length && value.EndsWith(extension, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static bool LooksLikeAddress(ReadOnlySpan<char> value)
    {
        var at = value.IndexOf('@');
        var domain = at > 0 ? value[(at + 1)..] : [];
        var dot = domain.LastIndexOf('.');
        return dot > 0 && dot + 2 < domain.Length && domain[(dot + 1)..].IndexOfAnyExceptInRange('a', 'z') < 0;
    }

    private static bool LooksLikePhone(ReadOnlySpan<char> value)
    {
        var digits = 0;
        var hyphens = 0;
        foreach (var c in value)
        {
            digits += char.IsAsciiDigit(c) ? 1 : 0;
            hyphens += c is '-' or '(' or ')' ? 1 : 0;
        }

        return hyphens >= 2 && digits is 10 or 11 && digits + hyphens == value.Length && value[0] is '0' or '(';
    }
}
