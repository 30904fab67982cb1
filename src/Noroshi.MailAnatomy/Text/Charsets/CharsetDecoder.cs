using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.Text.Charsets;

/// <summary>Text that came from bytes.</summary>
/// <param name="Text">The text; U+FFFD only where the bytes fit no charset.</param>
/// <param name="Charset">Canonical name of the charset the bytes were really in.</param>
/// <param name="Findings">Repairs and damage.</param>
public sealed record DecodedText(string Text, string Charset, IReadOnlyList<Finding> Findings);

/// <summary>
/// Bytes to text by what the bytes are, the declared charset being a hint only. Order: byte-order mark, ISO 2022 escapes, UTF-8 validity,
/// then the East Asian charsets scored against each other. Never throws; linear in the length.
/// </summary>
public static class CharsetDecoder
{
    private const double DeclaredPrior = 3;
    private const double HintPrior = 2;
    private const double Convincing = 5;
    private const double Plausible = 2;

    /// <summary>Decodes.</summary>
    /// <param name="bytes">Text of a part or header after the transfer encoding was taken off.</param>
    /// <param name="declared">Charset as declared, any text; null when none is.</param>
    /// <param name="hint">Charset the surroundings are in (the body's for a header); weighs less than a declaration.</param>
    public static DecodedText Decode(ReadOnlySpan<byte> bytes, string? declared, string? hint = null)
    {
        var declaredName = string.IsNullOrWhiteSpace(declared) ? null : CharsetAliases.Canonical(declared);
        if (
            System.Text.Ascii.IsValid(bytes)
            && bytes.IndexOfAny((byte)0x1B, (byte)0x0E, (byte)0) < 0
            && !NeedsSevenBitDecoder(declaredName)
        )
        {
            return PlainAscii(bytes, declared, declaredName);
        }

        var findings = new List<Finding>();
        var known = declaredName is not null && CharsetAliases.IsKnown(declaredName);
        if (declaredName is not null && !known)
        {
            findings.Add(FindingCodes.Charset.Unknown.At(declaredName));
        }

        var (text, charset) = Recognise(bytes, known ? declaredName : null, hint is null ? null : CharsetAliases.Canonical(hint), findings);
        if (declaredName is null && charset != "us-ascii")
        {
            findings.Add(FindingCodes.Charset.Undeclared.At(charset));
        }
        else if (known && declaredName is not null && !Agrees(declaredName, charset))
        {
            findings.Add(FindingCodes.Charset.Contradicted.At($"{declaredName} -> {charset}"));
        }

        return new DecodedText(text, charset, findings);
    }

    /// <summary>Decodes as exactly one charset, for formats whose rules say which it is or compare several.</summary>
    /// <param name="bytes">Text.</param>
    /// <param name="charset">Canonical name of a known charset (<see cref="CharsetAliases.Canonical"/>).</param>
    /// <param name="broken">Some bytes stand for no character; U+FFFD is in their place.</param>
    internal static string DecodeAs(ReadOnlySpan<byte> bytes, string charset, out bool broken)
    {
        var damage = default(DamageLog);
        var text = DecodeAs(charset, bytes, ref damage);
        broken = damage.Count > 0;
        return text;
    }

    private static DecodedText PlainAscii(ReadOnlySpan<byte> bytes, string? declared, string? declaredName)
    {
        var known =
            declaredName is not null
            && CharsetAliases.IsKnown(declaredName)
            && declaredName is not ("utf-16" or "utf-16le" or "utf-16be" or "utf-32");
        IReadOnlyList<Finding> findings =
            declaredName is not null && !CharsetAliases.IsKnown(declaredName) ? [FindingCodes.Charset.Unknown.At(declaredName)] : [];
        return new DecodedText(
            Encoding.ASCII.GetString(bytes),
            known && declared is not null ? declaredName ?? "us-ascii" : "us-ascii",
            findings
        );
    }

    private static bool NeedsSevenBitDecoder(string? declared) => declared is "utf-7" or "hz-gb-2312" or "iso-2022-jp" or "iso-2022-kr";

    private static bool Agrees(string declared, string real) =>
        declared == real
        || real == "us-ascii"
        || (declared, real) is ("utf-16", "utf-16le" or "utf-16be") or ("iso-8859-1", "windows-1252") or ("windows-1252", "iso-8859-1");

