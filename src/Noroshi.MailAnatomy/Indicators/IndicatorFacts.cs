namespace Noroshi.MailAnatomy.Indicators;

/// <summary>A URL found in a text.</summary>
/// <param name="Value">The URL, defanging undone, host in lower case and IDNA ASCII.</param>
/// <param name="Host">Host in lower case.</param>
/// <param name="Domain">Registrable domain by the public suffix list; null for addresses and unknown suffixes.</param>
/// <param name="Where"><c>body</c>, <c>html-link</c>, <c>html-image</c>, <c>subject</c>, <c>header</c>, <c>file</c>.</param>
/// <param name="Defanged">It was written hxxp, [.] or the like.</param>
/// <param name="ShownAs">Link text when it names another host than the link leads to.</param>
public sealed record UrlIndicator(string Value, string Host, string? Domain, string Where, bool Defanged, string? ShownAs);

/// <summary>Class of a mail service.</summary>
public enum MailServiceClass
{
    /// <summary>Not on the list.</summary>
    None,

    /// <summary>Free web-mail.</summary>
    Webmail,

    /// <summary>Mail that comes with an internet contract.</summary>
    Isp,

    /// <summary>Mail of a mobile carrier.</summary>
    Mobile,

    /// <summary>Disposable addresses.</summary>
    Disposable,
}

/// <summary>Indicators of one mail or file, each list ordered by first appearance and without doubles.</summary>
public sealed record IndicatorSet
{
    /// <summary>None.</summary>
    public static IndicatorSet Empty { get; } = new();

    /// <summary>URLs.</summary>
    public IReadOnlyList<UrlIndicator> Urls { get; init; } = [];

    /// <summary>Hosts and bare domain names, lower case.</summary>
    public IReadOnlyList<string> Domains { get; init; } = [];

    /// <summary>Mail addresses, domain in lower case.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>IP addresses written in the text, canonical.</summary>
    public IReadOnlyList<string> Ips { get; init; } = [];

    /// <summary>MD5, SHA-1 and SHA-256 values written in the text, lower case.</summary>
    public IReadOnlyList<string> Hashes { get; init; } = [];

    /// <summary>Class of the From address's service.</summary>
    public MailServiceClass SenderService { get; init; }
}
