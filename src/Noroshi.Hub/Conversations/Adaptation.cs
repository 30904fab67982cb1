using System.Text;
using Noroshi.Hub.Campaigns.Families;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Text.Charsets;

namespace Noroshi.Hub.Conversations;

/// <summary>The same claimed document in another wrapping after the window said that it could not open it.</summary>
/// <param name="Before">Place of the earlier message.</param>
/// <param name="After">Place of the later one.</param>
/// <param name="From">How the document came first: formats, outermost first.</param>
/// <param name="To">How it came then.</param>
/// <param name="Program">Unarchiver that the window named in between; null when it named none.</param>
/// <param name="OpensBefore">Whether that program opens the earlier one; null when unknown.</param>
/// <param name="OpensAfter">Whether it opens the later one.</param>
internal sealed record Adaptation(int Before, int After, string From, string To, string? Program, bool? OpensBefore, bool? OpensAfter)
{
    /// <summary>Adaptations of an exchange, in order.</summary>
    public static IReadOnlyList<Adaptation> In(IReadOnlyList<ExchangeEntry> entries)
    {
        var found = new List<Adaptation>();
        var last = -1;
        for (var i = 0; i < entries.Count; i++)
        {
            if (!entries[i].FromOutsider || !entries[i].Files.Any())
            {
                continue;
            }

            if (last >= 0 && Between(entries, last, i) is { } adaptation)
            {
                found.Add(adaptation);
            }

            last = i;
        }

        return found;
    }

    /// <summary>Whether two messages claim to bring the same document: by name of the files, or by what the text calls it.</summary>
    public static bool SameDocument(ExchangeEntry one, ExchangeEntry other)
    {
        var names = Stems(one);
        return names.Overlaps(Stems(other)) || (ClaimedDocument.In(one) is { } claim && claim == ClaimedDocument.In(other));
    }

    private static Adaptation? Between(IReadOnlyList<ExchangeEntry> entries, int before, int after)
    {
        var answers = entries.Skip(before + 1).Take(after - before - 1).Where(entry => entry.IsReply).ToList();
        var asked = answers.Exists(entry =>
            entry.Has(Intent.CannotOpen) || entry.Has(Intent.UnarchiverAnswer) || entry.Has(Intent.RefuseAttachment)
        );
        var (from, to) = (Wrapping(entries[before]), Wrapping(entries[after]));
        var program = answers.Select(entry => NamedUnarchiver.In(entry.Written)).LastOrDefault(name => name is not null);
        var (opensBefore, opensAfter) = (Opens(entries[before], program), Opens(entries[after], program));
        var differs = from != to || (opensBefore is not null && opensBefore != opensAfter);
        return asked && differs && (SameDocument(entries[before], entries[after]) || entries[after].Has(Intent.ReSend))
            ? new Adaptation(before, after, from, to, program, opensBefore, opensAfter)
            : null;
    }

    /// <summary>Formats of the attached files, with version and encryption: <c>rar5 aes-256</c>.</summary>
    private static string Wrapping(ExchangeEntry entry) =>
        string.Join(
            ", ",
            entry
                .Attached.Select(file =>
                    string.Join(
                        ' ',
                        new[]
                        {
                            file.Format,
                            file.Encrypted ? file.Encryption ?? "encrypted" : null,
                            file.HeaderEncrypted ? "header" : null,
                        }.OfType<string>()
                    )
                )
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
        );

    private static bool? Opens(ExchangeEntry entry, string? program) =>
        program is null
            ? null
            : entry
                .Attached.SelectMany(file => file.OpensIn)
                .Where(one => one.Program.StartsWith(program, StringComparison.OrdinalIgnoreCase))
                .Select(one => one.Opens)
                .FirstOrDefault(opens => opens is not null);

    /// <summary>Names without extensions, numbers and marks of another version, of the files and of what is in them.</summary>
    private static HashSet<string> Stems(ExchangeEntry entry)
    {
        var stems = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in entry.Files)
        {
            var name = PlainText.Of(file.DisplayedName.Replace('\\', '/').Split('/')[^1]);
            var dot = name.IndexOf('.', StringComparison.Ordinal);
            var stem = new StringBuilder();
            foreach (var character in dot > 0 ? name[..dot] : name)
            {
                if (char.IsLetter(character))
                {
                    stem.Append(character);
                }
            }

            var plain = stem.ToString().Replace("再送", "", StringComparison.Ordinal).Replace("修正", "", StringComparison.Ordinal);
            if (plain.Length >= 2)
            {
                stems.Add(plain);
            }
        }

        return stems;
    }
}

/// <summary>What a text calls the document it brings.</summary>
internal static class ClaimedDocument
{
    private static readonly string[] Marks = ["送付", "お送り", "送り", "添付", "再送", "send", "attach"];

    /// <summary>Words in 「」 or “” on a line that says that something is sent; null when there are none.</summary>
    public static string? In(ExchangeEntry entry)
    {
        foreach (var line in entry.Written.Split('\n'))
        {
            if (!Marks.Any(mark => line.Contains(mark, StringComparison.OrdinalIgnoreCase)))
            {
                continue;
            }

            foreach (var (open, close) in new[] { ('「', '」'), ('『', '』'), ('“', '”'), ('"', '"') })
            {
                var from = line.IndexOf(open, StringComparison.Ordinal);
                var to = from < 0 ? -1 : line.IndexOf(close, from + 1);
                if (to > from + 1 && to - from <= 60)
                {
                    return line[(from + 1)..to].Trim();
                }
            }
        }

        return null;
    }
}

/// <summary>Names of unarchivers in a text.</summary>
internal static class NamedUnarchiver
{
    private static readonly string[] Programs =
    [
        "Lhaplus",
        "+Lhaca",
        "Lhaca",
        "Explzh",
        "WinRAR",
        "7-Zip",
        "7zip",
        "WinZip",
        "CubeICE",
        "Lhaz",
        "The Unarchiver",
        "Windows",
    ];

    /// <summary>The first program that the text names, as the table of unarchivers writes it; null when it names none.</summary>
    public static string? In(string text)
    {
        var folded = UnicodeForms.Nfkc(text);
        return Programs
            .Select(program => (Program: program, At: folded.IndexOf(program, StringComparison.OrdinalIgnoreCase)))
            .Where(found => found.At >= 0)
            .OrderBy(found => found.At)
            .ThenByDescending(found => found.Program.Length)
            .Select(found => found.Program == "7zip" ? "7-Zip" : found.Program)
            .FirstOrDefault();
    }
}
