using System.Globalization;
using System.Text;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.FileTypes.Naming;

/// <summary>What a stored file name shows, hides and pretends.</summary>
public static class FileNames
{
    private const int PaddingRun = 3;
    private const int LongPaddingRun = 10;

    /// <summary>
    /// What a victim sees in a file list of Windows: bidirectional controls applied, characters without width gone, blanks as blanks, other
    /// controls as U+FFFD.
    /// </summary>
    /// <param name="stored">Stored name, decoded.</param>
    public static string Displayed(string stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        var plain = true;
        foreach (var letter in stored)
        {
            plain &= letter is >= ' ' and < '\u007F' or (>= '\u3040' and <= '\u9FFF');
        }

        if (plain)
        {
            return stored;
        }

        var visual = BidiOrder.Visual(stored);
        return visual.AsSpan().ContainsAnyInRange('\0', '\u001F') || visual.Contains('\u007F', StringComparison.Ordinal)
            ? string.Concat(visual.Select(letter => char.IsControl(letter) ? '\uFFFD' : letter))
            : visual;
    }

    /// <summary>
    /// The stored name with everything that has no picture spelled out for people: <c>report‹RLO›fdp.exe</c>, <c>a.pdf‹SP×40›.exe</c>.
    /// </summary>
    /// <param name="stored">Stored name, decoded.</param>
    public static string Visible(string stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        var text = new StringBuilder(stored.Length);
        for (var i = 0; i < stored.Length; i++)
        {
            var letter = stored[i];
            var run = 1;
            while (i + run < stored.Length && stored[i + run] == letter)
            {
                run++;
            }

            if (BidiClasses.IsBlank(letter) && (run >= PaddingRun || letter is not (' ' or '\u3000')))
            {
                text.Append('‹').Append(NameOf(letter));
                if (run > 1)
                {
                    text.Append('×').Append(run.ToString(CultureInfo.InvariantCulture));
                }

                text.Append('›');
                i += run - 1;
            }
            else if (char.IsControl(letter) || BidiClasses.IsInvisible(letter) || letter is '‹' or '›' || LoneSurrogate(stored, i))
            {
                text.Append('‹').Append(NameOf(letter)).Append('›');
            }
            else
            {
                text.Append(letter);
            }
        }

        return text.ToString();
    }

    /// <summary>How the name pretends; <see cref="Disguise.Icon"/> is not a matter of the name and never among them.</summary>
    /// <param name="stored">Stored name, decoded; folders before it (<c>/</c> or <c>\</c>) are looked at for controls only.</param>
    /// <param name="match">Type by content; null when unknown.</param>
    /// <returns>Each disguise once, in the order of the enum.</returns>
    public static IReadOnlyList<Disguise> Disguises(string stored, FileTypeMatch? match)
    {
        ArgumentNullException.ThrowIfNull(stored);
        var disguises = new List<Disguise>();
        if (ChangesOrder(stored))
        {
            disguises.Add(Disguise.Rlo);
        }

        var name = LastSegment(stored);
        if (HasDoubleExtension(name))
        {
            disguises.Add(Disguise.DoubleExtension);
        }

        if (IsPadded(name))
        {
            disguises.Add(Disguise.Padding);
        }

        if (Mismatch(name, match) == Agreement.Disagrees)
        {
            disguises.Add(Disguise.ExtensionMismatch);
        }

        if (HasHomograph(name))
        {
            disguises.Add(Disguise.Homograph);
        }

        return disguises;
    }

    /// <summary>The note that the extension names a neighbouring format (RTF named .doc); null when it does not.</summary>
    /// <param name="stored">Stored name, decoded.</param>
    /// <param name="match">Type by content; null when unknown.</param>
    public static Finding? Note(string stored, FileTypeMatch? match)
    {
        ArgumentNullException.ThrowIfNull(stored);
        var name = LastSegment(stored);
        return match is not null && Mismatch(name, match) == Agreement.Neighbour
            ? FindingCodes.FileTypes.OtherClothes.At($".{Extension(name)}: {match.Format}")
            : null;
    }

