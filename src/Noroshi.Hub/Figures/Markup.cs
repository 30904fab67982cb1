using System.Globalization;
using System.Text;

namespace Noroshi.Hub.Figures;

/// <summary>A stretch of well-formed markup in which every value is escaped; only a <see cref="Markup"/> makes one.</summary>
public sealed record Fragment
{
    internal Fragment(string text) => Text = text;

    /// <summary>Nothing.</summary>
    public static Fragment Empty { get; } = new("");

    /// <summary>The markup.</summary>
    public string Text { get; }

    /// <summary>The program's own style sheet, to stand in a <c>style</c> element.</summary>
    /// <exception cref="ArgumentException">It could end the element or would have to be escaped in XML.</exception>
    public static Fragment StyleSheet(string css) =>
        css.AsSpan().IndexOfAny('<', '&') < 0 ? new Fragment(css) : throw new ArgumentException("A style sheet has no markup.", nameof(css));
}

/// <summary>
/// Writes HTML and SVG that are well-formed XML too. Values go through <see cref="VisibleText"/> and are escaped, whoever they come from;
/// names of elements and attributes are the program's own.
/// </summary>
public sealed class Markup
{
    /// <summary>Longer values are no text for people; they would only make a page unreadable.</summary>
    private const int LongestValue = 20_000;

    private readonly StringBuilder _text = new();
    private readonly Stack<string> _open = new();

    /// <summary>Opens an element; null values leave their attribute out.</summary>
    public Markup Open(string name, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Start(name, attributes);
        _text.Append('>');
        _open.Push(name);
        return this;
    }

    /// <summary>Closes the element opened last.</summary>
    public Markup Close()
    {
        _text.Append("</").Append(_open.Pop()).Append('>');
        return this;
    }

    /// <summary>Closes as many.</summary>
    public Markup Close(int elements)
    {
        for (var i = 0; i < elements; i++)
        {
            Close();
        }

        return this;
    }

    /// <summary>An element without content: a void one of HTML, or a shape of SVG.</summary>
    public Markup Empty(string name, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Start(name, attributes);
        _text.Append("/>");
        return this;
    }

    /// <summary>An element that holds a text only.</summary>
    public Markup Leaf(string name, string text, params ReadOnlySpan<(string Name, string? Value)> attributes) =>
        Open(name, attributes).Text(text).Close();

    /// <summary>Text, escaped.</summary>
    public Markup Text(string text)
    {
        Escape(text);
        return this;
    }

    /// <summary>What was written elsewhere.</summary>
    public Markup Add(Fragment fragment)
    {
        ArgumentNullException.ThrowIfNull(fragment);
        _text.Append(fragment.Text);
        return this;
    }

    /// <summary>A line end, so that pages can be read and compared.</summary>
    public Markup Line()
    {
        _text.Append('\n');
        return this;
    }

    /// <summary>Opens an <c>svg</c> element in its namespace, which is a name and nothing to load.</summary>
    public Markup OpenSvg(params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Start("svg", attributes);
        _text.Append(" xmlns=\"http://www.w3.org/2000/svg\">");
        _open.Push("svg");
        return this;
    }

    /// <summary>What was written; every element has to be closed.</summary>
    public Fragment Done() =>
        _open.Count == 0 ? new Fragment(_text.ToString()) : throw new InvalidOperationException($"<{_open.Peek()}> is not closed");

    /// <summary>A number as attributes want it.</summary>
    public static string Number(double value) =>
        Math.Round(value, 1, MidpointRounding.AwayFromZero).ToString("0.#", CultureInfo.InvariantCulture);

    private void Start(string name, ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        _text.Append('<').Append(name);
        foreach (var (attribute, value) in attributes)
        {
            if (value is not null)
            {
                _text.Append(' ').Append(attribute).Append("=\"");
                Escape(value);
                _text.Append('"');
            }
        }
    }

    private static string WithoutLinks(string text) =>
        !text.Contains("://", StringComparison.Ordinal)
            ? text
            : text.Replace("http://", "hxxp://", StringComparison.OrdinalIgnoreCase)
                .Replace("https://", "hxxps://", StringComparison.OrdinalIgnoreCase)
                .Replace("ftp://", "fxp://", StringComparison.OrdinalIgnoreCase);

    private void Escape(string text)
    {
        var cut = text.Length > LongestValue ? string.Concat(text.AsSpan(0, LongestValue), "…") : text;
        // Nothing of a page is to be taken for a link that its words spell; the page's own links name files.
        foreach (var character in WithoutLinks(VisibleText.Of(cut)))
        {
            switch (character)
            {
                case '<':
                    _text.Append("&lt;");
                    break;
                case '>':
                    _text.Append("&gt;");
                    break;
                case '&':
                    _text.Append("&amp;");
                    break;
                case '"':
                    _text.Append("&quot;");
                    break;
                case '\'':
                    _text.Append("&#39;");
                    break;
                default:
                    _text.Append(character);
                    break;
            }
        }
    }
}
