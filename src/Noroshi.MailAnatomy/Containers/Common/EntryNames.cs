using System.Text;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Text.Charsets;

namespace Noroshi.MailAnatomy.Containers;

/// <summary>A decoded name.</summary>
/// <param name="Text">The name.</param>
/// <param name="Charset">Charset it was decoded from, as <see cref="CharsetDecoder"/> calls it.</param>
/// <param name="Lossy">Some bytes stand for no character of the charset.</param>
internal sealed record EntryName(string Text, string Charset, bool Lossy = false)
{
    public void Deconstruct(out string text, out string charset) => (text, charset) = (Text, Charset);
}

/// <summary>Names of entries: raw bytes to text, and what is strange about a name.</summary>
internal static class EntryNames
{
    /// <summary>Code page of the last resort for names of Japanese archivers: broken characters are replaced.</summary>
    public const int Japanese = 932;

    /// <summary>Code page of the last resort that gives every byte a character: that of DOS.</summary>
    public const int Dos = 437;

    /// <summary>Code page of the last resort that gives every byte a character: Latin 1, as the Amiga has it.</summary>
    public const int Latin = 28591;

    /// <summary>Characters from which a name counts as abnormally long; Windows paths end at 260, Unix ones at 4,096.</summary>
    private const int LongName = 1_024;

    private const string ShiftJis = "shift_jis";
    private const string EucJp = "euc-jp";
    private const string Utf8 = "utf-8";

    /// <summary>
    /// Decodes a name. A code page that the archive states wins when the bytes fit it. Else the bytes decide: ASCII, UTF-8, EUC-JP where kana
    /// or the frequency of characters show it, else CP932 as the archivers of Japan write it.
    /// </summary>
    /// <param name="bytes">Bytes as stored.</param>
    /// <param name="codePage">Windows code page the archive states, or 0.</param>
    /// <param name="unix">Written on a Unix system, where EUC-JP is likelier than CP932.</param>
    /// <param name="fallback">Code page for bytes that fit nothing.</param>
    public static EntryName Decode(ReadOnlySpan<byte> bytes, int codePage = 0, bool unix = false, int fallback = Dos)
    {
        if (Ascii.IsValid(bytes))
        {
            return new(Encoding.ASCII.GetString(bytes), "us-ascii");
        }

        if (codePage > 0 && Stated(bytes, codePage) is { } stated)
        {
            return stated;
        }

        if (System.Text.Unicode.Utf8.IsValid(bytes))
        {
            return new(Encoding.UTF8.GetString(bytes), Utf8);
        }

        var japanese = CharsetDecoder.DecodeAs(bytes, ShiftJis, out var brokenJapanese);
        var euc = CharsetDecoder.DecodeAs(bytes, EucJp, out var brokenEuc);
        if (!brokenEuc && (unix || brokenJapanese || HasKana(euc) || (!IsHalfWidthWord(japanese) && IsLikelierEuc(bytes))))
        {
            return new(euc, EucJp);
        }

        return brokenJapanese && fallback != Japanese
            ? new(Page(fallback).GetString(bytes), fallback == Latin ? "iso-8859-1" : "ibm437")
            : new(japanese, ShiftJis, brokenJapanese);
    }

    /// <summary>A name that its archive says is UTF-8; falls back to <see cref="Decode"/> when it is not.</summary>
    public static EntryName DecodeUtf8(ReadOnlySpan<byte> bytes) => Decode(bytes, codePage: 65001);

    /// <summary>Stored separators made <c>/</c>.</summary>
    public static string Separate(string name) => name.Replace('\\', '/');

    /// <summary>What is strange about a name; whether it points somewhere else is judged where all entries pass.</summary>
    public static void Inspect(string name, List<Finding> findings)
    {
        if (name.Length > LongName)
        {
            findings.Add(FindingCodes.Container.LongName.At($"{name.Length} characters"));
        }

        if (name.AsSpan().ContainsAnyInRange('\0', '\x1F') || name.Contains('\x7F', StringComparison.Ordinal))
        {
            findings.Add(FindingCodes.Container.ControlInName.At(Short(name)));
        }
    }

    /// <summary>The name for a finding's detail, shortened.</summary>
    public static string Short(string name) => name.Length <= 200 ? name : string.Concat(name.AsSpan(0, 200), "…");

    private static EntryName? Stated(ReadOnlySpan<byte> bytes, int codePage)
    {
        var charset = codePage switch
        {
            932 => ShiftJis,
            20932 or 51932 => EucJp,
            65001 => Utf8,
            _ => CharsetAliases.FromCodePage(codePage) is { } encoding ? CharsetAliases.Canonical(encoding.WebName) : "",
        };
        if (!CharsetAliases.IsKnown(charset))
        {
            return null;
        }

        var text = CharsetDecoder.DecodeAs(bytes, charset, out var broken);
        return broken ? null : new(text, charset);
    }

    private static bool HasKana(string text) => text.AsSpan().ContainsAnyInRange('\u3041', '\u30F6');

    // Names of kanji alone: in CP932 they would be half-width kana or private characters in an order that nobody writes.
    private static bool IsLikelierEuc(ReadOnlySpan<byte> bytes)
    {
        var sample = CharsetScorer.Sample(bytes);
        var cut = sample.Length < bytes.Length;
        return CharsetScorer.Score(MultiByteCharset.EucJp, sample, cut) > CharsetScorer.Score(MultiByteCharset.ShiftJis, sample, cut);
    }

    // A short word, or one with voicing or length marks, is really written in half-width kana.
    private static bool IsHalfWidthWord(string text)
    {
        var kana = 0;
        var marks = false;
        foreach (var character in text)
        {
            if (character is >= '\uFF61' and <= '\uFF9F')
            {
                kana++;
                marks |= character is '\uFF70' or '\uFF9E' or '\uFF9F';
            }
            else if (character >= 0x80)
            {
                return false;
            }
        }

        return marks || kana <= 4;
    }

    private static Encoding Page(int codePage) => CodePagesEncodingProvider.Instance.GetEncoding(codePage) ?? Encoding.Latin1;
}
