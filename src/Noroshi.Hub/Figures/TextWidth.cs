using System.Text;

namespace Noroshi.Hub.Figures;

/// <summary>
/// How wide a text will be. Figures are laid out without a font at hand, so this estimates on the wide side: a full-width character is one
/// em, Latin letters go by classes measured on the bold BIZ UDPGothic, which is wider than most.
/// </summary>
public static class TextWidth
{
    private const string Thin = "ijl.,:;'!_";
    private const string Narrow = "Itrf|()[]{}/\\-\"";
    private const string Wide = "mwMW@%&#OQG";

    /// <summary>Width in pixels.</summary>
    /// <param name="text">One line.</param>
    /// <param name="size">Size of the font, pixels.</param>
    public static double Of(string text, double size)
    {
        ArgumentNullException.ThrowIfNull(text);
        var ems = 0.0;
        foreach (var rune in text.EnumerateRunes())
        {
            ems += Ems(rune);
        }

        return ems * size;
    }

    /// <summary>The text, cut with an ellipsis where it is wider.</summary>
    public static string Fit(string text, double size, double width)
    {
        ArgumentNullException.ThrowIfNull(text);
        var line = VisibleText.Line(text.Length > 400 ? text[..400] : text);
        if (Of(line, size) <= width)
        {
            return line;
        }

        var kept = new StringBuilder();
        var left = width - size;
        foreach (var rune in line.EnumerateRunes())
        {
            left -= Ems(rune) * size;
            if (left < 0)
            {
                break;
            }

            kept.Append(rune.ToString());
        }

        return kept.Append('…').ToString();
    }

    /// <summary>The text on lines that are not wider, the last one cut; breaks after a space, a dot or a full-width character.</summary>
    public static IReadOnlyList<string> Wrap(string text, double size, double width, int most)
    {
        ArgumentNullException.ThrowIfNull(text);
        var rest = VisibleText.Line(text.Length > 400 ? text[..400] : text).Trim();
        var lines = new List<string>();
        while (rest.Length > 0 && lines.Count < most - 1 && Of(rest, size) > width)
        {
            var cut = BreakAt(rest, size, width);
            lines.Add(rest[..cut].TrimEnd());
            rest = rest[cut..].TrimStart();
        }

        if (rest.Length > 0)
        {
            lines.Add(Fit(rest, size, width));
        }

        return lines;
    }

    private static int BreakAt(string text, double size, double width)
    {
        var (at, good, used) = (0, 0, 0.0);
        foreach (var rune in text.EnumerateRunes())
        {
            used += Ems(rune) * size;
            if (used > width)
            {
                break;
            }

            at += rune.Utf16SequenceLength;
            // Not within the brackets of a defanged dot.
            var inBrackets = rune.Value == '.' && at < text.Length && text[at] == ']';
            if ((rune.Value is ' ' or '.' or ']' or '/' or '-' or '@' && !inBrackets) || IsFull(rune.Value))
            {
                good = at;
            }
        }

        // A line does not begin with a closing mark: the character before goes along with it.
        return (
            good > 1
            && good < text.Length
            && !char.IsLowSurrogate(text[good - 1])
            && "、。」』))】〕,.!?ー".Contains(text[good], StringComparison.Ordinal)
                ? good - 1
            : good > 0 ? good
            : Math.Max(1, at)
        );
    }

    private static double Ems(Rune rune) =>
        IsFull(rune.Value) ? 1
        : !rune.IsBmp ? 1.2
        : (char)rune.Value switch
        {
            ' ' => 0.36,
            >= '\uFF61' and <= '\uFF9F' => 0.55,
            var character when Thin.Contains(character, StringComparison.Ordinal) => 0.37,
            var character when Narrow.Contains(character, StringComparison.Ordinal) => 0.56,
            var character when Wide.Contains(character, StringComparison.Ordinal) => 1,
            >= '0' and <= '9' => 0.77,
            >= 'A' and <= 'Z' => 0.84,
            >= 'a' and <= 'z' => 0.69,
            _ => 0.86,
        };

    private static bool IsFull(int value) =>
        value
            is >= 0x1100
                and <= 0x115F
                or >= 0x2010
                and <= 0x27BF
                or >= 0x2E80
                and <= 0xD7A3
                or >= 0xF900
                and <= 0xFAFF
                or >= 0xFE30
                and <= 0xFE6F
                or >= 0xFF01
                and <= 0xFF60
                or >= 0xFFE0
                and <= 0xFFE6
                or >= 0x1F300
                and <= 0x1FAFF
                or >= 0x20000
                and <= 0x3FFFF;
}
