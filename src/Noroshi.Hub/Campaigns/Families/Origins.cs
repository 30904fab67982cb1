using System.Net;
using System.Net.Sockets;
using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy.Indicators;

namespace Noroshi.Hub.Campaigns.Families;

/// <summary>Where a mail came from: the client of a web-mail front, else the first trustworthy external hop.</summary>
internal sealed class Origins : IEvidenceSource
{
    /// <inheritdoc/>
    public EvidenceFamily Family => EvidenceFamily.Origin;

    /// <inheritdoc/>
    public IEnumerable<Feature> Of(ProvidedMail mail, MailContext context)
    {
        if (mail.Facts.Form is not null)
        {
            // The form's own server sends the notice: its address says nothing of the person.
            yield break;
        }

        if (mail.Facts.Composition?.ClientIp is { } client)
        {
            yield return new Feature(EvidenceFamily.Origin, "client-ip", client);
            if (NetworkOf(client) is { } clientNetwork)
            {
                yield return new Feature(EvidenceFamily.Origin, "network", clientNetwork);
            }
        }

        if (mail.Facts.Origin is not { } origin)
        {
            yield break;
        }

        if (IsServiceOf(mail))
        {
            // The machine belongs to a service that thousands use.
            yield return new Feature(EvidenceFamily.Origin, "service-ip", origin.Ip);
            yield break;
        }

        yield return new Feature(EvidenceFamily.Origin, "ip", origin.Ip);
        if (NetworkOf(origin.Ip) is { } network)
        {
            yield return new Feature(EvidenceFamily.Origin, "network", network);
        }
    }

    private static bool IsServiceOf(ProvidedMail mail)
    {
        // A front that states its client is a service too, listed or not.
        if (mail.Facts.Composition is { SendingService: not null } or { ClientIp: not null })
        {
            return true;
        }

        var host = mail.Facts.Origin?.Host;
        var at = mail.Facts.From?.Address.LastIndexOf('@') ?? -1;
        return host is not null
            && mail.Facts.From is { } from
            && FreeMail.Classify(from.Address[(at + 1)..]) != MailServiceClass.None
            && host.EndsWith(from.Address[(at + 1)..], StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The /24 of an IPv4 address, the /48 of an IPv6 one.</summary>
    private static string? NetworkOf(string ip)
    {
        if (!IPAddress.TryParse(ip, out var address))
        {
            return null;
        }

        var bytes = address.GetAddressBytes();
        var kept = address.AddressFamily == AddressFamily.InterNetwork ? 3 : 6;
        Array.Clear(bytes, kept, bytes.Length - kept);
        return $"{new IPAddress(bytes)}/{kept * 8}";
    }
}
