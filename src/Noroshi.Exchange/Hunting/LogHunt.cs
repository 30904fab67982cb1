using System.Buffers;
using System.Text;
using Noroshi.Hub.Sharing;
using Noroshi.MailAnatomy.Text.Charsets;

namespace Noroshi.Exchange.Hunting;

/// <summary>
/// Finds indicators in lines of logs of any program: mail, proxy, DNS, firewall, endpoint. A value counts where it stands as a whole: a host with
/// what stands before its dots, an address and a hash between other characters, a text anywhere. Letters and width make no difference.
/// </summary>
/// <remarks>Safe for use by many at once.</remarks>
public sealed class LogHunt
{
    /// <summary>Shorter values stand in every log: they are not looked for.</summary>
    public const int Shortest = 4;

    private readonly SearchValues<string> _starts;
    private readonly Dictionary<string, List<Needle>> _byStart = new(StringComparer.Ordinal);

    /// <summary>Makes the hunt.</summary>
    /// <param name="indicators">What to look for; the answers count by place in this list.</param>
    public LogHunt(IReadOnlyList<HuntedIndicator> indicators)
    {
        ArgumentNullException.ThrowIfNull(indicators);
        var skipped = new List<int>();
        for (var at = 0; at < indicators.Count; at++)
        {
            var pieces = Pieces(indicators[at]);
            if (pieces.Count == 0 || pieces[0].Length < Shortest)
            {
                skipped.Add(at);
                continue;
            }

            var start = pieces[0][..Shortest];
            if (!_byStart.TryGetValue(start, out var list))
            {
                _byStart[start] = list = [];
            }

            list.Add(new Needle(at, indicators[at].Kind, pieces));
        }

        Skipped = skipped;
        _starts = SearchValues.Create([.. _byStart.Keys], StringComparison.Ordinal);
    }

    /// <summary>Places of indicators that are too short, or begin with what is unique to a victim, and are not looked for.</summary>
    public IReadOnlyList<int> Skipped { get; }

    /// <summary>Places of the indicators that stand in a line, each once.</summary>
    /// <param name="line">A line of a log.</param>
    public IReadOnlyCollection<int> Find(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        HashSet<int>? found = null;
        foreach (var view in Views(line))
        {
            for (var at = 0; ; at++)
            {
                var next = view.AsSpan(at).IndexOfAny(_starts);
                if (next < 0)
                {
                    break;
                }

                at += next;
                foreach (var needle in _byStart[view.Substring(at, Shortest)])
                {
                    if (needle.StandsAt(view, at))
                    {
                        (found ??= []).Add(needle.Indicator);
                    }
                }
            }
        }

        return found ?? (IReadOnlyCollection<int>)[];
    }

    /// <summary>The line as it is, without percent escapes, and with the words of mail headers decoded.</summary>
    private static IEnumerable<string> Views(string line)
    {
        yield return Form(line);
        if (line.Contains('%', StringComparison.Ordinal))
        {
            yield return Form(Uri.UnescapeDataString(UnicodeForms.Whole(line)));
        }

        if (line.Contains("=?", StringComparison.Ordinal))
        {
            yield return Form(MimeKit.Utils.Rfc2047.DecodeText(Encoding.UTF8.GetBytes(UnicodeForms.Whole(line))));
        }
    }

    private static string Form(string text) => UnicodeForms.Nfkc(text).ToLowerInvariant();

    /// <summary>The value between its braces; what stands before the host of a URL goes, since logs of proxies leave it out.</summary>
    private static List<string> Pieces(HuntedIndicator indicator)
    {
        var value = Form(indicator.Value.Trim());
        if (indicator.Kind is not (IndicatorKind.Host or IndicatorKind.Url))
        {
            return [value];
        }

        if (value.IndexOf("://", StringComparison.Ordinal) is > 0 and var scheme)
        {
            value = value[(scheme + 3)..];
        }

        // A label that is unique to a victim may be anything: what stands behind it is looked for, as a host with any labels before it.
        var pieces = new List<string>();
        while (value.IndexOf('{', StringComparison.Ordinal) is >= 0 and var open)
        {
            var close = value.IndexOf('}', open);
            if (close < 0)
            {
                break;
            }

            pieces.Add(value[..open]);
            value = value[(close + 1)..];
        }

        pieces.Add(value);
        while (pieces.Count > 0 && pieces[0].Trim('.').Length == 0)
        {
            pieces.RemoveAt(0);
        }

        if (pieces.Count > 0)
        {
            pieces[0] = pieces[0].TrimStart('.');
        }

        return pieces;
    }

    /// <summary>One value.</summary>
    /// <param name="Indicator">Place of its indicator.</param>
    /// <param name="Kind">What it is.</param>
    /// <param name="Pieces">What stands between the braces.</param>
    private sealed record Needle(int Indicator, IndicatorKind Kind, IReadOnlyList<string> Pieces)
    {
        private const int LongestToken = 300;
        private static readonly SearchValues<char> EndsToken = SearchValues.Create(" /\"'<>");

        public bool StandsAt(string text, int at)
        {
            if (string.CompareOrdinal(text, at, Pieces[0], 0, Pieces[0].Length) != 0)
            {
                return false;
            }

            var end = at + Pieces[0].Length;
            foreach (var piece in Pieces.Skip(1))
            {
                var room = Math.Min(text.Length - end, LongestToken + piece.Length);
                var token = piece.Length == 0 ? 0 : text.AsSpan(end, room).IndexOf(piece, StringComparison.Ordinal);
                if (token < 0 || text.AsSpan(end, token).ContainsAny(EndsToken))
                {
                    return false;
                }

                end += token + piece.Length;
            }

            var before = at == 0 ? ' ' : text[at - 1];
            var after = end >= text.Length ? ' ' : text[end];
            return Kind switch
            {
                // Whatever stands before the first dot is a name under it.
                IndicatorKind.Host => !IsName(before)
                    && !IsName(after)
                    && !(after == '.' && end + 1 < text.Length && IsName(text[end + 1])),
                IndicatorKind.Url => !IsName(before),
                IndicatorKind.Ip => !IsOfIp(before)
                    && !(before == '.' && at > 1 && char.IsAsciiDigit(text[at - 2]))
                    && !IsOfIp(after)
                    && !(after == '.' && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1])),
                IndicatorKind.Sender => !IsLocal(before)
                    && !IsName(after)
                    && !(after == '.' && end + 1 < text.Length && IsName(text[end + 1])),
                IndicatorKind.Sha256 or IndicatorKind.Sha1 or IndicatorKind.Md5 => !char.IsAsciiHexDigit(before)
                    && !char.IsAsciiHexDigit(after),
                IndicatorKind.FileName or IndicatorKind.Subject or IndicatorKind.MessageId => true,
            };
        }

        private static bool IsName(char character) => char.IsLetterOrDigit(character) || character is '-' or '_';

        private static bool IsOfIp(char character) => char.IsAsciiLetterOrDigit(character);

        private static bool IsLocal(char character) => char.IsLetterOrDigit(character) || character is '.' or '-' or '_' or '+';
    }
}
