using System.Buffers;
using System.Globalization;

namespace Noroshi.MailAnatomy.Text;

/// <summary>What a style says as far as it decides whether and how people see text.</summary>
internal struct HtmlStyle
{
    /// <summary>No colour given.</summary>
    public const int NoColour = -1;

    /// <summary>A picture or something else that cannot be compared.</summary>
    public const int UnknownColour = -2;

    private static readonly SearchValues<char> NumberMarks = SearchValues.Create("+-.0123456789");

    public HtmlStyle() { }

    public bool Hidden;
    public bool Pre;
    public bool BorderTop;
    public bool BorderLeft;
    public bool BorderNone;
    public int Foreground = NoColour;
    public int Background = NoColour;
    public (int Start, int Length) Picture;

    /// <summary>Reads the declarations of a style attribute or rule.</summary>
    public void Read(ReadOnlySpan<char> css)
    {
        var all = css;
        bool zeroHeight = false,
            clipped = false;
        while (!css.IsEmpty)
        {
            var end = css.IndexOf(';');
            var declaration = end < 0 ? css : css[..end];
            css = end < 0 ? default : css[(end + 1)..];
            var colon = declaration.IndexOf(':');
            if (colon <= 0)
            {
                continue;
            }

            var name = declaration[..colon].Trim();
            var value = declaration[(colon + 1)..].Trim();
            if (name.Equals("max-height", StringComparison.OrdinalIgnoreCase) || name.Equals("height", StringComparison.OrdinalIgnoreCase))
            {
                zeroHeight |= IsZero(value);
            }
            else if (name.Equals("overflow", StringComparison.OrdinalIgnoreCase))
            {
                clipped |= value.StartsWith("hidden", StringComparison.OrdinalIgnoreCase);
            }
            else
            {
                Declare(name, value, all);
            }
        }

        Hidden |= zeroHeight && clipped;
    }

    /// <summary>Text in these colours cannot be told from its ground.</summary>
    public static bool SameColour(int foreground, int background)
    {
        if (foreground < 0 || background < 0)
        {
            return false;
        }

        var difference = 0;
        for (var shift = 0; shift <= 16; shift += 8)
        {
            difference += Math.Abs(((foreground >> shift) & 0xFF) - ((background >> shift) & 0xFF));
        }

        return difference <= 12;
    }

    /// <summary>Reads a colour; <see cref="UnknownColour"/> when it is none that can be compared.</summary>
    public static int Colour(ReadOnlySpan<char> value)
    {
        value = value.Trim();
        var important = value.IndexOf('!');
        value = important >= 0 ? value[..important].TrimEnd() : value;
        if (value.Length > 0 && value[0] == '#')
        {
            value = value[1..];
        }
        else if (value.StartsWith("rgb", StringComparison.OrdinalIgnoreCase))
        {
            return Rgb(value);
        }

        if (value.Length is 3 or 6 && int.TryParse(value, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number))
        {
            return value.Length == 6 ? number : ((number & 0xF00) * 0x1100) | ((number & 0xF0) * 0x110) | ((number & 0xF) * 0x11);
        }

        return value.Equals("white", StringComparison.OrdinalIgnoreCase) || value.Equals("window", StringComparison.OrdinalIgnoreCase)
                ? 0xFFFFFF
            : value.Equals("black", StringComparison.OrdinalIgnoreCase) || value.Equals("windowtext", StringComparison.OrdinalIgnoreCase)
                ? 0
            : value.Equals("snow", StringComparison.OrdinalIgnoreCase) ? 0xFFFAFA
            : value.Equals("whitesmoke", StringComparison.OrdinalIgnoreCase) ? 0xF5F5F5
            : UnknownColour;
    }

    private void Declare(ReadOnlySpan<char> name, ReadOnlySpan<char> value, ReadOnlySpan<char> all)
    {
        if (name.Length > 24)
        {
            return;
        }

        Span<char> lower = stackalloc char[24];
        _ = name.ToLowerInvariant(lower);
        switch (lower[..name.Length])
        {
            case "display":
            case "visibility":
                Hidden |=
                    value.StartsWith("none", StringComparison.OrdinalIgnoreCase)
                    || value.StartsWith("hidden", StringComparison.OrdinalIgnoreCase);
                break;
            case "mso-hide":
                Hidden |= value.StartsWith("all", StringComparison.OrdinalIgnoreCase);
                break;
            case "font-size":
                Hidden |= IsTiny(value);
                break;
            case "opacity":
                Hidden |= IsZero(value);
                break;
            case "text-indent" or "left" or "top" or "margin-left":
                Hidden |= IsFarOut(value);
                break;
            case "color":
                Foreground = Colour(value);
                break;
            case "background-color":
                Background = Colour(value);
                break;
            case "background" or "background-image":
                ReadBackground(value, all);
                break;
            case "white-space":
                Pre |= value.StartsWith("pre", StringComparison.OrdinalIgnoreCase);
                break;
            case "border-top":
                BorderTop |= HasLine(value);
                break;
            case "border-left":
                BorderLeft |= HasLine(value);
                break;
            case "border":
                BorderNone |= !HasLine(value);
                break;
            default:
                break;
        }
    }

