using System.Net;
using Noroshi.MailAnatomy.Headers;

namespace Noroshi.Hub.Intake;

/// <summary>What a mail says of who hands it in. All of it but the network can be forged.</summary>
/// <param name="EnvelopeFrom">MAIL FROM; empty for the null path.</param>
/// <param name="HeaderFrom">Address in From; null when it was not found.</param>
/// <param name="Peer">Address of the server that handed it in.</param>
public sealed record HandedIn(string EnvelopeFrom, string? HeaderFrom, IPAddress Peer);

/// <summary>
/// Whether a mail fits the account that its recipient says it is of. An intake address that got about is used by others, who know neither the
/// organisation's network nor, as a rule, whose it is. What does not fit waits for a person; its giver is told the same as everybody.
/// </summary>
public static class SenderFit
{
    /// <summary>Reason of the quarantine.</summary>
    public const string Foreign = "sender-foreign";

    /// <summary>Reason when nothing is known that a sender could fit.</summary>
    public const string Unknown = "sender-unknown";

    /// <summary>Why the provision has to wait; null when it fits.</summary>
    /// <param name="organization">The account's organisation; null when the register has none.</param>
    /// <param name="registered">Addresses and domains that may use the account besides.</param>
    /// <param name="from">Who hands it in.</param>
    public static string? Problem(Organization? organization, IReadOnlyList<string> registered, HandedIn from)
    {
        ArgumentNullException.ThrowIfNull(registered);
        ArgumentNullException.ThrowIfNull(from);
        var estate = Estates.Of(organization);
        if (estate.Domains.Count == 0 && registered.Count == 0 && organization is not { Networks.Count: > 0 })
        {
            return Unknown;
        }

        var fits =
            (organization?.Networks ?? []).Any(network => NetworkText.Parse(network) is { } range && range.Contains(from.Peer))
            || new[] { from.EnvelopeFrom, from.HeaderFrom }.Any(address =>
                estate.Holds(address) || registered.Any(one => Matches(one, address))
            );
        return fits ? null : Foreign;
    }

    /// <summary>A registered address is itself; a registered domain is everybody in it, not below it.</summary>
    private static bool Matches(string registered, string? address)
    {
        if (string.IsNullOrEmpty(address))
        {
            return false;
        }

        var bare = registered.Trim();
        var at = bare.IndexOf('@', StringComparison.Ordinal);
        return at > 0
            ? bare.Equals(address, StringComparison.OrdinalIgnoreCase)
            : bare.TrimStart('@') is { Length: > 0 } domain
                && string.Equals(Directions.DomainOf(address), domain, StringComparison.OrdinalIgnoreCase);
    }
}
