namespace Noroshi.MailAnatomy.Passwords;

/// <summary>Names cut down to what people type as passwords.</summary>
internal static class NameForms
{
    /// <summary>A file name without folders and its last extension.</summary>
    public static string Stem(string fileName)
    {
        var start = fileName.AsSpan().LastIndexOfAny('/', '\\') + 1;
        var name = fileName[start..];
        var dot = name.LastIndexOf('.');
        return dot > 0 ? name[..dot] : name;
    }

    /// <summary>The label of a domain that names its owner: <c>fujimi</c> of <c>mail.fujimi.co.jp</c>.</summary>
    public static string DomainLabel(string domain)
    {
        var labels = domain.Split('.', StringSplitOptions.RemoveEmptyEntries);
        if (labels.Length < 2)
        {
            return labels.Length == 1 ? labels[0] : "";
        }

        // co.jp, or.jp, lg.jp, com.tw: a short label before a country belongs to the registry.
        var last = labels.Length - 2;
        return
            last > 0
            && labels[^1].Length == 2
            && labels[last]
                is "co"
                    or "or"
                    or "ne"
                    or "ac"
                    or "go"
                    or "lg"
                    or "ed"
                    or "gr"
                    or "ad"
                    or "com"
                    or "net"
                    or "org"
                    or "gov"
                    or "edu"
            ? labels[last - 1]
            : labels[last];
    }

    /// <summary>Splits at everything that is no letter or digit; pieces of two characters or more.</summary>
    public static IEnumerable<string> Pieces(string text)
    {
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && char.IsLetterOrDigit(text[i]))
            {
                start = start < 0 ? i : start;
                continue;
            }

            if (start >= 0 && i - start >= 2)
            {
                yield return text[start..i];
            }

            start = -1;
        }
    }
}
