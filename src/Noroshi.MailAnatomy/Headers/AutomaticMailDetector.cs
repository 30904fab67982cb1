namespace Noroshi.MailAnatomy.Headers;

/// <summary>
/// Tells mail that a program sent from mail that a person may have written. Headers decide first (RFC 3834, RFC 2076, RFC 2369,
/// MS-OXCMAIL); words count in the subject and the opening lines only, because people quote the receipts they answer.
/// </summary>
internal static class AutomaticMailDetector
{
    private const int OpeningLines = 12;
    private const int OpeningLetters = 2_000;

    private static readonly string[] Responders =
    [
        "X-Autoreply",
        "X-Autorespond",
        "X-Autoresponder",
        "X-Auto-Reply",
        "X-AutoReply-From",
        "X-Mail-Autoreply",
        "X-POST-MessageClass",
    ];

    /// <summary>Why the mail is automatic; null when a person may have sent it.</summary>
    /// <param name="headers">Headers of the mail.</param>
    /// <param name="subject">Decoded subject.</param>
    /// <param name="bodyStart">Beginning of the text.</param>
    public static AutomaticMail? Detect(HeaderBlock headers, string subject, string bodyStart)
    {
        ArgumentNullException.ThrowIfNull(headers);
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(bodyStart);
        var words = Words(subject.Length > 500 ? subject[..500] : subject, bodyStart);
        var byHeader = Headers(headers);
        if (byHeader is null)
        {
            return words;
        }

        // "auto-replied" is said of receipts too; the words tell which it is.
        return byHeader.Kind is "auto-reply" or "bulk" && words is { Kind: "receipt" } receipt
            ? new AutomaticMail("receipt", byHeader.Evidence + "; " + receipt.Evidence)
            : byHeader;
    }

    private static AutomaticMail? Headers(HeaderBlock headers)
    {
        if (Value(headers, "Content-Type") is { } type && type.StartsWith("multipart/report", StringComparison.OrdinalIgnoreCase))
        {
            return Because("report", "Content-Type", type);
        }

        if (Value(headers, "X-Failed-Recipients") is { } failed)
        {
            return Because("report", "X-Failed-Recipients", failed);
        }

        if (Value(headers, "Auto-Submitted") is { } submitted && !submitted.StartsWith("no", StringComparison.OrdinalIgnoreCase))
        {
            return Because(
                submitted.StartsWith("auto-replied", StringComparison.OrdinalIgnoreCase) ? "auto-reply" : "bulk",
                "Auto-Submitted",
                submitted
            );
        }

        foreach (var name in Responders)
        {
            if (Value(headers, name) is { } responder && !responder.Equals("no", StringComparison.OrdinalIgnoreCase))
            {
                return Because("auto-reply", name, responder);
            }
        }

        return Precedence(headers) ?? Suppress(headers) ?? NullPath(headers);
    }

    /// <summary>
    /// A list that takes posts carries mail of people (many windows are lists themselves), so its headers say nothing; a list
    /// without a way to post is an announcement.
    /// </summary>
    private static AutomaticMail? Precedence(HeaderBlock headers)
    {
        var precedence = Value(headers, "Precedence");
        if (precedence is not null && precedence.StartsWith("auto", StringComparison.OrdinalIgnoreCase))
        {
            return Because("auto-reply", "Precedence", precedence);
        }

        var post = Value(headers, "List-Post");
        var discussion =
            (post is not null && !post.StartsWith("NO", StringComparison.OrdinalIgnoreCase))
            || Value(headers, "X-ML-Name") is not null
            || Value(headers, "X-ML-Count") is not null
            || Value(headers, "Mailing-List") is not null;
        if (discussion)
        {
            return null;
        }

        foreach (var name in (ReadOnlySpan<string>)["List-Unsubscribe", "List-Id", "List-Post"])
        {
            if (Value(headers, name) is { } list)
            {
                return Because("list", name, list);
            }
        }

        return precedence?.ToLowerInvariant() switch
        {
            "bulk" or "junk" => Because("bulk", "Precedence", precedence),
            "list" => Because("list", "Precedence", precedence),
            _ => null,
        };
    }

    /// <summary>Exchange writes "DR, OOF, AutoReply" on people's mail to a distribution list; programs ask for more.</summary>
    private static AutomaticMail? Suppress(HeaderBlock headers) =>
        Value(headers, "X-Auto-Response-Suppress") is { } suppress
        && (suppress.Contains("All", StringComparison.OrdinalIgnoreCase) || suppress.Contains("NRN", StringComparison.OrdinalIgnoreCase))
            ? Because("bulk", "X-Auto-Response-Suppress", suppress)
            : null;

    private static AutomaticMail? NullPath(HeaderBlock headers)
    {
        var from = Value(headers, "From") ?? "";
        if (from.Contains("mailer-daemon", StringComparison.OrdinalIgnoreCase))
        {
            return Because("report", "From", from);
        }

        return Value(headers, "Return-Path") is { } path && path.AsSpan().Trim() is "<>" or "< >"
            ? Because(from.Contains("postmaster@", StringComparison.OrdinalIgnoreCase) ? "report" : "auto-reply", "Return-Path", path)
            : null;
    }

