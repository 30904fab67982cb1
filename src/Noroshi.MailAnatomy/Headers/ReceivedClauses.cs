using System.Buffers;

namespace Noroshi.MailAnatomy.Headers;

/// <summary>
/// Splits one Received header into its clauses (RFC 5321 4.4: from, by, via, with, id, for; then the time) in one pass.
/// Clause words may come in any order, as mail servers write them.
/// </summary>
internal ref struct ReceivedClauses(ReadOnlySpan<char> text)
{
    private const int MaxComments = 12;
    private const int LongestProtocol = 80;

    private readonly ReadOnlySpan<char> text = text;
    private StructuredText structure = new(text);
    private Clause clause;
    private bool fromSeen;
    private bool bySeen;
    private int comments;
    private Range with;
    private Range via;
    private bool exim;
    private bool literal;

    private enum Clause
    {
        None,
        From,
        By,
        With,
        Via,
        For,
        Other,
    }

    /// <summary>What was understood.</summary>
    public HopDraft Hop { get; private set; }

    /// <summary>True when host, protocol or a local hand-over was understood.</summary>
    public bool Understood { get; private set; }

    /// <summary>Place of the last semicolon outside comments, the length when there is none.</summary>
    public int DateStart { get; private set; } = text.Length;

    /// <summary>Reads all clauses.</summary>
    public void Read()
    {
        var at = 0;
        while (at < text.Length)
        {
            var letter = text[at];
            if (StructuredText.IsBlank(letter))
            {
                at++;
            }
            else if (letter == '(')
            {
                var end = structure.CommentEnd(at);
                if (end > at + 1)
                {
                    Comment(text[(at + 1)..(end - 1)].Trim());
                }

                at = end;
            }
            else if (letter == ';')
            {
                DateStart = at;
                clause = Clause.Other;
                at++;
            }
            else
            {
                var end = WordEnd(at);
                Word(at, end);
                at = end;
            }
        }

        Finish();
    }

    private int WordEnd(int start)
    {
        if (text[start] == '"')
        {
            return structure.QuoteEnd(start);
        }

        var at = start + 1;
        while (at < text.Length && !StructuredText.IsBlank(text[at]) && text[at] is not ('(' or ';' or '"'))
        {
            at++;
        }

        return at;
    }

    private void Word(int start, int end)
    {
        var word = text[start..end];
        if (Keyword(word) is { } next)
        {
            clause = next;
            return;
        }

        switch (clause)
        {
            case Clause.From:
                FromWord(word);
                break;
            case Clause.By when !bySeen:
                bySeen = true;
                Understood = true;
                Hop = Hop with { By = HostText(word), ByIp = IpText.Read(word) };
                break;
            case Clause.With:
                with = Longer(with, start, end);
                break;
            case Clause.Via:
                via = Longer(via, start, end);
                break;
            case Clause.For when Hop.For is null:
                Hop = Hop with { For = Clip(word.Trim("<>,")) };
                break;
            default:
                break;
        }
    }

    private static Range Longer(Range range, int start, int end)
    {
        if (range.Equals(default))
        {
            return start..Math.Min(end, start + LongestProtocol);
        }

        return end - range.Start.Value <= LongestProtocol ? range.Start..end : range;
    }

    /// <summary>The clause a word opens. "from" counts once and before "by" only: IBM gateways write a second one with the sender.</summary>
    private Clause? Keyword(ReadOnlySpan<char> word)
    {
        if (word.Length is < 2 or > 4)
        {
            return null;
        }

        if (word.Equals("by", StringComparison.OrdinalIgnoreCase))
        {
            return bySeen ? Clause.Other : Clause.By;
        }

        if (word.Equals("from", StringComparison.OrdinalIgnoreCase))
        {
            var first = !fromSeen && Hop.For is null;
            fromSeen = true;
            return first ? Clause.From : Clause.Other;
        }

        return word switch
        {
            _ when word.Equals("with", StringComparison.OrdinalIgnoreCase) => Clause.With,
            _ when word.Equals("via", StringComparison.OrdinalIgnoreCase) => Clause.Via,
            _ when word.Equals("for", StringComparison.OrdinalIgnoreCase) => Clause.For,
            _ when word.Equals("id", StringComparison.OrdinalIgnoreCase) => Clause.Other,
            _ => null,
        };
    }

    private void FromWord(ReadOnlySpan<char> word)
    {
        if (Hop.Helo is null && word[0] != '"')
        {
            literal = IpText.Read(word) is not null;
            Hop = Hop with { Helo = HostText(word), Ip = Hop.Ip ?? (word[0] == '[' ? IpText.Read(word) : null) };
            Understood = true;
        }
        else if (Hop.Ip is null && word[0] == '[')
        {
            Hop = Hop with { Ip = IpText.Read(word) };
        }
        else if (word.StartsWith("helo=", StringComparison.OrdinalIgnoreCase))
        {
            Hop = Hop with { Helo = HostText(word[5..]) };
        }
    }

    private void Comment(ReadOnlySpan<char> inner)
    {
        if (++comments > MaxComments || inner.Length is 0 or > 1_000)
        {
            return;
        }

        if (clause == Clause.From && !bySeen)
        {
            new PeerComment(Hop).Read(inner, out var hop);
            Hop = hop;
        }
        else if (clause == Clause.By)
        {
            exim |= inner.StartsWith("Exim", StringComparison.Ordinal);
            Hop = Hop.ByIp is null ? Hop with { ByIp = IpText.Read(inner) } : Hop;
        }
        else if (clause is Clause.With or Clause.Via)
        {
            exim |= inner.StartsWith("Exim", StringComparison.Ordinal);
            clause = Clause.Other;
        }
        else if (clause == Clause.None)
        {
            LocalHandOver(inner);
        }
    }

    /// <summary>(qmail 123 invoked by uid 99), (from root@localhost): no peer, the host handed the mail to itself.</summary>
    private void LocalHandOver(ReadOnlySpan<char> inner)
    {
        if (
            inner.StartsWith("qmail ", StringComparison.OrdinalIgnoreCase)
            && inner.IndexOf("invoked", StringComparison.OrdinalIgnoreCase) is > 0 and var invoked
        )
        {
            Understood = true;
            Hop = Hop with { With = Clip(string.Concat("qmail ", inner[invoked..])) };
        }
        else if (inner.StartsWith("from ", StringComparison.OrdinalIgnoreCase))
        {
            Understood = true;
            var rest = inner[5..].Trim();
            var host = rest.LastIndexOf('@');
            Hop = Hop with { Helo = HostText(host < 0 ? rest : rest[(host + 1)..]) };
        }
        else if (
            inner.Contains("invoked", StringComparison.OrdinalIgnoreCase) || inner.Contains("userid", StringComparison.OrdinalIgnoreCase)
        )
        {
            Understood = true;
            Hop = Hop with { With = Clip(inner) };
        }
    }

    private void Finish()
    {
        var protocol = !with.Equals(default) ? with : via;
        if (!protocol.Equals(default))
        {
            Understood = true;
            Hop = Hop with { With = AddressText.Line(Clip(text[protocol].TrimEnd(','))) };
        }

        if (Hop.Helo is { } helo)
        {
            var peer = IpText.Read(helo);
            Hop = Hop with
            {
                Ip = Hop.Ip ?? peer,
                // Exim writes the looked-up name first and a greeting only where it differs.
                From = Hop.From ?? (exim && !literal && peer is null && Hop.Ip is not null ? helo : null),
            };
        }
    }

    private static string? HostText(ReadOnlySpan<char> word)
    {
        word = word.Trim(",\"<>").TrimEnd('.');
        return word.IsEmpty ? null : Clip(word);
    }

    internal static string Clip(ReadOnlySpan<char> word) => (word.Length > 255 ? word[..255] : word).ToString();
}

