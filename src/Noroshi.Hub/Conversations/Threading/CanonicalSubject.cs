using System.Text;
using Noroshi.Hub.Campaigns.Families;
using Noroshi.MailAnatomy.Text.Charsets;

namespace Noroshi.Hub.Conversations.Threading;

/// <summary>A subject without what answering, forwarding and mailing lists put around it.</summary>
/// <param name="Key">The rest, plain (<see cref="PlainText"/>); empty when nothing is left.</param>
/// <param name="IsReply">A word for a reply stood in front.</param>
/// <param name="IsForward">A word for a forward stood in front or at the end.</param>
/// <param name="Was">Key of the earlier subject that <c>(was: …)</c> names; null when it names none.</param>
internal sealed record CanonicalSubject(string Key, bool IsReply, bool IsForward, string? Was)
{
    /// <summary>Longer ones are cut: nobody tells two threads apart by what comes later.</summary>
    private const int LongestSubject = 400;

    private const int LongestTag = 40;

    /// <summary>Prefixes that lists, gateways and people pile up; a hostile subject may hold thousands.</summary>
    private const int MostPrefixes = 50;

    private static readonly string[] Replies =
    [
        "re",
        "res",
        "aw",
        "antw",
        "sv",
        "vs",
        "rif",
        "返信",
        "返",
        "回答",
        "答复",
        "回复",
        "回覆",
        "答覆",
        "답장",
        "回信",
    ];

    private static readonly string[] Forwards = ["fw", "fwd", "wg", "tr", "i", "vl", "転送", "転", "转发", "轉寄", "轉發", "전달"];

    /// <summary>Whether the sender says that an earlier mail stands behind this one.</summary>
    public bool Answers => IsReply || IsForward;

    /// <summary>Reads a subject.</summary>
    public static CanonicalSubject Of(string subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        var cut = subject.Length <= LongestSubject ? subject : subject[..LongestSubject];
        var rest = UnicodeForms.Nfkc(cut).Trim();
        var (reply, forward) = (false, false);
        for (var i = 0; i < MostPrefixes; i++)
        {
            if (Prefix(rest, Replies) is { } replied)
            {
                (rest, reply) = (replied, true);
            }
            else if (Prefix(rest, Forwards) is { } forwarded)
            {
                (rest, forward) = (forwarded, true);
            }
            else if (Tag(rest) is { } untagged)
            {
                rest = untagged;
            }
            else
            {
                break;
            }
        }

        if (rest.EndsWith("(fwd)", StringComparison.OrdinalIgnoreCase))
        {
            (rest, forward) = (rest[..^5], true);
        }

        var was = Earlier(ref rest);
        return new CanonicalSubject(PlainText.Of(rest), reply, forward, was);
    }

    /// <summary>What follows <c>Re:</c>, <c>Re[2]:</c>, <c>Re^2:</c>, <c>Re(2):</c>, <c>RE：</c> and the like; null when no such word stands in front.</summary>
    private static string? Prefix(string text, string[] words)
    {
        foreach (var word in words)
        {
            if (!text.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var at = word.Length;
            while (
                at < text.Length
                && at < word.Length + 8
                && (char.IsAsciiDigit(text[at]) || text[at] is '[' or ']' or '^' or '(' or ')' or '*' or ' ')
            )
            {
                at++;
            }

            if (at < text.Length && text[at] is ':' or '>')
            {
                return text[(at + 1)..].TrimStart();
            }
        }

        return null;
    }

    /// <summary>What follows a list's or an office's tag, <c>[ml 123]</c>, <c>(ml:123)</c>, 【重要】; null when nothing would be left.</summary>
    private static string? Tag(string text)
    {
        var close =
            text.Length == 0
                ? '\0'
                : text[0] switch
                {
                    '[' => ']',
                    '【' => '】',
                    '(' => ')',
                    '〔' => '〕',
                    _ => '\0',
                };
        var end = close == '\0' ? -1 : text.IndexOf(close, StringComparison.Ordinal);
        if (end <= 1 || end > LongestTag)
        {
            return null;
        }

        var tag = text[1..end];
        var rest = text[(end + 1)..].TrimStart();
        var counted = tag.Length > 0 && char.IsAsciiDigit(tag[^1]);
        return rest.Length > 0 && (close != ')' || counted) ? rest : null;
    }

    /// <summary>Takes <c>(was: earlier subject)</c> off the end.</summary>
    private static string? Earlier(ref string rest)
    {
        foreach (var mark in new[] { "(was", "[was", "(旧", "(元" })
        {
            var at = rest.LastIndexOf(mark, StringComparison.OrdinalIgnoreCase);
            if (at <= 0 || rest[^1] is not (')' or ']'))
            {
                continue;
            }

            var named = rest[(at + mark.Length)..^1].TrimStart(':', ' ', '件', '名').Trim();
            var before = rest[..at].TrimEnd();
            if (named.Length > 0 && !named.Contains(mark, StringComparison.OrdinalIgnoreCase))
            {
                rest = before;
                // One level is enough: the subject before the last change.
                return Of(named).Key;
            }
        }

        return null;
    }
}
