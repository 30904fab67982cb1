using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Noroshi.MailAnatomy.Indicators;

/// <summary>
/// Scans one text. Jumps from one run of ASCII address characters to the next; every look back or ahead is bounded by the
/// longest thing it may find, so the time is linear.
/// </summary>
internal readonly ref struct TextScanner(DefangedText source, string where, IndicatorCollector collector)
{
    private const int MaxLocal = 64;
    private const int MaxBrokenLines = 8;

    private static readonly SearchValues<char> RunMarks = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_@:/%+~=&?#,;!'()[]*$"
    );

    private static readonly SearchValues<char> AtomMarks = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_"
    );

    private static readonly SearchValues<char> LocalMarks = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_+%=&'*!#$/~?"
    );

    private static readonly SearchValues<char> UrlMarks = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_@:/%+~=&?#,;!'()[]*$|\\^"
    );

    private static readonly SearchValues<char> HexMarks = SearchValues.Create("0123456789abcdefABCDEF");
    private static readonly SearchValues<char> SixMarks = SearchValues.Create("0123456789abcdefABCDEF:.");
    private static readonly SearchValues<char> Signals = SearchValues.Create(".@:");

    /// <summary>Endings of file names that are top-level domains too: a bare name with them is taken for a file.</summary>
    private static readonly HashSet<string> FileEndings = new(StringComparer.Ordinal)
    {
        "zip",
        "mov",
        "sh",
        "py",
        "pl",
        "md",
        "rs",
        "ps",
        "so",
        "app",
        "com",
        "cc",
        "js",
        "cpp",
        "cab",
        "ai",
        "as",
        "ms",
        "st",
        "pm",
        "vi",
    };

    private readonly string _text = source.Text;

    /// <summary>Scans the whole text: from one dot, at sign or colon to the next, and for hashes apart.</summary>
    public void Scan()
    {
        Hashes();
        for (var at = 0; at < _text.Length; )
        {
            var signal = _text.AsSpan(at).IndexOfAny(Signals);
            if (signal < 0)
            {
                return;
            }

            var start = at + _text.AsSpan(at, signal).LastIndexOfAnyExcept(RunMarks) + 1;
            var length = _text.AsSpan(at + signal).IndexOfAnyExcept(RunMarks);
            var end = length < 0 ? _text.Length : at + signal + length;
            at = end - start >= 4 && at + signal < end - 1 ? Math.Max(end, Run(start, end)) : end;
        }
    }

    /// <summary>
    /// The shortest hash has 32 digits, so every 32nd character is looked at; only where it is a digit the run around it is
    /// measured, and never further than the longest hash.
    /// </summary>
    private void Hashes()
    {
        for (var probe = 31; probe < _text.Length; probe += 32)
        {
            if (!char.IsAsciiHexDigit(_text[probe]))
            {
                continue;
            }

            var before = _text.AsSpan(Math.Max(0, probe - 64), probe - Math.Max(0, probe - 64));
            var start = probe - before.Length + before.LastIndexOfAnyExcept(HexMarks) + 1;
            var rest = _text.AsSpan(start, Math.Min(66, _text.Length - start));
            var length = rest.IndexOfAnyExcept(HexMarks);
            length = length < 0 ? rest.Length : length;
            var hash = rest[..length];
            if (length is 32 or 40 or 64 && StandsAlone(start, start + length) && hash.ContainsAnyExcept(hash[0]))
            {
                collector.Hash(new string(hash).ToLowerInvariant());
            }

            probe = Math.Max(probe, start + length - 1);
        }
    }

    /// <summary>No letter, dash or dot joins the digits to something longer, and they are no part of a URL.</summary>
    private bool StandsAlone(int start, int end)
    {
        if (
            start > 0
            && (char.IsAsciiLetterOrDigit(_text[start - 1]) || _text[start - 1] is '-' or '_' or '/' or '@' or '.' or '%' or '&' or '+')
        )
        {
            return false;
        }

        if (end < _text.Length && (char.IsAsciiLetterOrDigit(_text[end]) || _text[end] is '-' or '_' or '/' or '@'))
        {
            return false;
        }

        var before = _text.AsSpan(Math.Max(0, start - 200), start - Math.Max(0, start - 200));
        before = before[(before.LastIndexOfAnyExcept(RunMarks) + 1)..];
        return !before.Contains("://", StringComparison.Ordinal);
    }

    /// <summary>Length of "http://" and kin at the start of a text, any case; 0 when there is none.</summary>
    public static int SchemeLength(ReadOnlySpan<char> text) =>
        text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? 7
        : text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? 8
        : text.StartsWith("ftp://", StringComparison.OrdinalIgnoreCase) ? 6
        : text.StartsWith("ftps://", StringComparison.OrdinalIgnoreCase) ? 7
        : 0;

    /// <summary>A bare name that is a domain and not a file name, an abbreviation or two sentences without a space between.</summary>
    public static bool IsCredibleDomain(ReadOnlySpan<char> written, string name)
    {
        var start = PublicSuffix.RegistrableStart(name);
        if (start < 0)
        {
            return false;
        }

        var dot = name.LastIndexOf('.');
        var ending = written[(written.LastIndexOf('.') + 1)..];
        var upper = written.ContainsAnyInRange('A', 'Z');
        var mixed = upper && ending.ContainsAnyInRange('A', 'Z') && written.ContainsAnyInRange('a', 'z');
        if (mixed || dot < 2)
        {
            return false;
        }

        return name.AsSpan(dot + 1) is "com" || !FileEndings.Contains(name[(dot + 1)..]) || name.AsSpan(0, dot).Contains('.');
    }

    /// <summary>Takes one run apart; gives where to go on, which may lie behind the run's end.</summary>
    private int Run(int start, int end)
    {
        var floor = start;
        for (var at = start; at < end; )
        {
            var offset = _text.AsSpan(at, end - at).IndexOfAny(AtomMarks);
            if (offset < 0)
            {
                return end;
            }

            var from = at + offset;
            var length = _text.AsSpan(from, end - from).IndexOfAnyExcept(AtomMarks);
            var to = length < 0 ? end : from + length;
            var next = to < end ? _text[to] : '\0';
            var done = next switch
            {
                ':' when _text.AsSpan(to).StartsWith("://") => Scheme(from, to),
                '@' => Address(floor, to, end),
                ':' => Six(from, end),
                _ => -1,
            };
            if (done < 0)
            {
                done = Atom(from, to, end);
            }

            if (done < 0)
            {
                at = to + 1;
                continue;
            }

            floor = done;
            at = done;
            if (at > end)
            {
                return at;
            }
        }

        return end;
    }

    /// <summary>A URL with scheme whose name ends at <paramref name="colon"/>.</summary>
    private int Scheme(int from, int colon)
    {
        var scheme = _text.AsSpan(from, colon - from);
        var length =
            scheme.EndsWith("https", StringComparison.OrdinalIgnoreCase) ? 5
            : scheme.EndsWith("http", StringComparison.OrdinalIgnoreCase) || scheme.EndsWith("ftps", StringComparison.OrdinalIgnoreCase) ? 4
            : scheme.EndsWith("ftp", StringComparison.OrdinalIgnoreCase) ? 3
            : 0;
        if (length == 0)
        {
            return colon + 3;
        }

        var start = colon - length;
        var end = UrlEnd(colon + 3, out var broken);
        var url = broken is not null ? broken : Trimmed(_text.AsSpan(start, Math.Min(end - start, UrlReader.MaxLength)));
        if (UrlReader.Read(url) is { } read)
        {
            collector.Url(read, where, source.Touches(start, end), shownAs: null);
        }

        return Math.Max(end, colon + 3);
    }

    /// <summary>Where a URL ends that starts before <paramref name="authority"/>; and the whole URL when it was broken over lines.</summary>
    private int UrlEnd(int authority, out string? broken)
    {
        var end = authority;
        broken = null;
        while (end < _text.Length && end - authority < 300 && !(_text[end] is '/' or '?' or '#' or '\\'))
        {
            var character = _text[end];
            if (character < '\u0080' ? !UrlMarks.Contains(character) : !(IsIdnLetter(character) && !NamesHost(authority, end)))
            {
                break;
            }

            end++;
        }

        var length = _text.AsSpan(end).IndexOfAnyExcept(UrlMarks);
        end = length < 0 ? _text.Length : end + length;
        if (end < _text.Length && _text[end] is '\n' or '\r' && end > authority)
        {
            broken = Joined(authority, ref end);
        }

        return end;
    }

    private static bool IsIdnLetter(char character) =>
        char.IsLetterOrDigit(character) || character is '．' or '・' || char.IsSurrogate(character);

    /// <summary>What stands before a Japanese character is already a whole host, so the character is prose.</summary>
    private bool NamesHost(int from, int to)
    {
        var host = _text.AsSpan(from, to - from);
        host = host[(host.LastIndexOf('@') + 1)..];
        var colon = host.IndexOf(':');
        host = colon >= 0 ? host[..colon] : host;
        return host.Length is > 3 and < HostName.MaxLength
            && Ascii.IsValid(host)
            && host.Contains('.')
            && PublicSuffix.RegistrableStart(Lower(host)) >= 0;
    }

    private static string Lower(ReadOnlySpan<char> text) => HostName.Canonical(text) ?? "";

    /// <summary>A URL in angle brackets may go on over line ends (RFC 3986 appendix C).</summary>
    private string? Joined(int authority, ref int end)
    {
        var open = _text.LastIndexOf('<', authority, Math.Min(authority + 1, 16));
        if (open < 0 || _text.AsSpan(open, authority - open).ContainsAny(" \n\r"))
        {
            return null;
        }

        var urlStart = open + 1;
        urlStart += _text.AsSpan(urlStart).StartsWith("URL:", StringComparison.OrdinalIgnoreCase) ? 4 : 0;
        var joined = new StringBuilder().Append(_text, urlStart, end - urlStart);
        var at = end;
        for (var line = 0; line < MaxBrokenLines && at < _text.Length && joined.Length < UrlReader.MaxLength; line++)
        {
            while (at < _text.Length && _text[at] is '\r' or '\n' or ' ' or '\t' && at - end < UrlReader.MaxLength)
            {
                at++;
            }

            var length = _text.AsSpan(at).IndexOfAnyExcept(UrlMarks);
            var stop = length < 0 ? _text.Length : at + length;
            joined.Append(_text, at, Math.Min(stop - at, UrlReader.MaxLength));
            at = stop;
            if (at < _text.Length && _text[at] == '>')
            {
                end = at;
                return joined.ToString();
            }

            if (at >= _text.Length || _text[at] is not ('\n' or '\r'))
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>Takes off what closes the sentence and not the URL.</summary>
    private static ReadOnlySpan<char> Trimmed(ReadOnlySpan<char> url)
    {
        var open = url.Count('(') - url.Count(')');
        var square = url.Count('[') - url.Count(']');
        while (!url.IsEmpty)
        {
            var last = url[^1];
            if (last is '.' or ',' or ';' or ':' or '!' or '?' or '\'' or '*' or '|' or '^' or '\\')
            {
                url = url[..^1];
            }
            else if ((last == ')' && open < 0) || (last == ']' && square < 0))
            {
                open += last == ')' ? 1 : 0;
                square += last == ']' ? 1 : 0;
                url = url[..^1];
            }
            else
            {
                break;
            }
        }

        return url;
    }

    /// <summary>An address whose @ stands at <paramref name="at"/>.</summary>
    private int Address(int floor, int at, int end)
    {
        var back = _text.AsSpan(floor, at - floor);
        back = back[Math.Max(0, back.Length - MaxLocal)..];
        var cut = back.LastIndexOfAnyExcept(LocalMarks);
        var local = back[(cut + 1)..].TrimStart(".'/&=?*!#$%~+");
        var length = _text.AsSpan(at + 1, end - at - 1).IndexOfAnyExcept(AtomMarks);
        var domain = _text.AsSpan(at + 1, length < 0 ? end - at - 1 : length);
        var stop = at + 1 + domain.Length;
        domain = domain.TrimEnd(".-_");
        if (local.IsEmpty || domain.Length < 3 || !domain.Contains('.'))
        {
            return Math.Max(at + 1, stop);
        }

        if (
            HostName.Canonical(domain) is { } name
            && name.LastIndexOf('.') is > 0 and var dot
            && name.Length - dot > 2
            && !char.IsAsciiDigit(name[^1])
        )
        {
            collector.Address(string.Concat(local, "@", name));
        }

        return Math.Max(at + 1, stop);
    }

    /// <summary>An IPv6 address that starts at an atom before a colon; -1 when it is none (a time, a label).</summary>
    private int Six(int from, int end)
    {
        if (from > 0 && (_text[from - 1] == ':' || char.IsAsciiLetterOrDigit(_text[from - 1])))
        {
            return -1;
        }

        var rest = _text.AsSpan(from, Math.Min(end - from, 46));
        var length = rest.IndexOfAnyExcept(SixMarks);
        var text = (length < 0 ? rest : rest[..length]).TrimEnd('.');
        var colons = text.Count(':');
        text = text.EndsWith("::") ? text : text.TrimEnd(':');
        var likely =
            colons == 7 || (colons is >= 2 and < 8 && text.Contains("::", StringComparison.Ordinal) && text.IndexOf(':') is 3 or 4);
        if (
            !likely
            || (length >= 0 && length < rest.Length && char.IsAsciiLetterOrDigit(rest[length]))
            || !IPAddress.TryParse(text, out var address)
            || address.AddressFamily != AddressFamily.InterNetworkV6
        )
        {
            return -1;
        }

        collector.Ip(address.ToString());
        return from + text.Length;
    }

    /// <summary>An IPv4 address, a bare domain or a URL without scheme; -1 when it is a word.</summary>
    private int Atom(int from, int to, int end)
    {
        var atom = _text.AsSpan(from, to - from);
        var trimmed = atom.Trim(".-_");
        if (trimmed.Length is < 4 or > HostName.MaxLength || !trimmed.Contains('.'))
        {
            return -1;
        }

        if (char.IsAsciiDigit(trimmed[^1]))
        {
            var whole = trimmed.Length == atom.Length || atom.TrimEnd('.').Length == trimmed.Length;
            if (whole && UrlReader.IsPlainIPv4(trimmed) && !FollowsVersion(from))
            {
                collector.Ip(new string(trimmed));
            }

            return to;
        }

        var ending = trimmed[(trimmed.LastIndexOf('.') + 1)..];
        if (ending.Length < 2 || HostName.Canonical(trimmed) is not { } name)
        {
            return -1;
        }

        var hasPath =
            to < end
            && _text[to] is '/' or ':'
            && trimmed.Length == atom.TrimStart(".-_").Length
            && to + 1 < end
            && (_text[to] == '/' || char.IsAsciiDigit(_text[to + 1]));
        var isWeb = trimmed.StartsWith("www.", StringComparison.OrdinalIgnoreCase) && PublicSuffix.RegistrableStart(name) >= 0;
        if (isWeb || (hasPath && IsCredibleDomain(trimmed, name)))
        {
            return WithoutScheme(from + (atom.Length - atom.TrimStart(".-_").Length), to);
        }

        if (IsCredibleDomain(trimmed, name))
        {
            collector.Domain(name);
        }

        return to;
    }

    private int WithoutScheme(int start, int to)
    {
        var length = _text.AsSpan(to).IndexOfAnyExcept(UrlMarks);
        var end = length < 0 ? _text.Length : to + length;
        var url = Trimmed(_text.AsSpan(start, Math.Min(end - start, UrlReader.MaxLength - 7)));
        if (UrlReader.Read(string.Concat("http://", url)) is { } read)
        {
            collector.Url(read, where, source.Touches(start, end), shownAs: null);
        }

        return end;
    }

    /// <summary>"Version 1.2.3.4", "Ver.1.2.3.4", "バージョン 1.2.3.4".</summary>
    private bool FollowsVersion(int at)
    {
        var before = _text.AsSpan(Math.Max(0, at - 12), at - Math.Max(0, at - 12)).TrimEnd(" .:：");
        return before.EndsWith("ver", StringComparison.OrdinalIgnoreCase)
            || before.EndsWith("version", StringComparison.OrdinalIgnoreCase)
            || before.EndsWith("バージョン", StringComparison.Ordinal)
            || before.EndsWith("版", StringComparison.Ordinal)
            || before.EndsWith("rev", StringComparison.OrdinalIgnoreCase)
            || before.EndsWith("build", StringComparison.OrdinalIgnoreCase);
    }
}
