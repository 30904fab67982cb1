using System.Text;
using Noroshi.MailAnatomy.Text.Charsets;

namespace Noroshi.Hub.Sharing.Sanitising;

/// <summary>Which hops stand before the first host of a member.</summary>
internal static class HopRules
{
    /// <summary>
    /// Whether the scene's hop was written by no host of the member. Where nothing is known of its hosts, everything from the border that was
    /// guessed on is taken for the member's.
    /// </summary>
    public static bool IsBeforeMember(SanitisingScene scene)
    {
        if (scene is not { Hop: { Trusted: false } hop, Mail.Facts: { } facts })
        {
            return false;
        }

        var border = facts.Origin?.HopIndex ?? facts.Hops.Count - 1;
        // Behind the deepest hop that a host of a member or of a recipient wrote everything may be theirs.
        for (var at = facts.Hops.Count - 1; at > border; at--)
        {
            border = facts.Hops[at].By is { } by && scene.Names(by) ? at : border;
        }

        return facts.Hops.Skip(border + 1).Contains(hop);
    }
}

/// <summary>Names in file names: the extension and the marks that turn the reading direction tell of the attack and stay.</summary>
internal static class FileNameRules
{
    private const int LongestExtension = 10;

    public static (string Text, IReadOnlyList<ReplacedSpan> Spans) Spans(string name, SanitisingScene scene)
    {
        var dot = name.LastIndexOf('.');
        var stem = dot > 0 && name.Length - dot <= LongestExtension ? name[..dot] : name;
        var (text, spans) = scene.Pseudonymised(stem);
        if (spans.Count == 0)
        {
            return (name, []);
        }

        var marks = string.Concat(stem.Where(IsDirection));
        var kept = string.Concat(text.Where(IsDirection));
        var whole = text + (string.Equals(marks, kept, StringComparison.Ordinal) ? "" : marks) + name[stem.Length..];
        return (whole, spans);
    }

    private static bool IsDirection(char character) =>
        character is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u200E' or '\u200F';
}

/// <summary>What may differ by recipient in a URL. Works on the text: a URL of an attacker need not be one by any standard.</summary>
internal static class UrlRules
{
    internal const string Token = "{token}";
    private const string VictimToken = "{victim-token}";

    /// <summary>Parts this long that look drawn by lot are taken for a mark of the recipient.</summary>
    private const int ShortestToken = 12;

    /// <summary>Names of query fields stay, their values become a token; the fragment and what stands before the host go.</summary>
    /// <param name="url">URL.</param>
    /// <param name="all">Otherwise only values with an address in them: several groups saw the very same URL.</param>
    public static string WithoutQueryValues(string url, bool all)
    {
        var (from, to) = Authority(url);
        if (from >= 0 && url.LastIndexOf('@', to - 1, to - from) is >= 0 and var at)
        {
            url = url[..from] + url[(at + 1)..];
        }

        var fragment = url.IndexOf('#', StringComparison.Ordinal);
        url = fragment < 0 ? url : url[..fragment];
        var query = url.IndexOf('?', StringComparison.Ordinal);
        if (query < 0)
        {
            return url;
        }

        var fields = url[(query + 1)..].Split('&', ';');
        return url[..(query + 1)]
            + string.Join(
                '&',
                fields.Select(field =>
                    !all && !HoldsAddress(field) ? field
                    : field.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals ? field[..(equals + 1)] + Token
                    : field.Length == 0 ? ""
                    : Token
                )
            );
    }

    /// <summary>Parts of the path that look drawn by lot, or hold an address, become a token.</summary>
    /// <param name="url">URL.</param>
    /// <param name="all">Otherwise only those with an address.</param>
    public static string WithoutTokens(string url, bool all) =>
        Path(url, part => (all ? LooksDrawn(part) : HoldsAddress(part)) ? Token : part);

    /// <summary>Parts of path and query that name somebody become a token for the victim; the whole behind the host, when that does not help.</summary>
    public static string? WithoutNames(string url, Func<string, bool> names)
    {
        if (!names(url))
        {
            return url;
        }

        var made = Path(url, part => names(part) ? VictimToken : part);
        if (!names(made))
        {
            return made;
        }

        var (_, to) = Authority(url);
        made = to < 0 ? VictimToken : $"{url[..to]}/{VictimToken}";
        return names(made) ? null : made;
    }

    /// <summary>Labels of a host name that name somebody become a token for the victim; null when that does not help.</summary>
    public static string? HostWithoutNames(string host, Func<string, bool> names)
    {
        if (!names(host))
        {
            return host;
        }

        var labels = host.Split('.');
        // From the left: a victim's mark stands before the attacker's own domain.
        for (var at = 0; at < labels.Length - 2; at++)
        {
            labels[at] = names(labels[at]) ? VictimToken : labels[at];
        }

        var made = string.Join('.', labels);
        return names(made) ? null : made;
    }

    private static string Path(string url, Func<string, string> part)
    {
        var (_, to) = Authority(url);
        var start = Math.Max(to, 0);
        var query = url.IndexOf('?', start);
        var path = query < 0 ? url[start..] : url[start..query];
        var rest = query < 0 ? "" : url[query..];
        var made = new StringBuilder(url[..start]).AppendJoin('/', path.Split('/').Select(part));
        if (rest.Length > 0)
        {
            made.Append('?').AppendJoin('&', rest[1..].Split('&').Select(part));
        }

        return made.ToString();
    }

    private static (int From, int To) Authority(string url)
    {
        var scheme = url.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0)
        {
            return (-1, -1);
        }

        var from = scheme + 3;
        var to = url.AsSpan(from).IndexOfAny('/', '?', '#');
        return (from, to < 0 ? url.Length : from + to);
    }

    private static bool HoldsAddress(string part) =>
        Uri.UnescapeDataString(UnicodeForms.Whole(part)).Contains('@', StringComparison.Ordinal);

    /// <summary>Hexadecimal or base64-like with digits, or with an address in it.</summary>
    private static bool LooksDrawn(string part)
    {
        var text = Uri.UnescapeDataString(UnicodeForms.Whole(part));
        if (text.Contains('@', StringComparison.Ordinal))
        {
            return true;
        }

        // A name with an extension is told by what stands before it.
        var dot = text.LastIndexOf('.');
        var stem = dot > 0 ? text[..dot] : text;
        return stem.Length >= ShortestToken
            && stem.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '+' or '=' or '~' or '%')
            && stem.Count(char.IsAsciiDigit) * 6 >= stem.Length;
    }
}
