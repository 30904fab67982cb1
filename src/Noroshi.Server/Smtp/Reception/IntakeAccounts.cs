using System.Net;
using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy.Headers;
using Noroshi.Server.Identity;
using Noroshi.Server.Smtp.Protocol;

namespace Noroshi.Server.Smtp.Reception;

/// <summary>Organisations as the mail intake sees them: who is a member today, and who is known without an intake address.</summary>
internal sealed class IntakeAccounts(Community community, SmtpOptions options, TimeProvider time)
{
    private static readonly TimeSpan Japan = TimeSpan.FromHours(9);

    private readonly IReadOnlyList<(IPNetwork Network, SmtpRelay Relay)> _relays =
    [
        .. options
            .Relays.Select(relay => (Network: NetworkText.Parse(relay.Network), Relay: relay))
            .Where(one => one.Network is not null)
            .Select(one => (one.Network ?? default, one.Relay)),
    ];

    /// <summary>The organisation, when it is a member today (Japan's day); one that has left gives nothing any more.</summary>
    public Organization? Member(string id)
    {
        var organization = community.Find(id);
        var today = DateOnly.FromDateTime(time.GetUtcNow().ToOffset(Japan).DateTime);
        return organization?.LeftOn is { } left && left < today ? null : organization;
    }

    /// <summary>Who may use the shared address: by key, or by network.</summary>
    public IntakeGrant? Known(SmtpPeer peer)
    {
        if (peer.Account is { } account)
        {
            return new IntakeGrant(GrantKind.Account, account.Key, account.Organization, account.Window, account.User);
        }

        foreach (var (network, relay) in _relays)
        {
            if (network.Contains(peer.Address))
            {
                return new IntakeGrant(GrantKind.Relay, $"relay:{relay.Network}", relay.Organization, relay.Window, null);
            }
        }

        return null;
    }

    /// <summary><c>report@</c> for the organisation, <c>report+window@</c> for one of its windows.</summary>
    public IntakeGrant? BySender(IntakeGrant known, SmtpPath recipient)
    {
        if (
            !recipient.Domain.Equals(options.IntakeDomain, StringComparison.OrdinalIgnoreCase)
            || Member(known.Organization) is not { } organization
        )
        {
            return null;
        }

        var plus = recipient.Local.IndexOf('+', StringComparison.Ordinal);
        var local = plus < 0 ? recipient.Local : recipient.Local[..plus];
        var window = plus < 0 ? known.Window : recipient.Local[(plus + 1)..];
        var allowed =
            plus < 0
            || (
                (known.Window is null || known.Window == window)
                && organization.Windows.Any(one => string.Equals(one.Id, window, StringComparison.Ordinal))
            );
        return allowed && local.Equals(options.SharedLocalPart, StringComparison.OrdinalIgnoreCase) ? known with { Window = window } : null;
    }
}