    /// <summary>The extension that counts: lower case, without the dot, without what Windows ignores at the end; empty when there is none.</summary>
    /// <param name="stored">Stored name, decoded.</param>
    public static string Extension(string stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        var name = Bare(LastSegment(stored));
        var dot = name.LastIndexOf('.');
        return dot < 0 ? "" : Trim(name[(dot + 1)..]).ToLowerInvariant();
    }

    private enum Agreement
    {
        Agrees,
        Neighbour,
        Disagrees,
    }

    private static string NameOf(char letter) =>
        letter switch
        {
            '\u202A' => "LRE",
            '\u202B' => "RLE",
            '\u202C' => "PDF",
            '\u202D' => "LRO",
            '\u202E' => "RLO",
            '\u2066' => "LRI",
            '\u2067' => "RLI",
            '\u2068' => "FSI",
            '\u2069' => "PDI",
            '\u200E' => "LRM",
            '\u200F' => "RLM",
            '\u061C' => "ALM",
            '\u200B' => "ZWSP",
            '\u200C' => "ZWNJ",
            '\u200D' => "ZWJ",
            '\u2060' => "WJ",
            '\uFEFF' => "ZWNBSP",
            '\u00AD' => "SHY",
            ' ' => "SP",
            '\u00A0' => "NBSP",
            '\t' => "TAB",
            '\r' => "CR",
            '\n' => "LF",
            _ => "U+" + ((int)letter).ToString("X4", CultureInfo.InvariantCulture),
        };

    private static bool LoneSurrogate(string text, int at) =>
        char.IsHighSurrogate(text[at])
            ? at + 1 >= text.Length || !char.IsLowSurrogate(text[at + 1])
            : char.IsLowSurrogate(text[at]) && (at == 0 || !char.IsHighSurrogate(text[at - 1]));

    private static string LastSegment(string stored)
    {
        var end = stored.AsSpan().TrimEnd("/\\").Length;
        var name = stored[..end];
        return name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
    }

    /// <summary>The name without characters that have no width.</summary>
    private static string Bare(string name)
    {
        foreach (var letter in name)
        {
            if (BidiClasses.IsInvisible(letter))
            {
                return string.Concat(name.Where(each => !BidiClasses.IsInvisible(each)));
            }
        }

        return name;
    }

    private static string Trim(string text)
    {
        var (from, to) = (0, text.Length);
        while (from < to && BidiClasses.IsBlank(text[from]))
        {
            from++;
        }

        while (to > from && (BidiClasses.IsBlank(text[to - 1]) || char.IsControl(text[to - 1])))
        {
            to--;
        }

        return text[from..to];
    }

    /// <summary>Controls always; mere marks of direction, which names in Hebrew and Arabic carry, only when they move something.</summary>
    private static bool ChangesOrder(string stored)
    {
        var marks = false;
        foreach (var letter in stored)
        {
            if (BidiClasses.IsControl(letter))
            {
                return true;
            }

            marks |= BidiClasses.IsMark(letter);
        }

        if (!marks)
        {
            return false;
        }

        var without = string.Concat(stored.Where(letter => !BidiClasses.IsMark(letter)));
        return Displayed(stored) != Displayed(without);
    }

    private static bool HasDoubleExtension(string name)
    {
        var parts = TrimEnd(Bare(name)).Split('.');
        if (parts.Length < 3)
        {
            return false;
        }

        // Windows ignores case and dots at the end; full-width letters are a matter of homographs.
        var last = Trim(parts[^1]).ToLowerInvariant();
        return Extensions.Dangerous.Contains(last) && parts.Skip(1).SkipLast(1).Any(IsDocument);

        static bool IsDocument(string part)
        {
            var word = Trim(part).ToLowerInvariant();
            return Extensions.Documents.Contains(word) || word is "zip" or "rar" or "lzh" or "7z";
        }
    }

    private static string TrimEnd(string name)
    {
        var end = name.Length;
        while (end > 0 && (name[end - 1] == '.' || BidiClasses.IsBlank(name[end - 1])))
        {
            end--;
        }

        return name[..end];
    }