    private static AutomaticMail? Words(string subject, string bodyStart)
    {
        var reply = IsReply(subject);
        var start = subject.AsSpan().TrimStart(" 　[【(((<「『■◆●★※");
        if (!reply && AutomaticPhrases.InSubject.In(subject.AsSpan()))
        {
            foreach (var (text, kind) in AutomaticPhrases.SubjectStarts)
            {
                if (start.StartsWith(text, StringComparison.OrdinalIgnoreCase) && Ends(text, start[text.Length..]))
                {
                    return Because(kind, "Subject", text);
                }
            }

            foreach (var (text, kind) in AutomaticPhrases.SubjectSentences)
            {
                if (Says(subject, text))
                {
                    return Because(kind, "Subject", text);
                }
            }
        }

        return Opening(bodyStart, reply);
    }

    private static bool Ends(string text, ReadOnlySpan<char> after) =>
        !char.IsLetter(text[^1])
        || text[^1] < 0x80
        || after.IsEmpty
        || !char.IsLetter(after[0])
        || StartsAny(after, AutomaticPhrases.SubjectEndings);

    private static AutomaticMail? Opening(string bodyStart, bool reply)
    {
        var text = bodyStart.Length > OpeningLetters ? bodyStart.AsSpan(0, OpeningLetters) : bodyStart;
        if (!AutomaticPhrases.InOpening.In(text))
        {
            return null;
        }

        var lines = 0;
        string? label = null;
        var acknowledged = false;
        foreach (var range in text.Split('\n'))
        {
            var line = text[range].Trim();
            if (line.IsEmpty || line[0] is '>' or '>' or '|')
            {
                continue;
            }

            if (++lines > OpeningLines || StartsQuote(line))
            {
                break;
            }

            foreach (var (phrase, kind) in AutomaticPhrases.OpeningSentences)
            {
                if (Says(line, phrase))
                {
                    return Because(kind, "body", phrase);
                }
            }

            label ??= Label(line);
            acknowledged |= Any(line, AutomaticPhrases.Acknowledgements);
        }

        return label is not null && acknowledged && !reply ? Because("receipt", "body", label) : null;
    }

    private static bool StartsAny(ReadOnlySpan<char> line, string[] starts)
    {
        foreach (var start in starts)
        {
            if (line.StartsWith(start, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static bool StartsQuote(ReadOnlySpan<char> line)
    {
        return StartsAny(line, AutomaticPhrases.QuoteStarts)
            || line.EndsWith("wrote:", StringComparison.OrdinalIgnoreCase)
            || line.EndsWith("書きました:", StringComparison.Ordinal)
            || line.EndsWith("書きました。", StringComparison.Ordinal);
    }

    /// <summary>A label with a number behind it and no sentence around it.</summary>
    private static string? Label(ReadOnlySpan<char> line)
    {
        var start = line.TrimStart(" 　【[(■◆●□◇○・*#");
        foreach (var label in AutomaticPhrases.ReceiptLabels)
        {
            if (!start.StartsWith(label, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var rest = start[label.Length..].Trim(" 　】])::#.は");
            var number = rest.IndexOfAnyInRange('0', '9') >= 0 || rest.IndexOfAnyInRange('0', '9') >= 0;
            return number && !rest.ContainsAnyInRange('\u3041', '\u3096') ? label : null;
        }

        return null;
    }

    private static bool Says(ReadOnlySpan<char> line, string phrase) =>
        line.IndexOf(phrase, StringComparison.OrdinalIgnoreCase) is >= 0 and var at && !IsSpoken(line[(at + phrase.Length)..]);

    /// <summary>The words around show that a person speaks of an automatic mail.</summary>
    private static bool IsSpoken(ReadOnlySpan<char> after)
    {
        foreach (var spoken in AutomaticPhrases.Spoken)
        {
            if (spoken.Length == 1 ? after.StartsWith(spoken, StringComparison.Ordinal) : after.Contains(spoken, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Any(ReadOnlySpan<char> line, string[] words)
    {
        foreach (var word in words)
        {
            if (line.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>"Re:", "Re[2]:", "[list 12] RE:", "返信:": the subject is another mail's.</summary>
    private static bool IsReply(ReadOnlySpan<char> subject)
    {
        subject = subject.TrimStart();
        if (subject.StartsWith("[", StringComparison.Ordinal) && subject.IndexOf(']') is > 0 and < 60 and var close)
        {
            subject = subject[(close + 1)..].TrimStart();
        }

        foreach (var start in AutomaticPhrases.ReplyStarts)
        {
            if (
                subject.StartsWith(start, StringComparison.OrdinalIgnoreCase)
                && subject[start.Length..].TrimStart(" 　[]^*()0123456789") is [':' or ':', ..]
            )
            {
                return true;
            }
        }

        return false;
    }

    private static string? Value(HeaderBlock headers, string name) =>
        headers.First(name) is { } value && value.AsSpan().Trim() is { IsEmpty: false } trimmed
            ? trimmed.Length == value.Length
                ? value
                : trimmed.ToString()
            : null;

    private static AutomaticMail Because(string kind, string where, string what) => new(kind, where + ": " + Excerpt.Of(what));
}
