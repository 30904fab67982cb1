using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy;

namespace Noroshi.Hub.Conversations;

/// <summary>Gives each message of an exchange its role.</summary>
internal static class Roles
{
    /// <summary>A password may follow its file, or go before it, by so much.</summary>
    private static readonly TimeSpan PasswordWindow = TimeSpan.FromHours(72);

    /// <summary>Roles of an exchange.</summary>
    /// <param name="entries">Messages in order of time.</param>
    /// <param name="suspected">The outsider is judged, or linked to others: what he writes without harm is reconnaissance even before an attack.</param>
    public static IReadOnlyList<ExchangeEntry> Assign(IReadOnlyList<ExchangeEntry> entries, bool suspected)
    {
        var attacks = new bool[entries.Count];
        for (var i = 0; i < entries.Count; i++)
        {
            attacks[i] = entries[i].FromOutsider && (PayloadEvidence.IsAttack(entries[i].Payload) || SendsAgain(entries, attacks, i));
        }

        MarkFirstTries(entries, attacks);
        for (var i = 0; i < entries.Count; i++)
        {
            attacks[i] |= entries[i].FromOutsider && OpensPayload(entries, attacks, i);
        }

        var hostile = suspected || attacks.Contains(true);
        return [.. entries.Select((entry, i) => entry with { Role = RoleOf(entry, attacks[i], hostile) })];
    }

    private static MessageRole RoleOf(ExchangeEntry entry, bool attack, bool hostile) =>
        attack ? MessageRole.Attack
        : entry.IsReply ? MessageRole.Reply
        : entry.FromOutsider && hostile ? MessageRole.Reconnaissance
        : MessageRole.Other;

    /// <summary>
    /// A locked archive that nobody opened is no evidence. Sent again for a document that was an attack before, it is the same attack in
    /// another wrapping.
    /// </summary>
    private static bool SendsAgain(IReadOnlyList<ExchangeEntry> entries, bool[] attacks, int at)
    {
        var entry = entries[at];
        if (!entry.Files.Any(file => file.Type == FileType.EncryptedUnopened))
        {
            return false;
        }

        for (var before = at - 1; before >= 0; before--)
        {
            if (attacks[before])
            {
                return entry.Has(Intent.ReSend) || Adaptation.SameDocument(entries[before], entry);
            }
        }

        return false;
    }

    /// <summary>
    /// The other way round: the same document came in a locked archive before the one that could be opened, and the window could not open it.
    /// </summary>
    private static void MarkFirstTries(IReadOnlyList<ExchangeEntry> entries, bool[] attacks)
    {
        var later = -1;
        for (var i = entries.Count - 1; i >= 0; i--)
        {
            if (
                later >= 0
                && entries[i].FromOutsider
                && entries[i].Files.Any(file => file.Type == FileType.EncryptedUnopened)
                && Adaptation.SameDocument(entries[i], entries[later])
            )
            {
                attacks[i] = true;
            }

            later = attacks[i] && entries[i].Files.Any() ? i : later;
        }
    }

    /// <summary>The mail that only delivers the password or link of a payload of the same exchange.</summary>
    private static bool OpensPayload(IReadOnlyList<ExchangeEntry> entries, bool[] attacks, int at)
    {
        var entry = entries[at];
        if (attacks[at] || !entry.Has(Intent.Password) || entry.Files.Any())
        {
            return false;
        }

        for (var other = 0; other < entries.Count; other++)
        {
            if (
                attacks[other]
                && entries[other].Files.Any(file => file.Encrypted)
                && (entries[other].At - entry.At)?.Duration() <= PasswordWindow
            )
            {
                return true;
            }
        }

        return false;
    }
}
