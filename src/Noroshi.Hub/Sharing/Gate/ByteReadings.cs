using System.Text;
using System.Text.Unicode;
using Noroshi.MailAnatomy.Text.Charsets;

namespace Noroshi.Hub.Sharing.Gate;

/// <summary>Bytes as text, in each charset that they may be in.</summary>
internal static class ByteReadings
{
    /// <summary>Name of the reading that is the bytes in hexadecimal.</summary>
    public const string Printed = "bytes";

    private const int ShortBlob = 64;
    private const int ShortestId = 16;
    private const int Mostly = 70;
    private const int TellingCjk = 3;
    private const int TellingLatin = 5;

    /// <summary>The readings, each with the name of its charset (none for plain UTF-8).</summary>
    /// <param name="bytes">Bytes.</param>
    /// <param name="trusted">
    /// Whether they are known to be content: every reading counts then. What a decoder made of an ordinary word is looked at only when it reads
    /// like text, or is short enough to be an id.
    /// </param>
    public static IEnumerable<(string Text, string Charset)> Of(ReadOnlySpan<byte> bytes, bool trusted)
    {
        var readings = new List<(string, string)>();
        var valid = Utf8.IsValid(bytes);
        if (valid || trusted)
        {
            readings.Add((Encoding.UTF8.GetString(bytes), ""));
        }
        else
        {
            // What a decoder made of a word and its neighbours ends in rubbish.
            Add(readings, Encoding.UTF8.GetString(bytes), "", false);
        }

        if (bytes.IndexOf((byte)0x1B) >= 0)
        {
            readings.Add((CharsetDecoder.Decode(bytes, "iso-2022-jp").Text, "iso-2022-jp"));
        }

        var wide = bytes.IndexOf((byte)0) >= 0;
        foreach (var (name, encoding, from) in Wide)
        {
            if (bytes.Length >= from + 4 && (wide || !valid || bytes.Length <= ShortBlob))
            {
                Add(readings, encoding.GetString(bytes[from..]), name, trusted && wide);
            }
        }

        if (!valid)
        {
            foreach (var name in Narrow)
            {
                if (CharsetAliases.Find(name) is { } encoding)
                {
                    Add(readings, encoding.GetString(bytes), name, trusted);
                }
            }
        }

        if (!trusted && bytes.Length is >= ShortestId and <= ShortBlob)
        {
            // Ids of tenants travel as bytes, too.
            readings.Add((Convert.ToHexStringLower(bytes), Printed));
        }

        return readings;
    }

    private static readonly (string Name, Encoding Encoding, int From)[] Wide =
    [
        ("utf-16le", new UnicodeEncoding(false, false), 0),
        ("utf-16be", new UnicodeEncoding(true, false), 0),
        ("utf-16le", new UnicodeEncoding(false, false), 1),
        ("utf-16be", new UnicodeEncoding(true, false), 1),
        ("utf-32le", new UTF32Encoding(false, false), 0),
        ("utf-32be", new UTF32Encoding(true, false), 0),
    ];

    private static readonly string[] Narrow = ["shift_jis", "euc-jp", "windows-1252"];

    private static void Add(List<(string, string)> readings, string text, string charset, bool always)
    {
        if (always || ReadsLikeText(text))
        {
            readings.Add((text, charset));
        }
    }

    /// <summary>Mostly text, or rubbish around a stretch of text: a name beside other letters decodes to that.</summary>
    private static bool ReadsLikeText(string text)
    {
        var good = 0;
        var cjk = 0;
        var latin = 0;
        foreach (var character in text)
        {
            var isCjk = character is (>= '\u3041' and <= '\u30FC') or (>= '\u4E00' and <= '\u9FFF') or (>= '\uFF66' and <= '\uFF9F');
            var isLatin = character is >= ' ' and <= '~';
            cjk = isCjk ? cjk + 1 : 0;
            latin = isLatin ? latin + 1 : 0;
            if (cjk >= TellingCjk || latin >= TellingLatin)
            {
                return true;
            }

            good += isCjk || isLatin || character is '\r' or '\n' or '\t' || char.IsLetter(character) ? 1 : 0;
        }

        return text.Length >= 2 && good * 100 >= text.Length * Mostly;
    }
}