    private static (string Text, string Charset) Recognise(ReadOnlySpan<byte> bytes, string? declared, string? hint, List<Finding> findings)
    {
        if (Unicode(bytes, declared, findings) is { } unicode)
        {
            return unicode;
        }

        if (SevenBit(bytes, declared, findings) is { } sevenBit)
        {
            return sevenBit;
        }

        if (System.Text.Ascii.IsValid(bytes))
        {
            return (Encoding.ASCII.GetString(bytes), declared is null or "utf-16" or "utf-16le" or "utf-16be" ? "us-ascii" : declared);
        }

        if (Utf8.IsValid(bytes) && !IsRatherLegacy(bytes, declared ?? hint))
        {
            return (Encoding.UTF8.GetString(bytes), "utf-8");
        }

        return Legacy(bytes, declared, hint, findings);
    }

    private static (string Text, string Charset)? Unicode(ReadOnlySpan<byte> bytes, string? declared, List<Finding> findings)
    {
        if (bytes.StartsWith("\uFEFF"u8))
        {
            return Utf8Lenient(bytes[3..], 3, findings);
        }

        if (declared == "utf-32" && bytes.Length >= 4)
        {
            return (Encoding.UTF32.GetString(bytes).TrimStart('\uFEFF'), "utf-32");
        }

        if (Utf16.Detect(bytes, declared) is not { } bigEndian)
        {
            return null;
        }

        var start = Utf16.HasMark(bytes) ? 2 : 0;
        var text = (bigEndian ? Encoding.BigEndianUnicode : Encoding.Unicode).GetString(bytes[start..]);
        var name = bigEndian ? "utf-16be" : "utf-16le";
        var bad = text.IndexOf('\uFFFD');
        if (bad >= 0)
        {
            var damage = default(DamageLog);
            damage.Add(start + (bad * 2));
            findings.Add(damage.ToFinding(name));
        }

        return (text, name);
    }

    private static (string Text, string Charset)? SevenBit(ReadOnlySpan<byte> bytes, string? declared, List<Finding> findings)
    {
        var jis = declared is "iso-2022-jp" or "iso-2022-kr";
        if (
            Iso2022Decoder.HasDesignation(bytes)
            || (jis && bytes.IndexOf((byte)0x1B) >= 0)
            || (jis && bytes.IndexOf((byte)0x0E) >= 0 && System.Text.Ascii.IsValid(bytes))
        )
        {
            return Iso2022(bytes, findings);
        }

        if (!System.Text.Ascii.IsValid(bytes))
        {
            return null;
        }

        switch (declared)
        {
            case "utf-7":
                findings.Add(FindingCodes.Charset.Utf7.At("utf-7"));
                var damage = default(DamageLog);
                var text = Utf7Decoder.Decode(bytes, ref damage);
                Report(damage, "utf-7", findings);
                return (text, "utf-7");
            case "hz-gb-2312" when bytes.IndexOf("~{"u8) >= 0 && CharsetAliases.Find("hz-gb-2312") is { } hz:
                return (hz.GetString(bytes), "hz-gb-2312");
            case "iso-2022-jp" when LostEscapes.Restore(bytes) is { } restored:
                findings.Add(FindingCodes.Charset.EscapesLost.At("iso-2022-jp"));
                return Iso2022(restored, findings);
            default:
                return null;
        }
    }

    private static (string Text, string Charset) Iso2022(ReadOnlySpan<byte> bytes, List<Finding> findings)
    {
        var result = Iso2022Decoder.Decode(bytes);
        var name = result.Notes.HasFlag(Iso2022Decoder.Notes.Korean) && bytes.IndexOf("\x1b$)C"u8) >= 0 ? "iso-2022-kr" : "iso-2022-jp";
        Report(result.Damage, name, findings);
        if (result.Notes.HasFlag(Iso2022Decoder.Notes.Jis0213))
        {
            findings.Add(FindingCodes.Charset.JisX0213.At(name));
        }

        if (result.Notes.HasFlag(Iso2022Decoder.Notes.Mixed))
        {
            findings.Add(FindingCodes.Charset.Mixed.At(name));
        }

        if (result.Notes.HasFlag(Iso2022Decoder.Notes.Unterminated))
        {
            findings.Add(FindingCodes.Charset.Unterminated.At(name));
        }

        return (result.Text, name);
    }

