using System.Buffers;
using System.Text;

namespace Noroshi.Hub.Search;

/// <summary>Undoes what people write so that nobody clicks: <c>hxxp</c>, <c>[.]</c>, <c>(dot)</c>, <c>[at]</c>. For texts in lower case after NFKC.</summary>
internal static class SearchDefanging
{
    private static readonly SearchValues<string> Hints = SearchValues.Create(
        ["hxxp", "h**p", "[", "(.)", "{.}", "(dot", "{dot", "(at)", "{at}", "(@)"],
        StringComparison.Ordinal
    );

    private static readonly (string Written, string Meant)[] Marks =
    [
        ("[.]", "."),
        ("(.)", "."),
        ("{.}", "."),
        ("[dot]", "."),
        ("(dot)", "."),
        ("{dot}", "."),
        ("[@]", "@"),
        ("(@)", "@"),
        ("[at]", "@"),
        ("(at)", "@"),
        ("{at}", "@"),
        ("[://]", "://"),
        ("[:]", ":"),
        ("[/]", "/"),
        ("[.", "."),
        (".]", "."),
        ("hxxp", "http"),
        ("h**p", "http"),
    ];

    public static string Undo(string text)
    {
        if (!text.AsSpan().ContainsAny(Hints))
        {
            return text;
        }

        var result = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; )
        {
            var used = text[at] is '[' or '(' or '{' or '.' or 'h' ? Mark(text, at, result) : 0;
            if (used == 0)
            {
                result.Append(text[at]);
                used = 1;
            }

            at += used;
        }

        return result.ToString();
    }

    private static int Mark(string text, int at, StringBuilder result)
    {
        foreach (var (written, meant) in Marks)
        {
            if (string.CompareOrdinal(text, at, written, 0, written.Length) != 0)
            {
                continue;
            }

            // Between two parts of a name only; a scheme stands at the start of one.
            var before = at == 0 ? ' ' : text[at - 1];
            var next = at + written.Length < text.Length ? text[at + written.Length] : ' ';
            var fits =
                written[0] == 'h'
                    ? !SearchFolding.IsWord(before) && next is ':' or 's' or '['
                    : !char.IsWhiteSpace(before) && !char.IsWhiteSpace(next) && next != '.';
            if (fits)
            {
                result.Append(meant);
                return written.Length;
            }
        }

        return 0;
    }
}
