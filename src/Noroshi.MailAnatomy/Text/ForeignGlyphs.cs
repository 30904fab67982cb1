using System.Text;

namespace Noroshi.MailAnatomy.Text;

/// <summary>A glyph that no Japanese input method gives.</summary>
/// <param name="Glyph">The glyph found.</param>
/// <param name="Japanese">What a Japanese writer would have put.</param>
/// <param name="Index">Where it stands first, in characters.</param>
public sealed record ForeignGlyph(string Glyph, string Japanese, int Index);

/// <summary>
/// Finds simplified Chinese glyphs that slipped into Japanese text: such a slip tells of the writer's input method and seldom
/// happens to honest Japanese writers.
/// </summary>
public static class ForeignGlyphs
{
    private const int Most = 100;
    private static readonly SortedTable Table = SortedTable.Load("foreign-glyphs.txt");
    private static readonly string Found;
    private static readonly string Japanese;

    static ForeignGlyphs()
    {
        var text = Encoding.UTF8.GetString(Table.Body).Replace("\n", "", StringComparison.Ordinal);
        var found = new char[text.Length / 2];
        var japanese = new char[found.Length];
        for (var index = 0; index < found.Length; index++)
        {
            found[index] = text[index * 2];
            japanese[index] = text[(index * 2) + 1];
        }

        // The bytes' order is that of the characters: all lie in the basic plane.
        (Found, Japanese) = (new string(found), new string(japanese));
    }

    /// <summary>Version of the table.</summary>
    public static string Version => Table.Version;

    /// <summary>The slips in a Japanese text, each glyph once, at most 100; none in a text without kana.</summary>
    public static IReadOnlyList<ForeignGlyph> Find(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.AsSpan().ContainsAnyInRange('\u3041', '\u30FA'))
        {
            return [];
        }

        var slips = new List<ForeignGlyph>();
        for (var index = 0; index < text.Length && slips.Count < Most; index++)
        {
            if (text[index] is < '\u3400' or > '\u9FFF')
            {
                continue;
            }

            var at = Found.AsSpan().BinarySearch(text[index]);
            if (at >= 0 && !slips.Exists(slip => slip.Glyph[0] == text[index]))
            {
                slips.Add(new ForeignGlyph(Found[at].ToString(), Japanese[at].ToString(), index));
            }
        }

        return slips;
    }
}
