using System.Text;

namespace Noroshi.Server.Tests.Trust;

/// <summary>The source of the product, without its comments, for rules about all of it.</summary>
internal static class Source
{
    private static readonly Lazy<IReadOnlyList<(string File, string Code)>> All = new(() =>
        [.. Repository.Files("src", ".cs").Select(file => (file, CodeOf(Repository.Read(file))))]
    );

    /// <summary>Files below src/ with their code.</summary>
    public static IReadOnlyList<(string File, string Code)> Product => All.Value;

    /// <summary>A source text without comments; texts in quotes stay, also those with two slashes in them.</summary>
    public static string CodeOf(string text)
    {
        var code = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; )
        {
            var next = i + 1 < text.Length ? text[i + 1] : '\0';
            int end;
            if (text[i] == '/' && next == '/')
            {
                i = End(text, "\n", i, 0);
                continue;
            }

            if (text[i] == '/' && next == '*')
            {
                i = End(text, "*/", i + 2, 2);
                continue;
            }

            if (text[i] == '\'')
            {
                end = AfterCharacter(text, i);
            }
            else if (text[i] == '"')
            {
                end = AfterText(text, i);
            }
            else
            {
                end = i + 1;
            }

            code.Append(text, i, end - i);
            i = end;
        }

        return code.ToString();
    }

    /// <summary>The text below a heading of a manual page up to the next heading of the same rank.</summary>
    public static string Section(string file, string anchor)
    {
        var section = new StringBuilder();
        var rank = 0;
        foreach (var line in Repository.Read(file).Split('\n'))
        {
            var here = line.TakeWhile(character => character == '#').Count();
            if (rank > 0 && here > 0 && here <= rank)
            {
                break;
            }

            if (rank > 0)
            {
                section.Append(line).Append('\n');
            }
            else if (here > 0 && Anchor(line) == anchor)
            {
                rank = here;
            }
        }

        return section.ToString();
    }

    /// <summary>The anchor that a heading has on a page.</summary>
    public static string Anchor(string heading) =>
        string.Concat(
            heading
                .TrimStart('#')
                .Trim()
                .ToLowerInvariant()
                .Where(one => char.IsLetterOrDigit(one) || one is ' ' or '-')
                .Select(one => one == ' ' ? '-' : one)
        );

    private static int End(string text, string mark, int from, int after)
    {
        var at = text.IndexOf(mark, from, StringComparison.Ordinal);
        return at < 0 ? text.Length : at + after;
    }

    private static int AfterCharacter(string text, int from)
    {
        var at = from + 1;
        while (at < text.Length && text[at] != '\'' && text[at] != '\n')
        {
            at += text[at] == '\\' ? 2 : 1;
        }

        return Math.Min(text.Length, at + 1);
    }

    private static int AfterText(string text, int from)
    {
        var quotes = from;
        while (quotes < text.Length && text[quotes] == '"')
        {
            quotes++;
        }

        if (quotes - from >= 3)
        {
            return End(text, new string('"', quotes - from), quotes, quotes - from);
        }

        if (quotes - from == 2)
        {
            return quotes;
        }

        var verbatim = from > 0 && (text[from - 1] == '@' || (from > 1 && text[from - 1] == '$' && text[from - 2] == '@'));
        var at = from + 1;
        while (at < text.Length)
        {
            if (text[at] == '"')
            {
                if (!verbatim || at + 1 >= text.Length || text[at + 1] != '"')
                {
                    return at + 1;
                }

                at += 2;
            }
            else
            {
                at += text[at] == '\\' && !verbatim ? 2 : 1;
            }
        }

        return text.Length;
    }
}
