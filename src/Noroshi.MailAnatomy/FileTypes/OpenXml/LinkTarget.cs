namespace Noroshi.MailAnatomy.FileTypes.OpenXml;

/// <summary>Where a target of a document leads.</summary>
internal enum TargetPlace
{
    /// <summary>Within the document, or nothing to speak of.</summary>
    Inside,

    /// <summary>A path on the same machine, relative ones included.</summary>
    Local,

    /// <summary>A share of another machine; asking for it sends credentials there.</summary>
    Share,

    /// <summary>A server of the web.</summary>
    Web,

    /// <summary>An address that starts a program or a script.</summary>
    Odd,
}

/// <summary>Tells by its shape where a target leads.</summary>
internal static class LinkTarget
{
    private static readonly string[] Web = ["http:", "https:", "ftp:", "ftps:"];

    /// <summary>Schemes of programs that documents honestly link to.</summary>
    private static readonly string[] Honest =
    [
        "mailto:",
        "tel:",
        "sip:",
        "callto:",
        "onenote:",
        "news:",
        "urn:",
        "ms-word:",
        "ms-excel:",
        "ms-powerpoint:",
        "ms-access:",
        "ms-project:",
        "ms-publisher:",
        "ms-visio:",
        "ms-infopath:",
        "msteams:",
    ];

    /// <summary>The place a target leads to.</summary>
    public static TargetPlace Of(string target)
    {
        var text = target.AsSpan().Trim();
        if (text.IsEmpty || text[0] == '#')
        {
            return TargetPlace.Inside;
        }

        if (text.Contains("!x-usc:", StringComparison.OrdinalIgnoreCase))
        {
            return TargetPlace.Odd;
        }

        if (text.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
        {
            return File(text[5..]);
        }

        if (text.StartsWith(@"\\", StringComparison.Ordinal) || text.StartsWith("//", StringComparison.Ordinal))
        {
            return TargetPlace.Share;
        }

        var colon = text.IndexOf(':');
        if (colon <= 1 || !Scheme(text[..colon]))
        {
            return TargetPlace.Local;
        }

        var scheme = text[..(colon + 1)];
        return Contains(Web, scheme) ? TargetPlace.Web
            : Contains(Honest, scheme) ? TargetPlace.Inside
            : Runs(scheme) ? TargetPlace.Odd
            : TargetPlace.Local;
    }

    /// <summary>file:///C:/x is local; file://host/x, file:\\host and file:///\\host\x are shares.</summary>
    private static TargetPlace File(ReadOnlySpan<char> path)
    {
        var slashes = 0;
        while (slashes < path.Length && path[slashes] is '/' or '\\')
        {
            slashes++;
        }

        var rest = path[slashes..];
        return rest.Length >= 2 && (rest[1] is ':' or '|') ? TargetPlace.Local
            : slashes is 2 or >= 4 && rest.Length > 0 ? TargetPlace.Share
            : TargetPlace.Local;
    }

    private static bool Scheme(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('+' or '-' or '.'))
            {
                return false;
            }
        }

        return char.IsAsciiLetter(text[0]);
    }

    private static bool Runs(ReadOnlySpan<char> scheme) =>
        scheme.StartsWith("ms-", StringComparison.OrdinalIgnoreCase)
        || scheme.StartsWith("search", StringComparison.OrdinalIgnoreCase)
        || Contains(
            ["mhtml:", "javascript:", "vbscript:", "script:", "data:", "res:", "its:", "mk:", "hcp:", "shell:", "moniker:"],
            scheme
        );

    private static bool Contains(string[] schemes, ReadOnlySpan<char> scheme)
    {
        foreach (var one in schemes)
        {
            if (scheme.Equals(one, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
