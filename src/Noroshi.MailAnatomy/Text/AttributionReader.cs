using System.Buffers;

namespace Noroshi.MailAnatomy.Text;

/// <summary>What an attribution tells, and how many lines it takes.</summary>
internal struct Attribution
{
    /// <summary>Lines from the first on.</summary>
    public int Lines;

    /// <summary>A header block or separator: what follows is a quote even without marks.</summary>
    public bool OpensRest;

    /// <summary>Only a separator line was seen: it needs no sender.</summary>
    public bool Separator;

    public string? Name;
    public string? Address;
    public string? To;
    public string? Sent;
    public string? Subject;
}

/// <summary>Recognises the lines that introduce a quote, in the words of the mail programs of Japan and elsewhere.</summary>
internal static class AttributionReader
{
    private const int MaxHeaderLines = 14;
    private const int MaxJoined = 4;
    private const int LongestLine = 400;

    private static readonly SearchValues<char> AfterDate = SearchValues.Create(" ,:：、)）。\t");
    private static readonly PhraseSet Wrote = new(
        "wrote",
        "writes:",
        "さんは書きました",
        "は書きました",
        "さんが書きました",
        "様は書きました",
        "さんのメール",
        "のメール:",
        "のメール：",
        "のメッセージ:",
        "のメッセージ：",
        "さんからのメール",
        "さんより",
        "を書きました",
        "schrieb",
        "a écrit",
        "escribió",
        "ha scritto",
        "escreveu",
        "写道",
        "寫道",
        "님이 작성",
        "пишет",
        "написал"
    );

    private static readonly PhraseSet Separators = new(
        "original message",
        "forwarded message",
        "original mail",
        "forwarded by",
        "元のメッセージ",
        "転送メッセージ",
        "転送されたメッセージ",
        "転送メール",
        "転送元メッセージ",
        "オリジナルメッセージ",
        "元のメール",
        "begin forwarded message",
        "ursprüngliche nachricht",
        "message d'origine",
        "mensaje original",
        "原始邮件",
        "邮件原件",
        "원본 메시지",
        "исходное сообщение",
        "reply message",
        "reply separator",
        "originalnachricht",
        "最初のメッセージ"
    );

    /// <summary>Tries to read an attribution that starts at a line.</summary>
    public static bool TryRead(string text, BodyLine[] lines, int index, ref Attribution found)
    {
        ref var line = ref lines[index];
        if (line.Blank || line.Length > LongestLine)
        {
            return false;
        }

        var inner = BodyLines.Inner(text, line).Trim();
        if (IsSeparator(inner, out var needsHeader))
        {
            return ReadSeparated(text, lines, index, needsHeader, ref found);
        }

        return ReadHeaders(text, lines, index, separated: false, ref found) || ReadSentence(text, lines, index, inner, ref found);
    }

    private static bool IsSeparator(ReadOnlySpan<char> inner, out bool needsHeader)
    {
        needsHeader = false;
        if (
            inner.Length > 0
            && char.IsAsciiLetterOrDigit(inner[0])
            && inner[^1] is var last
            && (char.IsAsciiLetterOrDigit(last) || last is ',' or '.' or '!' or '?')
        )
        {
            // Nothing to trim, so neither decorated nor introduced by a colon.
            return false;
        }

        var core = inner.Trim("-_=*＝－ー―─━>< 　:：");
        if (core.IsEmpty)
        {
            needsHeader = inner.Length >= 20 && inner[0] is '_' or '-' or '─' or '━';
            return needsHeader;
        }

        var decorated = inner.Length - core.Length;
        var ends = inner[^1] is ':' or '：' && core.Length < 40;
        return core.Length <= 60 && (decorated >= 4 || ends) && Separators.In(core);
    }

