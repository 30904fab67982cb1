namespace Noroshi.MailAnatomy.Passwords;

/// <summary>Passwords that stand in names: of files, of people.</summary>
internal static class NamedPasswords
{
    private static readonly string[] Labels =
    [
        "password",
        "passwd",
        "pass",
        "pwd",
        "pw",
        "パスワード",
        "パス",
        "解凍キー",
        "ﾊﾟｽﾜｰﾄﾞ",
        "key",
    ];

    /// <summary>Values that a file name gives: <c>資料(pass_1234).zip</c>, <c>report_PW-abc.zip</c>.</summary>
    /// <param name="stem">File name without its extension.</param>
    public static IEnumerable<string> Of(string stem)
    {
        var folded = PhraseText.Fold(stem);
        foreach (var label in Labels)
        {
            var at = folded.IndexOf(label, StringComparison.OrdinalIgnoreCase);
            if (at < 0 || at > 0 && char.IsAsciiLetter(folded[at - 1]) && char.IsAscii(label[0]))
            {
                continue;
            }

            var start = at + label.Length;
            while (
                start < folded.Length
                && folded[start] is '_' or '-' or ' ' or '=' or ':' or '(' or '[' or 'は' or '「' or '【' or '】' or '~' or '.'
            )
            {
                start++;
            }

            var end = start;
            while (end < folded.Length && PhraseText.IsAscii(folded[end]) && folded[end] is not (')' or ']' or '('))
            {
                end++;
            }

            if (end <= start)
            {
                continue;
            }

            yield return folded[start..end];
            var cut = folded.AsSpan(start, end - start).IndexOfAny('_', '-', '.');
            if (cut > 0)
            {
                yield return folded.Substring(start, cut);
            }

            // The label itself may be part of it: pass1234.
            if (start == at + label.Length)
            {
                yield return folded[at..end];
            }

            yield break;
        }
    }

    /// <summary>What a mailbox offers: local part, its pieces, the owner of the domain, the domain, the name.</summary>
    public static IEnumerable<string> Of(MailAddress mailbox)
    {
        var cut = mailbox.Address.LastIndexOf('@');
        if (cut > 0)
        {
            var local = mailbox.Address[..cut];
            yield return local;
            foreach (var piece in NameForms.Pieces(local))
            {
                yield return piece;
            }

            var domain = mailbox.Address[(cut + 1)..];
            yield return NameForms.DomainLabel(domain);
            yield return domain;
        }

        if (mailbox.Name.Length == 0)
        {
            yield break;
        }

        yield return mailbox.Name;
        foreach (var piece in NameForms.Pieces(mailbox.Name))
        {
            yield return piece;
            if (piece.Length > 1 && piece.All(char.IsAscii))
            {
                yield return piece.ToLowerInvariant();
            }
        }
    }
}
