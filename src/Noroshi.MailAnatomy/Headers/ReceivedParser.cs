using System.Globalization;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.Headers;

/// <summary>Reads the Received chain (RFC 5321 4.4, obsolete and damaged forms included).</summary>
internal static class ReceivedParser
{
    /// <summary>Received headers that are read; mail servers stop at 30 to 100 (RFC 5321 6.3).</summary>
    public const int MaxHops = 200;

    private const int MaxFindings = 5;
    private const int BackwardsSeconds = -600;
    private const int LongSeconds = 86_400;

    /// <summary>Hops newest first. X-Received and other look-alikes are left out.</summary>
    public static IReadOnlyList<Hop> Parse(HeaderBlock headers, List<Finding> findings)
    {
        ArgumentNullException.ThrowIfNull(headers);
        ArgumentNullException.ThrowIfNull(findings);
        List<Hop> hops = [];
        var noted = 0;
        foreach (var field in headers.Fields)
        {
            if (!field.Name.Equals("Received", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            if (hops.Count == MaxHops)
            {
                findings.Add(FindingCodes.Received.TooMany.At(MaxHops.ToString(CultureInfo.InvariantCulture)));
                break;
            }

            var hop = One(field.Value, out var code);
            hops.Add(hop);
            if (code is not null && noted++ < MaxFindings)
            {
                findings.Add(code.At(Excerpt.Of(field.Value)));
            }
        }

        Delays(hops, findings);
        return hops;
    }

    /// <summary>One header; <paramref name="code"/> says what is wrong with it.</summary>
    internal static Hop One(ReadOnlySpan<char> value, out FindingCode? code)
    {
        var clauses = new ReceivedClauses(value);
        clauses.Read();
        var hop = clauses.Hop.At(Time(value, clauses.DateStart, out var flaws));
        code = hop.At is null
            ? clauses.Understood
                ? FindingCodes.Received.NoTime
                : FindingCodes.Received.Unreadable
            : flaws.HasFlag(DateFlaws.Zone)
                ? FindingCodes.Received.NoZone
                : null;
        return hop;
    }

    private static DateTimeOffset? Time(ReadOnlySpan<char> value, int semicolon, out DateFlaws flaws)
    {
        if (semicolon < value.Length && MailDate.Parse(value[(semicolon + 1)..], out flaws) is { } regular)
        {
            return regular;
        }

        var before = value[..semicolon];
        if (before.LastIndexOf(';') is >= 0 and var earlier && MailDate.Parse(before[(earlier + 1)..], out flaws) is { } other)
        {
            return other;
        }

        return WithoutSemicolon(value, out flaws);
    }

    /// <summary>
    /// The semicolon is missing or elsewhere: the words around the last time of day (the last 400 characters only) are tried,
    /// from the shortest stretch that can be a date on.
    /// </summary>
    private static DateTimeOffset? WithoutSemicolon(ReadOnlySpan<char> value, out DateFlaws flaws)
    {
        flaws = DateFlaws.None;
        var tail = value.Length > 400 ? value[^400..] : value;
        var time = -1;
        for (var at = 1; at + 1 < tail.Length; at++)
        {
            if (tail[at] == ':' && char.IsAsciiDigit(tail[at - 1]) && char.IsAsciiDigit(tail[at + 1]))
            {
                time = at;
                while (at + 1 < tail.Length && (tail[at] == ':' || char.IsAsciiDigit(tail[at])))
                {
                    at++;
                }
            }
        }

        var start = time;
        for (var words = 0; words < 6 && start > 0; words++)
        {
            start = tail[..start].TrimEnd().LastIndexOf(' ');
            if (words >= 3 && MailDate.Parse(tail[(start + 1)..], out flaws) is { } found)
            {
                flaws |= DateFlaws.Form;
                return found;
            }
        }

        return null;
    }

    /// <summary>Seconds between neighbours that have a time; what runs backwards or took long is noted.</summary>
    private static void Delays(List<Hop> hops, List<Finding> findings)
    {
        DateTimeOffset? older = null;
        var noted = 0;
        for (var index = hops.Count - 1; index >= 0; index--)
        {
            if (hops[index].At is not { } at)
            {
                continue;
            }

            if (older is { } before)
            {
                var seconds = (long)(at - before).TotalSeconds;
                hops[index] = hops[index] with { DelaySeconds = seconds };
                var code =
                    seconds < BackwardsSeconds ? FindingCodes.Received.TimeOrder
                    : seconds > LongSeconds ? FindingCodes.Received.LongDelay
                    : null;
                if (code is not null && noted++ < MaxFindings)
                {
                    findings.Add(code.At(string.Create(CultureInfo.InvariantCulture, $"hop {index + 1}: {seconds} s")));
                }
            }

            older = at;
        }
    }
}