    private static bool ReadSeparated(string text, BodyLine[] lines, int index, bool needsHeader, ref Attribution found)
    {
        var depth = lines[index].Depth;
        var next = index + 1;
        while (next < lines.Length && next <= index + 2 && lines[next].Blank && lines[next].Depth == depth)
        {
            next++;
        }

        var headers = new Attribution();
        if (next < lines.Length && lines[next].Depth == depth && ReadHeaders(text, lines, next, separated: true, ref headers))
        {
            found = headers;
            found.Lines += next - index;
            found.OpensRest = true;
            return true;
        }

        // Apple Mail quotes the headers of a forwarded mail: they stand one mark deeper than the line that introduces them.
        if (
            !needsHeader
            && next < lines.Length
            && lines[next].Depth == depth + 1
            && ReadHeaders(text, lines, next, separated: true, ref headers)
        )
        {
            found = headers;
            found.Lines += next - index;
            return true;
        }

        if (needsHeader)
        {
            return false;
        }

        found = new Attribution
        {
            Lines = 1,
            OpensRest = true,
            Separator = true,
        };
        return true;
    }

    /// <summary>A block of header lines as Outlook and others put before the original: From, Sent, To, Subject.</summary>
    private static bool ReadHeaders(string text, BodyLine[] lines, int index, bool separated, ref Attribution found)
    {
        var depth = lines[index].Depth;
        var last = -1;
        var kinds = 0;
        var result = new Attribution();
        var kind = HeaderKind.None;
        for (var at = index; at < lines.Length && at < index + MaxHeaderLines && lines[at].Depth == depth; at++)
        {
            var raw = BodyLines.Inner(text, lines[at]);
            var inner = raw.Trim();
            if (inner.IsEmpty)
            {
                // Some converters put blank lines between the headers; two in a row end the block.
                if (kinds == 0 || at + 1 >= lines.Length || Kind(BodyLines.Inner(text, lines[at + 1]).Trim(), out _) == HeaderKind.None)
                {
                    break;
                }

                continue;
            }

            var next =
                inner.Length > LongestLine ? HeaderKind.None
                : Kind(inner, out var value) is var known and not HeaderKind.None ? Keep(known, value, ref result)
                : HeaderKind.None;
            if (next == HeaderKind.None)
            {
                var continues =
                    kind is HeaderKind.To or HeaderKind.Subject or HeaderKind.Other && raw.Length > 0 && raw[0] is ' ' or '\t' or '\u3000';
                if (!continues)
                {
                    break;
                }
            }
            else
            {
                kind = next;
                kinds |= 1 << (int)kind;
            }

            last = at;
            if (at == index && kind == HeaderKind.None)
            {
                return false;
            }
        }

        const int from = 1 << (int)HeaderKind.From,
            sent = 1 << (int)HeaderKind.Sent,
            to = 1 << (int)HeaderKind.To,
            subject = 1 << (int)HeaderKind.Subject;
        var known2 = (kinds & from) != 0 && (kinds & (sent | to | subject)) != 0;
        var enough = separated
            ? known2
            : (kinds & from) != 0 && (kinds & subject) != 0 && (kinds & (sent | to)) != 0
                || ((kinds & (from | sent | to)) == (from | sent | to));
        if (last < 0 || !enough)
        {
            return false;
        }

        found = result;
        found.Lines = last - index + 1;
        found.OpensRest = true;
        return true;
    }

    private enum HeaderKind
    {
        None,
        From,
        Sent,
        To,
        Subject,
        Other,
    }

    private static HeaderKind Keep(HeaderKind kind, ReadOnlySpan<char> value, ref Attribution result)
    {
        switch (kind)
        {
            case HeaderKind.From when result.Name is null && result.Address is null:
                (result.Name, result.Address) = Mailbox(value);
                break;
            case HeaderKind.Sent:
                result.Sent ??= value.IsEmpty ? null : new string(value);
                break;
            case HeaderKind.To:
                var (name, address) = Mailbox(value);
                result.To ??= address ?? name;
                break;
            case HeaderKind.Subject:
                result.Subject ??= new string(value);
                break;
            default:
                break;
        }

        return kind;
    }