    /// <summary>Short legacy text can be valid UTF-8 by chance, but then made of two-byte sequences only, and mostly of letters nobody writes.</summary>
    private static bool IsRatherLegacy(ReadOnlySpan<byte> bytes, string? expected)
    {
        if (bytes.Length >= CharsetScorer.SampleBytes || bytes.IndexOfAnyInRange((byte)0xE0, (byte)0xFF) >= 0)
        {
            return false;
        }

        // Leads C6 to CD and DC to DF: phonetic signs, combining marks, Syriac, Thaana, N'Ko.
        var charset =
            MultiByteCharset.Find(expected)
            ?? (expected is null or "iso-2022-jp" && bytes.IndexOfAnyInRange((byte)0xC6, (byte)0xCD) >= 0 ? MultiByteCharset.EucJp : null);
        return charset is not null && CharsetScorer.Score(charset, CharsetScorer.Sample(bytes), cut: false) > 0;
    }

    private static (string Text, string Charset) Legacy(ReadOnlySpan<byte> bytes, string? declared, string? hint, List<Finding> findings)
    {
        var sample = CharsetScorer.Sample(bytes);
        var start = bytes.Length - sample.Length == 0 ? 0 : bytes.IndexOfAnyInRange((byte)0x80, (byte)0xFF);
        var cut = start + sample.Length < bytes.Length;
        var expected = MultiByteCharset.Find(declared);

        // Japanese shows by its kana. Ordinary Chinese or Korean characters also come out of Japanese bytes, so those are compared.
        if (
            expected is not null
            && (expected == MultiByteCharset.ShiftJis || expected == MultiByteCharset.EucJp)
            && CharsetScorer.Score(expected, sample, cut) >= Convincing
        )
        {
            var damage = default(DamageLog);
            var text = DecodeMultiByte(expected, bytes, ref damage);
            if (damage.Count == 0)
            {
                return (text, expected.Name);
            }
        }

        (string Text, string Charset, DamageLog Damage)? best = null;
        foreach (var (name, score) in Rank(sample, cut, declared, hint))
        {
            if (best is not null && score < Plausible)
            {
                break;
            }

            var damage = default(DamageLog);
            var text = DecodeAs(name, bytes, ref damage);
            best ??= (text, name, damage);
            if (damage.Count == 0)
            {
                return (text, name);
            }
        }

        var (bestText, bestName, bestDamage) = best ?? (Encoding.Latin1.GetString(bytes), "iso-8859-1", default);
        Report(bestDamage, bestName, findings);
        return (bestText, bestName);
    }

    private static List<(string Name, double Score)> Rank(ReadOnlySpan<byte> sample, bool cut, string? declared, string? hint)
    {
        var ranking = new List<(string Name, double Score)>(8);
        foreach (var charset in MultiByteCharset.All)
        {
            var prior =
                Prior(charset.Name, declared, hint)
                + (
                    charset == MultiByteCharset.ShiftJis ? 0.8
                    : charset == MultiByteCharset.EucJp ? 1
                    : 0
                );
            ranking.Add((charset.Name, CharsetScorer.Score(charset, sample, cut) + prior));
        }

        ranking.Add(("utf-8", CharsetScorer.ScoreUtf8(sample, cut) + Prior("utf-8", declared, hint)));
        var latin = declared is "iso-8859-1" or "iso-8859-15" or "windows-1252" ? declared : "windows-1252";
        ranking.Add((latin, CharsetScorer.ScoreLatin(sample) + (latin == declared ? DeclaredPrior : -1)));
        if (declared is not null && declared != latin && IsSingleByte(declared) && CharsetAliases.Find(declared) is { } encoding)
        {
            ranking.Add((declared, CharsetScorer.ScoreLetters(encoding, sample) + DeclaredPrior));
        }

        // Equal scores keep the order above, so that the result never depends on the sort.
        return [.. ranking.OrderByDescending(entry => entry.Score)];
    }

    private static double Prior(string name, string? declared, string? hint)
    {
        // A 7-bit Japanese label with 8-bit bytes still says that the text is Japanese.
        var japanese = (declared == "iso-2022-jp" || hint == "iso-2022-jp") && name is "shift_jis" or "euc-jp" ? 1 : 0;
        return name == declared ? DeclaredPrior
            : name == hint ? HintPrior
            : japanese;
    }