/// <summary>A hop while its header is read; a value, because every clause makes a new one.</summary>
internal readonly struct HopDraft
{
    public string? By { get; init; }

    public string? ByIp { get; init; }

    public string? Helo { get; init; }

    public string? From { get; init; }

    public bool FromUnconfirmed { get; init; }

    public string? Ip { get; init; }

    public string? With { get; init; }

    public string? For { get; init; }

    /// <summary>The finished hop.</summary>
    public Hop At(DateTimeOffset? at) =>
        new()
        {
            By = By,
            ByIp = ByIp,
            Helo = Helo,
            From = From,
            FromUnconfirmed = FromUnconfirmed,
            Ip = Ip,
            With = With,
            For = For,
            At = at,
        };
}

/// <summary>A comment behind "from": what the receiving host knows of its peer.</summary>
internal readonly ref struct PeerComment(HopDraft before)
{
    private static readonly SearchValues<char> AddressDigits = SearchValues.Create("0123456789.");

    private readonly HopDraft before = before;

    /// <summary>
    /// Forms: <c>name [ip]</c>, <c>[ip]</c>, <c>ip</c>, <c>user@name [ip]</c>, <c>HELO name</c>, <c>[ip] helo=name</c>, <c>ident@ip</c>,
    /// <c>account x [ip] verified</c>, <c>name [ip] (may be forged)</c>. Words about encryption or login tell nothing of the peer.
    /// </summary>
    public void Read(ReadOnlySpan<char> inner, out HopDraft after)
    {
        after = before;
        if (Starts(inner, "HELO ") || Starts(inner, "EHLO "))
        {
            // qmail, Yahoo: the name before is the looked-up one, the greeting stands in the comment.
            after = before with
            {
                Helo = Host(inner[5..].Trim()),
                From = before.From ?? Known(before.Helo),
                FromUnconfirmed = before.From is null,
            };
            return;
        }

        if (
            Starts(inner, "using ")
            || Starts(inner, "authenticated")
            || Starts(inner, "no client")
            || Starts(inner, "client ")
            || Starts(inner, "misconfigured")
            || Starts(inner, "version=")
            || Starts(inner, "not verified")
            || Starts(inner, "verified")
        )
        {
            return;
        }

        var bracket = inner.IndexOf('[');
        var ip = bracket >= 0 ? IpText.Read(inner[bracket..]) : Unbracketed(inner);
        after = before with { Ip = before.Ip is null || (ip is not null && before.From is null) ? ip ?? before.Ip : before.Ip };
        if (Named(inner, "helo=") is { } greeting)
        {
            after = after with { Helo = greeting, From = before.From ?? Known(before.Helo) };
            return;
        }

        var name =
            bracket > 0 ? inner[..bracket]
            : bracket == 0 || ip is not null ? default
            : inner;
        name = name.Trim();
        var space = name.IndexOf(' ');
        if (space >= 0)
        {
            name = Starts(name, "account ") ? default : name[..space];
        }

        if (
            before.From is null
            && name.LastIndexOf('@') is var sign
            && Known(Host(name[(sign + 1)..])) is { } known
            && LooksLikeHost(known)
        )
        {
            after = after with { From = known, FromUnconfirmed = inner.Contains("forged", StringComparison.OrdinalIgnoreCase) };
        }
    }

    private static bool Starts(ReadOnlySpan<char> text, string start) => text.StartsWith(start, StringComparison.OrdinalIgnoreCase);

    /// <summary>An address without brackets: alone, behind <c>ident@</c>, or followed by further words.</summary>
    private static string? Unbracketed(ReadOnlySpan<char> inner)
    {
        var space = inner.IndexOf(' ');
        var word = space < 0 ? inner : inner[..space];
        var sign = word.LastIndexOf('@');
        return IpText.Read(sign < 0 ? word : word[(sign + 1)..])
            ?? (space > 0 && inner.Length - space < 60 ? IpText.Read(inner[(inner.LastIndexOf(' ') + 1)..]) : null);
    }

    private static string? Named(ReadOnlySpan<char> inner, string name)
    {
        var start = inner.IndexOf(name, StringComparison.OrdinalIgnoreCase);
        if (start < 0)
        {
            return null;
        }

        var value = inner[(start + name.Length)..];
        var end = value.IndexOfAny(' ', '\t', ')');
        return Host(end < 0 ? value : value[..end]);
    }

    private static string? Host(ReadOnlySpan<char> word)
    {
        word = word.Trim(",\"<>").TrimEnd('.');
        return word.IsEmpty ? null : ReceivedClauses.Clip(word);
    }

    private static bool LooksLikeHost(string name) =>
        name.AsSpan().IndexOfAny("/=:;,") < 0
        && name.AsSpan().ContainsAnyExcept(AddressDigits)
        && !name.Equals("may", StringComparison.OrdinalIgnoreCase);

    /// <summary>A looked-up name; null for the words that say that there is none, and for addresses.</summary>
    private static string? Known(string? name) =>
        name is null
        || IpText.Read(name) is not null
        || name.Equals("unknown", StringComparison.OrdinalIgnoreCase)
        || name.Equals("unverified", StringComparison.OrdinalIgnoreCase)
        || name.Equals("really", StringComparison.OrdinalIgnoreCase)
        || name.Equals("port", StringComparison.OrdinalIgnoreCase)
            ? null
            : name;
}
