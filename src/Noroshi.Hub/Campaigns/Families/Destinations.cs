using Noroshi.Hub.Intake;

namespace Noroshi.Hub.Campaigns.Families;

/// <summary>Where the mail or its payload leads: stated destinations, and links of body and files.</summary>
internal sealed class Destinations : IEvidenceSource
{
    /// <inheritdoc/>
    public EvidenceFamily Family => EvidenceFamily.Destination;

    /// <inheritdoc/>
    public IEnumerable<Feature> Of(ProvidedMail mail, MailContext context)
    {
        foreach (var destination in mail.Stated?.Destinations ?? [])
        {
            yield return new Feature(EvidenceFamily.Destination, "c2-host", destination.Host.ToLowerInvariant());
            if (destination.Ip is { } ip)
            {
                yield return new Feature(EvidenceFamily.Destination, "c2-ip", ip);
            }
        }

        var urls = mail.Facts.Indicators.Urls.Concat(mail.AllFiles().SelectMany(file => file.Indicators.Urls));
        foreach (var url in urls)
        {
            if (IsOwn(url.Host, context))
            {
                continue;
            }

            yield return new Feature(EvidenceFamily.Destination, "url-host", url.Host);
            if (url.Domain is { } domain && domain != url.Host)
            {
                yield return new Feature(EvidenceFamily.Destination, "url-domain", domain);
            }

            if (PathShape(url.Value) is { } shape)
            {
                yield return new Feature(EvidenceFamily.Destination, "url-path", shape);
            }
        }
    }

    private static bool IsOwn(string host, MailContext context) =>
        context.OwnDomains.Any(own => host == own || host.EndsWith($".{own}", StringComparison.OrdinalIgnoreCase));

    /// <summary>The path without query, runs of digits as 9; null when it has no shape of its own.</summary>
    private static string? PathShape(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.AbsolutePath.Length < 8)
        {
            return null;
        }

        var shape = new System.Text.StringBuilder(uri.AbsolutePath.Length);
        foreach (var character in uri.AbsolutePath)
        {
            var next = char.IsAsciiDigit(character) ? '9' : character;
            if (next != '9' || shape.Length == 0 || shape[^1] != '9')
            {
                shape.Append(next);
            }
        }

        return shape.ToString();
    }
}