    private static HeaderKind Kind(ReadOnlySpan<char> line, out ReadOnlySpan<char> value)
    {
        value = default;
        var colon = line[..Math.Min(line.Length, 21)].IndexOfAny(':', '：');
        if (colon <= 0)
        {
            return HeaderKind.None;
        }

        Span<char> lower = stackalloc char[24];
        var label = line[..colon].Trim("* \u3000\t[]【】");
        var length = label.ToLowerInvariant(lower);
        var kind = lower[..Math.Max(0, length)] switch
        {
            "from"
            or "差出人"
            or "送信者"
            or "送信元"
            or "発信者"
            or "von"
            or "de"
            or "发件人"
            or "寄件者"
            or "보낸 사람"
            or "от"
            or "da" => HeaderKind.From,
            "sent"
            or "date"
            or "送信日時"
            or "日時"
            or "送信日"
            or "日付"
            or "受信日時"
            or "gesendet"
            or "datum"
            or "envoyé"
            or "enviado"
            or "fecha"
            or "发送时间"
            or "日期"
            or "보낸 날짜"
            or "отправлено"
            or "дата"
            or "送信時刻" => HeaderKind.Sent,
            "to" or "宛先" or "受信者" or "an" or "à" or "para" or "收件人" or "받는 사람" or "кому" or "送信先" => HeaderKind.To,
            "subject" or "件名" or "題名" or "タイトル" or "betreff" or "objet" or "asunto" or "主题" or "主旨" or "제목" or "тема" =>
                HeaderKind.Subject,
            "cc"
            or "ｃｃ"
            or "bcc"
            or "reply-to"
            or "返信先"
            or "attachments"
            or "添付ファイル"
            or "importance"
            or "重要度"
            or "kopie"
            or "抄送"
            or "organization"
            or "message-id"
            or "x-mailer" => HeaderKind.Other,
            _ => HeaderKind.None,
        };
        value = kind == HeaderKind.None ? default : line[(colon + 1)..].Trim("* \u3000\t");
        return kind;
    }

    /// <summary>A sentence such as "On … wrote:" over one to four lines, or date and address before a deeper line.</summary>
    private static bool ReadSentence(string text, BodyLine[] lines, int index, ReadOnlySpan<char> first, ref Attribution found)
    {
        var startsOn = first[0] is 'O' or 'A' or 'I' or 'i' or 'L' or 'E' && StartsLikeSentence(first);
        var startsDate =
            !startsOn
            && (
                char.IsDigit(first[0])
                || first[0] is '(' or '（' or '平' or '昭' or '令'
                || first.StartsWith("Date:", StringComparison.Ordinal)
            );
        var depth = lines[index].Depth;
        var joinedEnd = index;
        ReadOnlySpan<char> joined = first;
        for (var count = 1; count <= MaxJoined; count++)
        {
            var end = joined.IsEmpty ? '\0' : joined[^1];
            var ends =
                end is ':' or '：' or '。'
                || (
                    end is 'e' or 'た'
                    && (
                        joined.EndsWith("wrote", StringComparison.OrdinalIgnoreCase)
                        || joined.EndsWith("書きました", StringComparison.Ordinal)
                    )
                );
            var strong = ends && Wrote.In(joined);
            var address = joined.Contains('@');
            var dated = (strong || address || end is ':' or '：') && QuoteDate.Find(joined, out _);
            if (strong || dated)
            {
                var deeper = NextDepth(lines, joinedEnd + 1) > depth;
                var unmarked = dated && (strong || (address && end is ':' or '：' && startsDate));
                var apple = depth > 0 && strong && dated;
                if (deeper || ((unmarked || apple) && joinedEnd - index < MaxJoined))
                {
                    found = Sentence(joined);
                    found.Lines = joinedEnd - index + 1;
                    found.OpensRest = !deeper;
                    return true;
                }
            }

            // Only what begins like an attribution may go on over the next line.
            var next = joinedEnd + 1;
            if (
                !(startsOn || startsDate)
                || next >= lines.Length
                || lines[next].Blank
                || lines[next].Depth != depth
                || lines[next].Length > LongestLine
            )
            {
                return false;
            }

            joinedEnd = next;
            joined = string.Concat(joined, " ", BodyLines.Inner(text, lines[next]).Trim());
        }

        return false;
    }

