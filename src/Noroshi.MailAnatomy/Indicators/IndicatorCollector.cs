using System.Globalization;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.Indicators;

/// <summary>The lists of one scan: in order, without doubles, bounded.</summary>
internal sealed class IndicatorCollector(ICollection<Finding>? findings)
{
    private readonly List<UrlIndicator> _urls = [];
    private readonly Bounded _domains = new();
    private readonly Bounded _addresses = new();
    private readonly Bounded _ips = new();
    private readonly Bounded _hashes = new();
    private Dictionary<string, int>? _urlIndex;
    private bool _obfuscated;
    private bool _misleading;
    private bool _differs;
    private bool _urlsCut;

    /// <summary>Adds a URL; a link that shows another host tells more than the same URL in the text.</summary>
    public void Url(in ReadUrl url, string where, bool defanged, string? shownAs)
    {
        _urlIndex ??= new Dictionary<string, int>(StringComparer.Ordinal);
        if (_urlIndex.TryGetValue(url.Value, out var index))
        {
            if (shownAs is not null && _urls[index].ShownAs is null)
            {
                _urls[index] = _urls[index] with { ShownAs = shownAs };
            }
        }
        else if (_urls.Count < IndicatorScanner.MaxPerList)
        {
            _urlIndex.Add(url.Value, _urls.Count);
            _urls.Add(new UrlIndicator(url.Value, url.Host, url.Domain, where, defanged, shownAs));
        }
        else
        {
            _urlsCut = true;
        }

        (url.IsAddress ? _ips : _domains).Add(url.Host);
        Note(url, shownAs);
    }

    /// <summary>Adds a bare domain.</summary>
    public void Domain(string domain) => _domains.Add(domain);

    /// <summary>Adds a mail address.</summary>
    public void Address(string address) => _addresses.Add(address);

    /// <summary>Adds an IP address.</summary>
    public void Ip(string address) => _ips.Add(address);

    /// <summary>Adds a hash.</summary>
    public void Hash(string hash) => _hashes.Add(hash);

    /// <summary>The set.</summary>
    public IndicatorSet Result(MailServiceClass sender)
    {
        if (_urlsCut || _domains.Cut || _addresses.Cut || _ips.Cut || _hashes.Cut)
        {
            findings?.Add(FindingCodes.Indicators.Limit.At(IndicatorScanner.MaxPerList.ToString(CultureInfo.InvariantCulture)));
        }

        return new IndicatorSet
        {
            Urls = _urls,
            Domains = _domains.Items,
            Addresses = _addresses.Items,
            Ips = _ips.Items,
            Hashes = _hashes.Items,
            SenderService = sender,
        };
    }

    /// <summary>Each kind of finding once: the first URL is the example.</summary>
    private void Note(in ReadUrl url, string? shownAs)
    {
        var shortened = url.Value.Length <= 200 ? url.Value : url.Value[..200];
        if (url.ObfuscatedHost && !_obfuscated)
        {
            _obfuscated = true;
            findings?.Add(FindingCodes.Url.ObfuscatedHost.At(shortened));
        }

        if (url.MisleadingUser && !_misleading)
        {
            _misleading = true;
            findings?.Add(FindingCodes.Url.UserInfo.At(shortened));
        }

        if (shownAs is not null && !_differs)
        {
            _differs = true;
            findings?.Add(FindingCodes.Url.ShownDiffers.At($"{shownAs} -> {shortened}"));
        }
    }

    private sealed class Bounded
    {
        private readonly List<string> _items = [];
        private HashSet<string>? _seen;

        public IReadOnlyList<string> Items => _items;

        public bool Cut { get; private set; }

        public void Add(string item)
        {
            _seen ??= new HashSet<string>(StringComparer.Ordinal);
            if (_items.Count >= IndicatorScanner.MaxPerList)
            {
                Cut |= !_seen.Contains(item);
            }
            else if (_seen.Add(item))
            {
                _items.Add(item);
            }
        }
    }
}