    private static bool IsSingleByte(string name) =>
        name.StartsWith("windows-", StringComparison.Ordinal)
        || name.StartsWith("iso-8859-", StringComparison.Ordinal)
        || name.StartsWith("koi8-", StringComparison.Ordinal)
        || name.StartsWith("ibm", StringComparison.Ordinal)
        || name == "macintosh";

    private static string DecodeAs(string name, ReadOnlySpan<byte> bytes, ref DamageLog damage)
    {
        if (MultiByteCharset.Find(name) is { } charset)
        {
            return DecodeMultiByte(charset, bytes, ref damage);
        }

        if (name == "utf-8")
        {
            return DecodeUtf8(bytes, 0, ref damage);
        }

        var text = (CharsetAliases.Find(name) ?? Encoding.Latin1).GetString(bytes);
        if (name is "iso-8859-1" or "windows-1252" && text.Contains('\uFFFD', StringComparison.Ordinal))
        {
            // The five bytes that Windows-1252 leaves free are control characters in ISO 8859-1.
            return Encoding.Latin1.GetString(bytes);
        }

        for (var at = text.IndexOf('\uFFFD'); at >= 0; at = text.IndexOf('\uFFFD', at + 1))
        {
            damage.Add(at);
        }

        return text;
    }

    private static string DecodeMultiByte(MultiByteCharset charset, ReadOnlySpan<byte> bytes, ref DamageLog damage)
    {
        // No character is longer in UTF-16 units than in bytes.
        var buffer = ArrayPool<char>.Shared.Rent(Math.Max(1, bytes.Length));
        var length = 0;
        var index = 0;
        while (index < bytes.Length)
        {
            var rest = bytes[index..];
            var run = rest.IndexOfAnyInRange((byte)0x80, (byte)0xFF);
            run = run < 0 ? rest.Length : run;
            System.Text.Ascii.ToUtf16(rest[..run], buffer.AsSpan(length), out var written);
            length += written;
            index += run;
            while (index < bytes.Length && bytes[index] >= 0x80)
            {
                var codePoint = charset.Read(bytes, index, out var used);
                if (codePoint < 0)
                {
                    damage.Add(index);
                    codePoint = 0xFFFD;
                }

                if (codePoint <= 0xFFFF)
                {
                    buffer[length++] = (char)codePoint;
                }
                else
                {
                    length += new Rune(codePoint).EncodeToUtf16(buffer.AsSpan(length));
                }

                index += used;
            }
        }

        var text = new string(buffer, 0, length);
        ArrayPool<char>.Shared.Return(buffer);
        return text;
    }

    private static (string Text, string Charset) Utf8Lenient(ReadOnlySpan<byte> bytes, int offset, List<Finding> findings)
    {
        var damage = default(DamageLog);
        var text = DecodeUtf8(bytes, offset, ref damage);
        Report(damage, "utf-8", findings);
        return (text, "utf-8");
    }

    private static string DecodeUtf8(ReadOnlySpan<byte> bytes, int offset, ref DamageLog damage)
    {
        if (Utf8.IsValid(bytes))
        {
            return Encoding.UTF8.GetString(bytes);
        }

        var buffer = ArrayPool<char>.Shared.Rent(Math.Max(1, bytes.Length));
        var length = 0;
        var index = 0;
        while (index < bytes.Length)
        {
            var status = Utf8.ToUtf16(bytes[index..], buffer.AsSpan(length), out var read, out var written, replaceInvalidSequences: false);
            index += read;
            length += written;
            if (status == OperationStatus.Done)
            {
                break;
            }

            damage.Add(offset + index);
            buffer[length++] = '\uFFFD';
            Rune.DecodeFromUtf8(bytes[index..], out _, out var bad);
            index += Math.Max(1, bad);
        }

        var text = new string(buffer, 0, length);
        ArrayPool<char>.Shared.Return(buffer);
        return text;
    }

    private static void Report(DamageLog damage, string charset, List<Finding> findings)
    {
        if (damage.Count > 0)
        {
            findings.Add(damage.ToFinding(charset));
        }
    }
}
