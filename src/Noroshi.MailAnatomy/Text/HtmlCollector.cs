using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.Text;

/// <summary>What an HTML body links to, fetches and sends, in bounded lists.</summary>
internal sealed class HtmlCollector(int max)
{
    private readonly List<HtmlLink> _links = [];
    private readonly List<HtmlForm> _forms = [];
    private readonly List<HtmlDataUri> _data = [];
    private readonly List<string> _embedded = [];
    private readonly List<string> _images = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private string? _refresh;
    private string? _base;
    private bool _cut;

    /// <summary>What was noticed so far.</summary>
    public List<Finding> Findings { get; } = [];

    /// <summary>Title element.</summary>
    public string? Title { get; set; }

    /// <summary>Everything with the text.</summary>
    public HtmlTextResult Result(string text, string hidden)
    {
        if (_cut)
        {
            Findings.Add(FindingCodes.Html.LinkLimit.At($"{max}"));
        }

        return new HtmlTextResult
        {
            Text = text,
            HiddenText = hidden,
            Title = string.IsNullOrWhiteSpace(Title) ? null : Title,
            Links = _links,
            RemoteImages = _images,
            Embedded = _embedded,
            Forms = _forms,
            DataUris = _data,
            MetaRefresh = _refresh,
            BaseHref = _base,
            Findings = Findings,
        };
    }

    /// <summary>A link that was closed.</summary>
    public void Link(string? href, string shown)
    {
        href = Clean(href);
        if (href.Length == 0 || href[0] == '#')
        {
            return;
        }

        if (IsData(href, mayBePicture: false))
        {
            return;
        }

        if (
            href.StartsWith("javascript:", StringComparison.OrdinalIgnoreCase)
            || href.StartsWith("vbscript:", StringComparison.OrdinalIgnoreCase)
        )
        {
            Script(href);
        }

        Add(_links, new HtmlLink(href, shown));
    }

    /// <summary>A picture.</summary>
    public void Image(string? source)
    {
        source = Clean(source);
        if (source.Length == 0 || IsData(source, mayBePicture: true))
        {
            return;
        }

        var remote =
            source.StartsWith("http:", StringComparison.OrdinalIgnoreCase)
            || source.StartsWith("https:", StringComparison.OrdinalIgnoreCase)
            || source.StartsWith("ftp:", StringComparison.OrdinalIgnoreCase)
            || source.StartsWith("//", StringComparison.Ordinal)
            || source.StartsWith(@"\\", StringComparison.Ordinal);
        if (remote && (_images.Count >= max || _seen.Add(source)))
        {
            Add(_images, source);
        }
    }

    /// <summary>A form element.</summary>
    public void Form(string action, string method)
    {
        action = Clean(action);
        if (_forms.Count == 0)
        {
            Findings.Add(FindingCodes.Html.Form.At(Short(action)));
        }

        Add(_forms, new HtmlForm(action, method.Equals("post", StringComparison.OrdinalIgnoreCase) ? "post" : "get", AsksPassword: false));
    }

    /// <summary>A password field, of the last form or of none.</summary>
    public void PasswordField()
    {
        if (_forms.Count == 0)
        {
            Form("", "get");
        }

        _forms[^1] = _forms[^1] with { AsksPassword = true };
    }

    /// <summary>A script or a link that runs one.</summary>
    public void Script(string? source)
    {
        if (!Findings.Exists(finding => finding.Code == FindingCodes.Html.Script.Code))
        {
            Findings.Add(FindingCodes.Html.Script.At(Short(source ?? "")));
        }
    }

    /// <summary>A frame, object or embed.</summary>
    public void Embed(string element, string? source)
    {
        source = Clean(source);
        if (_embedded.Count == 0)
        {
            Findings.Add(FindingCodes.Html.Embedded.At($"{element} {Short(source)}".TrimEnd()));
        }

        Add(_embedded, source.Length > 0 && IsData(source, mayBePicture: false) ? "data:" : source);
    }

    /// <summary>meta refresh: <c>5; url=http://…</c>.</summary>
    public void Refresh(string content)
    {
        var url = content.IndexOf("url", StringComparison.OrdinalIgnoreCase);
        if (url < 0)
        {
            return;
        }

        var target = Clean(content[(url + 3)..].TrimStart(' ', '=').Trim('\'', '"', ' '));
        if (_refresh is null && target.Length > 0)
        {
            _refresh = target;
            Findings.Add(FindingCodes.Html.MetaRefresh.At(Short(target)));
            _ = IsData(target, mayBePicture: false);
        }
    }

    /// <summary>base element: the first one counts.</summary>
    public void Base(string? href)
    {
        href = Clean(href);
        if (_base is null && href.Length > 0)
        {
            _base = href;
            Findings.Add(FindingCodes.Html.BaseHref.At(Short(href)));
        }
    }

    private bool IsData(string source, bool mayBePicture)
    {
        if (!source.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var end = source.AsSpan(5).IndexOfAny(',', ';');
        var media = (end < 0 ? "" : source.Substring(5, Math.Min(end, 100))).Trim().ToLowerInvariant();
        var picture = media.StartsWith("image/", StringComparison.Ordinal) && !media.Contains("svg", StringComparison.Ordinal);
        if (!(mayBePicture && picture) && !Findings.Exists(finding => finding.Code == FindingCodes.Html.DataUri.Code))
        {
            Findings.Add(FindingCodes.Html.DataUri.At(media));
        }

        Add(_data, new HtmlDataUri(media, source.Length));
        return true;
    }

    private void Add<T>(List<T> list, T item)
    {
        if (list.Count < max)
        {
            list.Add(item);
        }
        else
        {
            _cut = true;
        }
    }

    /// <summary>Takes out what browsers take out of a URL: line ends and tabs anywhere, controls and spaces around.</summary>
    private static string Clean(string? url)
    {
        if (url is null)
        {
            return "";
        }

        var trimmed = url.AsSpan()
            .Trim(
                "\0\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\v\f\r\u000E\u000F\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001A\u001B\u001C\u001D\u001E\u001F "
            );
        return trimmed.ContainsAny("\t\r\n")
                ? new string(trimmed)
                    .Replace("\t", "", StringComparison.Ordinal)
                    .Replace("\r", "", StringComparison.Ordinal)
                    .Replace("\n", "", StringComparison.Ordinal)
            : trimmed.Length == url.Length ? url
            : new string(trimmed);
    }

    private static string Short(string text) => text.Length <= 200 ? text : text[..200];
}