    /// <summary>
    /// Blanks right before or behind the last dot, behind something that looks like an extension, or so many that they fill a column.
    /// </summary>
    private static bool IsPadded(string stored)
    {
        var name = TrimEnd(Bare(stored));
        var dot = name.LastIndexOf('.');
        for (var from = 0; from < name.Length; from++)
        {
            var to = from;
            while (to < name.Length && BidiClasses.IsBlank(name[to]))
            {
                to++;
            }

            var run = to - from;
            if (
                run >= PaddingRun
                && dot >= 0
                && (to == dot || from == dot + 1 || (to < dot && (run >= LongPaddingRun || FollowsExtension(name, from))))
            )
            {
                return true;
            }

            from = Math.Max(from, to);
        }

        return false;
    }

    private static bool FollowsExtension(string name, int at)
    {
        var dot = at > 0 ? name.LastIndexOf('.', at - 1) : -1;
        return dot >= 0 && Extensions.Definite.Contains(name[(dot + 1)..at].ToLowerInvariant());
    }

    private static Agreement Mismatch(string name, FileTypeMatch? match)
    {
        var extension = Extension(name);
        if (match is null || extension.Length == 0 || Extensions.Neutral.Contains(extension) || !Extensions.Definite.Contains(extension))
        {
            return Agreement.Agrees;
        }

        if (
            match.Extensions.Contains(extension, StringComparer.Ordinal)
            || (Extensions.Containers.TryGetValue(match.Format, out var own) && own.Split(' ').Contains(extension, StringComparer.Ordinal))
        )
        {
            return Agreement.Agrees;
        }

        if (Extensions.OtherClothes.TryGetValue(extension, out var neighbours) && neighbours.Contains(match.Format))
        {
            return Agreement.Neighbour;
        }

        if (match.Extensions.Count == 0 && !Extensions.Containers.ContainsKey(match.Format))
        {
            return Agreement.Agrees;
        }

        // Text may stand under any name but those of formats that are no text.
        return match.Format is "text" or "csv" or "json" or "xml" && !Extensions.Binary.Contains(extension)
            ? Agreement.Agrees
            : Agreement.Disagrees;
    }

    private static bool HasHomograph(string stored)
    {
        var name = Bare(stored);
        var dot = Math.Max(name.LastIndexOf('.'), name.LastIndexOf('．'));
        if (dot >= 0 && IsForgedExtension(name, dot))
        {
            return true;
        }

        // Japanese names mix widths and use Greek and Cyrillic letters as signs; a word of Latin letters with a foreign twin among them is another matter.
        var japanese = name.Any(letter =>
            letter is (>= '\u3005' and <= '\u30FF') or (>= '\u3400' and <= '\u9FFF') or (>= '\uFF66' and <= '\uFF9F')
        );
        for (var from = 0; from < name.Length; from++)
        {
            var to = from;
            var (latin, twins, wide) = (0, 0, 0);
            while (to < name.Length && char.IsLetter(name[to]) && name[to] is < '\u3005' or >= '\uFF21' and <= '\uFF5A')
            {
                latin += char.IsAsciiLetter(name[to]) ? 1 : 0;
                twins += Confusables.Latin.ContainsKey(name[to]) ? 1 : 0;
                wide += Confusables.IsFullWidth(name[to]) ? 1 : 0;
                to++;
            }

            if ((latin > 0 && twins > 0) || (latin > 0 && wide > 0 && !japanese))
            {
                return true;
            }

            from = Math.Max(from, to);
        }

        return false;
    }

    /// <summary>An extension is ASCII; one that only looks so (．ｅｘｅ, .dос with Cyrillic letters) was made for the eye.</summary>
    private static bool IsForgedExtension(string name, int dot)
    {
        var extension = Trim(name[(dot + 1)..]);
        if (extension.Length is 0 or > 12 || (name[dot] == '.' && Ascii.IsValid(extension)))
        {
            return false;
        }

        var plain = string.Concat(extension.Select(Plain)).ToLowerInvariant();
        return Extensions.Definite.Contains(plain)
            || (extension.Any(char.IsAsciiLetter) && extension.Any(letter => Plain(letter) != letter));
    }

    private static char Plain(char letter) =>
        Confusables.IsFullWidth(letter) || letter is >= '０' and <= '９' ? (char)(letter - 0xFEE0)
        : Confusables.Latin.TryGetValue(letter, out var latin) ? latin
        : letter;
}