    private void ReadBackground(ReadOnlySpan<char> value, ReadOnlySpan<char> all)
    {
        var url = value.IndexOf("url(", StringComparison.OrdinalIgnoreCase);
        if (url < 0)
        {
            var space = value.IndexOf(' ');
            Background = Colour(space < 0 ? value : value[..space]);
            return;
        }

        Background = UnknownColour;
        all.Overlaps(value, out var start);
        var picture = value[(url + 4)..];
        var end = picture.IndexOf(')');
        Picture = (start + url + 4, end < 0 ? picture.Length : end);
    }

    private static bool HasLine(ReadOnlySpan<char> value) =>
        value.Length > 0 && value[0] != '0' && !value.StartsWith("none", StringComparison.OrdinalIgnoreCase);

    private static bool IsZero(ReadOnlySpan<char> value) => Number(value, out _) == 0;

    private static bool IsTiny(ReadOnlySpan<char> value)
    {
        var number = Number(value, out var unit);
        return number == 0 || (number is > 0 and <= 1 && (unit.StartsWith("px") || unit.StartsWith("pt")));
    }

    private static bool IsFarOut(ReadOnlySpan<char> value) => Number(value, out _) <= -900;

    /// <summary>The number a value starts with; not a number when it starts with none.</summary>
    private static double Number(ReadOnlySpan<char> value, out ReadOnlySpan<char> unit)
    {
        var end = value.IndexOfAnyExcept(NumberMarks);
        var digits = end < 0 ? value : value[..end];
        unit = end < 0 ? default : value[end..];
        return
            digits.Length is > 0 and < 16
            && double.TryParse(
                digits,
                NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var number
            )
            ? number
            : double.NaN;
    }

    private static int Rgb(ReadOnlySpan<char> value)
    {
        var open = value.IndexOf('(');
        var close = value.IndexOf(')');
        if (open < 0 || close < open)
        {
            return UnknownColour;
        }

        var colour = 0;
        Span<Range> parts = stackalloc Range[5];
        var inner = value[(open + 1)..close];
        var count = inner.SplitAny(parts, ", /", StringSplitOptions.RemoveEmptyEntries);
        if (count < 3)
        {
            return UnknownColour;
        }

        for (var index = 0; index < 3; index++)
        {
            if (!byte.TryParse(inner[parts[index]], NumberStyles.None, CultureInfo.InvariantCulture, out var channel))
            {
                return UnknownColour;
            }

            colour = (colour << 8) | channel;
        }

        return colour;
    }
}

/// <summary>Simple class and id rules of style sheets that hide what they match; rules inside @media are left out.</summary>
internal sealed class HtmlStyleSheet
{
    private const int MaxRules = 1_000;
    private static readonly SearchValues<char> Combinators = SearchValues.Create(" >+~:[");
    private HashSet<string>? _hiding;

    /// <summary>Reads a sheet.</summary>
    public void Read(ReadOnlySpan<char> css)
    {
        for (var rules = 0; rules < MaxRules && !css.IsEmpty; rules++)
        {
            var open = css.IndexOf('{');
            if (open < 0)
            {
                return;
            }

            var selectors = css[..open];
            css = css[(open + 1)..];
            if (selectors.Contains('@') && selectors.Contains("media", StringComparison.OrdinalIgnoreCase))
            {
                css = AfterBlock(css);
                continue;
            }

            var close = css.IndexOf('}');
            var style = new HtmlStyle();
            style.Read(close < 0 ? css : css[..close]);
            css = close < 0 ? default : css[(close + 1)..];
            if (style.Hidden)
            {
                Add(selectors);
            }
        }
    }

    /// <summary>An element of these classes or this id is hidden.</summary>
    public bool Hides(ReadOnlySpan<char> classes, ReadOnlySpan<char> id)
    {
        if (_hiding is null)
        {
            return false;
        }

        var lookup = _hiding.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var range in classes.SplitAny(" \t\r\n\f"))
        {
            if (!classes[range].IsEmpty && lookup.Contains(classes[range]))
            {
                return true;
            }
        }

        return !id.IsEmpty && lookup.Contains(string.Concat("#", id));
    }

    private void Add(ReadOnlySpan<char> selectors)
    {
        foreach (var range in selectors.Split(','))
        {
            var selector = selectors[range].Trim();
            var mark = selector.LastIndexOfAny(".#");
            if (mark < 0 || selector.ContainsAny(Combinators) || selector[..mark].ContainsAny(".#"))
            {
                continue;
            }

            _hiding ??= new HashSet<string>(StringComparer.Ordinal);
            _hiding.Add(new string(selector[mark] == '.' ? selector[(mark + 1)..] : selector[mark..]));
        }
    }

    private static ReadOnlySpan<char> AfterBlock(ReadOnlySpan<char> css)
    {
        for (var depth = 1; depth > 0; )
        {
            var brace = css.IndexOfAny('{', '}');
            if (brace < 0)
            {
                return default;
            }

            depth += css[brace] == '{' ? 1 : -1;
            css = css[(brace + 1)..];
        }

        return css;
    }
}
