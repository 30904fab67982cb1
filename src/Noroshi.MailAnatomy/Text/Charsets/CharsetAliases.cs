using System.Collections.Frozen;
using System.Text;

namespace Noroshi.MailAnatomy.Text.Charsets;

/// <summary>
/// Names of charsets as mail really uses them (IANA registry, Windows, Java and old Japanese mailers, common slips).
/// To add an alias, add one line to <see cref="Aliases"/>.
/// </summary>
public static class CharsetAliases
{
    /// <summary>Longest name that is looked up; longer ones are unknown.</summary>
    private const int MaxName = 64;

    /// <summary>Canonical name to code page. 0: decoded by own code, no <see cref="Encoding"/>.</summary>
    private static readonly FrozenDictionary<string, int> CodePages = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase)
    {
        ["us-ascii"] = 20127,
        ["utf-8"] = 65001,
        ["utf-7"] = 0,
        ["utf-16"] = 1200,
        ["utf-16le"] = 1200,
        ["utf-16be"] = 1201,
        ["utf-32"] = 12000,
        ["shift_jis"] = 932,
        ["euc-jp"] = 51932,
        ["iso-2022-jp"] = 50220,
        ["iso-2022-kr"] = 50225,
        ["gb18030"] = 54936,
        ["hz-gb-2312"] = 52936,
        ["big5"] = 950,
        ["euc-kr"] = 949,
        ["johab"] = 1361,
        ["windows-874"] = 874,
        ["windows-1250"] = 1250,
        ["windows-1251"] = 1251,
        ["windows-1252"] = 1252,
        ["windows-1253"] = 1253,
        ["windows-1254"] = 1254,
        ["windows-1255"] = 1255,
        ["windows-1256"] = 1256,
        ["windows-1257"] = 1257,
        ["windows-1258"] = 1258,
        ["iso-8859-1"] = 1252,
        ["iso-8859-2"] = 28592,
        ["iso-8859-3"] = 28593,
        ["iso-8859-4"] = 28594,
        ["iso-8859-5"] = 28595,
        ["iso-8859-6"] = 28596,
        ["iso-8859-7"] = 28597,
        ["iso-8859-8"] = 28598,
        ["iso-8859-9"] = 1254,
        ["iso-8859-13"] = 28603,
        ["iso-8859-15"] = 28605,
        ["koi8-r"] = 20866,
        ["koi8-u"] = 21866,
        ["ibm437"] = 437,
        ["ibm850"] = 850,
        ["ibm866"] = 866,
        ["macintosh"] = 10000,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Alias to canonical name.</summary>
    private static readonly FrozenDictionary<string, string> Aliases = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["ascii"] = "us-ascii",
        ["us_ascii"] = "us-ascii",
        ["usascii"] = "us-ascii",
        ["us"] = "us-ascii",
        ["ansi_x3.4-1968"] = "us-ascii",
        ["ansi_x3.4-1986"] = "us-ascii",
        ["ansi"] = "us-ascii",
        ["iso646-us"] = "us-ascii",
        ["iso_646.irv:1991"] = "us-ascii",
        ["iso-ir-6"] = "us-ascii",
        ["ibm367"] = "us-ascii",
        ["cp367"] = "us-ascii",
        ["csascii"] = "us-ascii",
        ["646"] = "us-ascii",
        ["7bit"] = "us-ascii",
        ["utf8"] = "utf-8",
        ["utf_8"] = "utf-8",
        ["utf-8-sig"] = "utf-8",
        ["utf-8n"] = "utf-8",
        ["utf8mb4"] = "utf-8",
        ["uft-8"] = "utf-8",
        ["uft8"] = "utf-8",
        ["unicode-1-1-utf-8"] = "utf-8",
        ["cp65001"] = "utf-8",
        ["cesu-8"] = "utf-8",
        ["utf7"] = "utf-7",
        ["utf-7-imap"] = "utf-7",
        ["unicode-1-1-utf-7"] = "utf-7",
        ["unicode-2-0-utf-7"] = "utf-7",
        ["x-unicode-2-0-utf-7"] = "utf-7",
        ["csunicode11utf7"] = "utf-7",
        ["cp65000"] = "utf-7",
        ["utf16"] = "utf-16",
        ["unicode"] = "utf-16",
        ["ucs-2"] = "utf-16",
        ["iso-10646-ucs-2"] = "utf-16",
        ["utf16le"] = "utf-16le",
        ["unicodelittle"] = "utf-16le",
        ["utf16be"] = "utf-16be",
        ["unicodebig"] = "utf-16be",
        ["unicodefffe"] = "utf-16be",
        ["utf32"] = "utf-32",
        ["shift-jis"] = "shift_jis",
        ["shiftjis"] = "shift_jis",
        ["shift jis"] = "shift_jis",
        ["shift_jisx0213"] = "shift_jis",
        ["shift_jis-2004"] = "shift_jis",
        ["shift_jis-ms"] = "shift_jis",
        ["s-jis"] = "shift_jis",
        ["sjis"] = "shift_jis",
        ["sjis-win"] = "shift_jis",
        ["sjis-open"] = "shift_jis",
        ["x-sjis"] = "shift_jis",
        ["x-sjis-cp932"] = "shift_jis",
        ["x-shift-jis"] = "shift_jis",
        ["x-shift_jis"] = "shift_jis",
        ["x-ms-cp932"] = "shift_jis",
        ["x-mac-japanese"] = "shift_jis",
        ["ms_kanji"] = "shift_jis",
        ["mskanji"] = "shift_jis",
        ["ms932"] = "shift_jis",
        ["ms-932"] = "shift_jis",
        ["windows-31j"] = "shift_jis",
        ["windows31j"] = "shift_jis",
        ["cswindows31j"] = "shift_jis",
        ["csshiftjis"] = "shift_jis",
        ["windows-932"] = "shift_jis",
        ["windows932"] = "shift_jis",
        ["cp932"] = "shift_jis",
        ["cp-932"] = "shift_jis",
        ["cp943"] = "shift_jis",
        ["cp943c"] = "shift_jis",
        ["ibm932"] = "shift_jis",
        ["ibm943"] = "shift_jis",
        ["932"] = "shift_jis",
        ["pck"] = "shift_jis",
        ["eucjp"] = "euc-jp",
        ["euc_jp"] = "euc-jp",
        ["euc"] = "euc-jp",
        ["ujis"] = "euc-jp",
        ["x-euc"] = "euc-jp",
        ["x-euc-jp"] = "euc-jp",
        ["x-eucjp"] = "euc-jp",
        ["euc-jp-ms"] = "euc-jp",
        ["eucjp-ms"] = "euc-jp",
        ["eucjp-win"] = "euc-jp",
        ["eucjp-open"] = "euc-jp",
        ["euc-jisx0213"] = "euc-jp",
        ["euc-jis-2004"] = "euc-jp",
        ["cp51932"] = "euc-jp",
        ["cp20932"] = "euc-jp",
        ["csiso159jisx02121990"] = "euc-jp",
        ["cseucpkdfmtjapanese"] = "euc-jp",
        ["extended_unix_code_packed_format_for_japanese"] = "euc-jp",
        ["iso2022-jp"] = "iso-2022-jp",
        ["iso2022jp"] = "iso-2022-jp",
        ["iso_2022_jp"] = "iso-2022-jp",
        ["iso-2022jp"] = "iso-2022-jp",
        ["iso-2022-jp-1"] = "iso-2022-jp",
        ["iso-2022-jp-2"] = "iso-2022-jp",
        ["iso-2022-jp-3"] = "iso-2022-jp",
        ["iso-2022-jp-2004"] = "iso-2022-jp",
        ["iso-2022-jp-ext"] = "iso-2022-jp",
        ["iso-2022-jp-ms"] = "iso-2022-jp",
        ["iso-2022-jp-mobile"] = "iso-2022-jp",
        ["x-iso-2022-jp"] = "iso-2022-jp",
        ["x-windows-iso2022jp"] = "iso-2022-jp",
        ["csiso2022jp"] = "iso-2022-jp",
        ["csiso2022jp2"] = "iso-2022-jp",
        ["cp50220"] = "iso-2022-jp",
        ["cp50221"] = "iso-2022-jp",
        ["cp50222"] = "iso-2022-jp",
        ["x-windows-50220"] = "iso-2022-jp",
        ["x-windows-50221"] = "iso-2022-jp",
        ["jis"] = "iso-2022-jp",
        ["jis7"] = "iso-2022-jp",
        ["jis-ms"] = "iso-2022-jp",
        ["jis_encoding"] = "iso-2022-jp",
        ["csjisencoding"] = "iso-2022-jp",
        ["jis_x0201"] = "shift_jis",
        ["jis_x0208-1983"] = "iso-2022-jp",
        ["iso2022-kr"] = "iso-2022-kr",
        ["csiso2022kr"] = "iso-2022-kr",
        ["gb2312"] = "gb18030",
        ["gb_2312-80"] = "gb18030",
        ["gb2312-80"] = "gb18030",
        ["gb-2312"] = "gb18030",
        ["csgb2312"] = "gb18030",
        ["chinese"] = "gb18030",
        ["euc-cn"] = "gb18030",
        ["euccn"] = "gb18030",
        ["x-euc-cn"] = "gb18030",
        ["gbk"] = "gb18030",
        ["x-gbk"] = "gb18030",
        ["cp936"] = "gb18030",
        ["ms936"] = "gb18030",
        ["windows-936"] = "gb18030",
        ["gb-18030"] = "gb18030",
        ["gb18030-2000"] = "gb18030",
        ["gb18030-2005"] = "gb18030",
        ["hz"] = "hz-gb-2312",
        ["big-5"] = "big5",
        ["big5-hkscs"] = "big5",
        ["big5-eten"] = "big5",
        ["x-x-big5"] = "big5",
        ["cn-big5"] = "big5",
        ["csbig5"] = "big5",
        ["cp950"] = "big5",
        ["windows-950"] = "big5",
        ["euckr"] = "euc-kr",
        ["cseuckr"] = "euc-kr",
        ["ks_c_5601"] = "euc-kr",
        ["ks_c_5601-1987"] = "euc-kr",
        ["ks_c_5601-1989"] = "euc-kr",
        ["ksc5601"] = "euc-kr",
        ["ksc_5601"] = "euc-kr",
        ["ks_x_1001"] = "euc-kr",
        ["korean"] = "euc-kr",
        ["cp949"] = "euc-kr",
        ["ms949"] = "euc-kr",
        ["uhc"] = "euc-kr",
        ["windows-949"] = "euc-kr",
        ["latin1"] = "iso-8859-1",
        ["latin-1"] = "iso-8859-1",
        ["l1"] = "iso-8859-1",
        ["iso8859-1"] = "iso-8859-1",
        ["iso88591"] = "iso-8859-1",
        ["iso_8859-1"] = "iso-8859-1",
        ["iso_8859-1:1987"] = "iso-8859-1",
        ["iso-ir-100"] = "iso-8859-1",
        ["csisolatin1"] = "iso-8859-1",
        ["cp819"] = "iso-8859-1",
        ["ibm819"] = "iso-8859-1",
        ["iso8859-2"] = "iso-8859-2",
        ["latin2"] = "iso-8859-2",
        ["iso8859-5"] = "iso-8859-5",
        ["iso8859-7"] = "iso-8859-7",
        ["greek"] = "iso-8859-7",
        ["iso-8859-8-i"] = "iso-8859-8",
        ["iso8859-9"] = "iso-8859-9",
        ["latin5"] = "iso-8859-9",
        ["iso8859-15"] = "iso-8859-15",
        ["latin-9"] = "iso-8859-15",
        ["iso-8859-11"] = "windows-874",
        ["tis-620"] = "windows-874",
        ["cp874"] = "windows-874",
        ["cp1250"] = "windows-1250",
        ["cp1251"] = "windows-1251",
        ["win1251"] = "windows-1251",
        ["cp1252"] = "windows-1252",
        ["x-ansi"] = "windows-1252",
        ["cp1253"] = "windows-1253",
        ["cp1254"] = "windows-1254",
        ["cp1255"] = "windows-1255",
        ["cp1256"] = "windows-1256",
        ["cp1257"] = "windows-1257",
        ["cp1258"] = "windows-1258",
        ["koi8r"] = "koi8-r",
        ["koi8"] = "koi8-r",
        ["cskoi8r"] = "koi8-r",
        ["cp437"] = "ibm437",
        ["cp850"] = "ibm850",
        ["cp866"] = "ibm866",
        ["mac"] = "macintosh",
        ["x-mac-roman"] = "macintosh",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The encoding behind a name, without touching the process-wide provider list. Null for unknown names and for UTF-7,
    /// which .NET decodes unsafely. Decode mail with <see cref="CharsetDecoder"/>; this is for encoders and for file formats.
    /// </summary>
    /// <param name="name">Name as written in a mail; any text is safe.</param>
    public static Encoding? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return CodePages.TryGetValue(Canonical(name), out var page) && page != 0 ? FromCodePage(page) : null;
    }

    /// <summary>
    /// The name this library uses for a charset: <c>utf-8</c>, <c>iso-2022-jp</c>, <c>shift_jis</c> (always meaning CP932), <c>euc-jp</c>,
    /// <c>gb18030</c> (also for GB 2312 and GBK), … An unknown name comes back trimmed, in lower case and cut to 64 characters.
    /// </summary>
    /// <param name="name">Name as written in a mail; any text is safe.</param>
    public static string Canonical(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var trimmed = name.AsSpan().Trim(" \t\r\n\"'<>;,");
        if (trimmed.Length > MaxName)
        {
            return trimmed[..MaxName].ToString().ToLowerInvariant();
        }

        var key = trimmed.ToString();
        if (Aliases.TryGetValue(key, out var canonical))
        {
            return canonical;
        }

        return key.ToLowerInvariant();
    }

    /// <summary>Whether a canonical name is one of the table.</summary>
    internal static bool IsKnown(string canonical) => CodePages.ContainsKey(canonical);

    /// <summary>An encoding that marks every byte it cannot read with U+FFFD.</summary>
    internal static Encoding? FromCodePage(int page)
    {
        // Numbers come from files; what no code page can have need not cost an exception.
        if (page is <= 0 or > ushort.MaxValue)
        {
            return null;
        }

        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(
                    page,
                    EncoderFallback.ReplacementFallback,
                    new DecoderReplacementFallback("\uFFFD")
                ) ?? Encoding.GetEncoding(page, EncoderFallback.ReplacementFallback, new DecoderReplacementFallback("\uFFFD"));
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            // A code page that this runtime was built without reads as unknown.
            return null;
        }
    }
}
