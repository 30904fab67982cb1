using System.Globalization;
using System.Net;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.Headers;

/// <summary>
/// Finds where a mail came in from outside. Only headers that own hosts wrote can be believed; a sender can prepend anything
/// below them, so the walk goes from the newest header down and stops at the first that an own host did not write.
/// </summary>
internal static class OriginFinder
{
    /// <summary>Marks the trusted hops and names the first trustworthy external peer.</summary>
    /// <param name="hops">Newest first.</param>
    /// <param name="estate">Own hosts, networks and domains.</param>
    public static (IReadOnlyList<Hop> Hops, Origin? Origin) Find(IReadOnlyList<Hop> hops, OwnEstate estate) => Find(hops, estate, []);

    /// <summary>The same, with findings about what the untrusted headers claim.</summary>
    public static (IReadOnlyList<Hop> Hops, Origin? Origin) Find(IReadOnlyList<Hop> hops, OwnEstate estate, List<Finding> findings)
    {
        ArgumentNullException.ThrowIfNull(hops);
        ArgumentNullException.ThrowIfNull(estate);
        ArgumentNullException.ThrowIfNull(findings);
        var ground = new EstateGround(estate);
        if (ground.Nothing)
        {
            return (hops, NewestPublic(hops, ground));
        }

        var marked = hops.ToArray();
        var certain = true;
        for (var index = 0; index < marked.Length; index++)
        {
            var hop = marked[index];
            if (!ground.Wrote(hop, believed: index > 0))
            {
                // The newest header is the receiver's own in any case: an estate that does not cover it is incomplete.
                return (marked, index == 0 ? NewestPublic(hops, ground) : null);
            }

            marked[index] = hop with { Trusted = true };
            if (!ground.IsOwnPeer(hop, ref certain))
            {
                Claims(marked, index, ground, findings);
                return (marked, hop.Ip is null ? null : new Origin(hop.Ip, hop.From ?? hop.Helo, index, certain));
            }
        }

        return (marked, null);
    }

    private static Origin? NewestPublic(IReadOnlyList<Hop> hops, EstateGround ground)
    {
        for (var index = 0; index < hops.Count; index++)
        {
            if (hops[index].Ip is { } ip && !ground.IsInside(ip))
            {
                return new Origin(ip, hops[index].From ?? hops[index].Helo, index, Certain: false);
            }
        }

        return null;
    }

    private static void Claims(Hop[] hops, int border, EstateGround ground, List<Finding> findings)
    {
        if (ground.IsOwnName(hops[border].Helo) && !ground.IsOwnName(hops[border].From))
        {
            findings.Add(
                FindingCodes.Received.OwnNameFromOutside.At(
                    string.Create(CultureInfo.InvariantCulture, $"hop {border + 1}: {hops[border].Helo} [{hops[border].Ip}]")
                )
            );
        }

        for (var index = border + 1; index < hops.Length; index++)
        {
            if (ground.IsOwnName(hops[index].By))
            {
                findings.Add(
                    FindingCodes.Received.OwnHostBelowOutside.At(
                        string.Create(CultureInfo.InvariantCulture, $"hop {index + 1}: by {hops[index].By}")
                    )
                );
                return;
            }
        }
    }
}

/// <summary>An estate in the form that questions about hops need.</summary>
internal sealed class EstateGround
{
    private readonly List<IPNetwork> networks = [];
    private readonly List<string> names = [];

    /// <summary>Reads the estate; networks that are none are left out.</summary>
    public EstateGround(OwnEstate estate)
    {
        foreach (var text in estate.Networks)
        {
            if (NetworkText.Parse(text) is { } network)
            {
                networks.Add(network);
            }
        }

        foreach (var name in estate.Hosts.Concat(estate.Domains))
        {
            var bare = name.Trim().TrimStart('.', '@').TrimEnd('.');
            if (bare.Length > 0)
            {
                names.Add(bare);
            }
        }
    }

    /// <summary>Nothing is known of the estate.</summary>
    public bool Nothing => networks.Count == 0 && names.Count == 0;

    /// <summary>Own host, or a host in an own domain.</summary>
    public bool IsOwnName(string? host)
    {
        if (host is null)
        {
            return false;
        }

        var bare = host.AsSpan().TrimEnd('.');
        foreach (var name in names)
        {
            if (
                bare.EndsWith(name, StringComparison.OrdinalIgnoreCase)
                && (bare.Length == name.Length || bare[bare.Length - name.Length - 1] == '.')
            )
            {
                return true;
            }
        }

        return IpText.Read(host) is { } ip && IsOwnAddress(ip);
    }

    /// <summary>Own address range.</summary>
    public bool IsOwnAddress(string? ip) =>
        ip is not null && IPAddress.TryParse(ip, out var address) && networks.Exists(network => network.Contains(address));

    /// <summary>Own or never from outside.</summary>
    public bool IsInside(string ip) =>
        !IPAddress.TryParse(ip, out var address) || IpText.IsInternal(address) || networks.Exists(network => network.Contains(address));

    /// <summary>
    /// An own host wrote this header. Names without a dot, inner addresses and headers without "by" (qmail hands a mail to itself
    /// that way) are believed only below a header of an own host whose peer was inside.
    /// </summary>
    public bool Wrote(Hop hop, bool believed)
    {
        if (IsOwnName(hop.By) || IsOwnAddress(hop.ByIp))
        {
            return true;
        }

        if (hop.By is null)
        {
            return believed || hop.With is not null;
        }

        return believed && (IpText.Read(hop.By) is { } ip ? IsInside(ip) : !hop.By.Contains('.'));
    }

    /// <summary>
    /// The peer is inside: the walk may go on to what it wrote. Its greeting proves nothing where the address is known;
    /// where no address was recorded the greeting is all there is, and what follows is no longer certain.
    /// </summary>
    public bool IsOwnPeer(Hop hop, ref bool certain)
    {
        if (hop.Ip is { } ip)
        {
            return IsInside(ip) || (IsOwnName(hop.From) && !hop.FromUnconfirmed) || (IsOwnName(hop.Helo) && IsExchangeOnline(ip));
        }

        if (hop.By is null || hop.Helo is null)
        {
            return true;
        }

        certain = false;
        return IsOwnName(hop.Helo) || !hop.Helo.Contains('.') || hop.Helo.StartsWith("localhost", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>2603:1000::/24, which only hosts of Exchange Online speak from to each other.</summary>
    private static bool IsExchangeOnline(string ip) => ip.StartsWith("2603:10", StringComparison.Ordinal) && ip.AsSpan(5).IndexOf(':') == 4;
}