    private static bool StartsLikeSentence(ReadOnlySpan<char> first) =>
        first.StartsWith("On ", StringComparison.Ordinal)
        || first.StartsWith("At ", StringComparison.Ordinal)
        || first.StartsWith("In message", StringComparison.OrdinalIgnoreCase)
        || first.StartsWith("In article", StringComparison.OrdinalIgnoreCase)
        || first.StartsWith("Am ", StringComparison.Ordinal)
        || first.StartsWith("Le ", StringComparison.Ordinal)
        || first.StartsWith("El ", StringComparison.Ordinal);

    /// <summary>Depth of the next line that is not blank; blank marked lines count.</summary>
    private static int NextDepth(BodyLine[] lines, int from)
    {
        for (var at = from; at < lines.Length && at < from + 4; at++)
        {
            if (!lines[at].Blank || lines[at].Depth > 0)
            {
                return lines[at].Depth;
            }
        }

        return 0;
    }

    private static Attribution Sentence(ReadOnlySpan<char> sentence)
    {
        var result = new Attribution();
        var date = QuoteDate.Find(sentence, out var dateText);
        result.Sent = date ? new string(dateText) : null;
        var rest = sentence;
        if (date && sentence.Overlaps(dateText, out var start))
        {
            rest = sentence[(start + dateText.Length)..];
            if (!rest.ContainsAnyExcept(AfterDate))
            {
                rest = sentence[..start];
            }
        }

        var wrote = Wrote.IndexIn(rest);
        rest = wrote >= 0 && !rest[..wrote].IsWhiteSpace() ? rest[..wrote] : rest;
        (result.Name, result.Address) = Mailbox(rest.Trim(" ,:：、)）(（。\t"));
        return result;
    }

    /// <summary>Takes "name &lt;address&gt;", "name [mailto:address]" or either alone apart.</summary>
    internal static (string? Name, string? Address) Mailbox(ReadOnlySpan<char> value)
    {
        // Only the first of several recipients counts.
        var several = value.IndexOfAny(';', '；');
        value = (several > 0 ? value[..several] : value).Trim("\"'* \t\u3000");
        var at = value.IndexOf('@');
        if (at < 0)
        {
            return (value.IsEmpty || value.Length > 100 ? null : CleanName(value), null);
        }

        int start = at,
            end = at + 1;
        while (start > 0 && IsAddress(value[start - 1]))
        {
            start--;
        }

        while (end < value.Length && IsAddress(value[end]))
        {
            end++;
        }

        var address = value[start..end].Trim('.');
        address = address.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) ? address[7..] : address;
        var name = CleanName(value[..start]);
        name ??= end < value.Length && value[end] is '>' or ' ' or '(' ? CleanName(value[end..].TrimStart('>')) : null;
        return (name, address.Length > 3 && address.Length < 321 ? new string(address) : null);
    }

    private static string? CleanName(ReadOnlySpan<char> name)
    {
        name = name.Trim("\"'<>[]()（）*,、:： \t\u3000");
        name = name.EndsWith("mailto", StringComparison.OrdinalIgnoreCase) ? name[..^6].Trim("[<( :") : name;
        foreach (var honour in (ReadOnlySpan<string>)["さん", "様", "氏", "さま"])
        {
            name =
                name.Length > honour.Length + 1 && name.EndsWith(honour, StringComparison.Ordinal)
                    ? name[..^honour.Length].TrimEnd()
                    : name;
        }

        return name.IsEmpty || name.Length > 100 ? null : new string(name);
    }

    private static bool IsAddress(char character) =>
        char.IsAsciiLetterOrDigit(character)
        || character is '.' or '_' or '-' or '+' or '%' or '=' or '/' or '~' or '!' or '#' or '$' or '&' or '*' or '^' or ':';
}
