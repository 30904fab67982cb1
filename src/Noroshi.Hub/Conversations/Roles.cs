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
        var last = -1;
        for (var i = 0; i < entries.Count; i++)
        {
            attacks[i] = entries[i].FromOutsider && (PayloadEvidence.IsAttack(entries[i].Payload) || SendsAgain(entries, last, i));
            last = attacks[i] ? i : last;
        }

        MarkEarlier(entries, attacks);
        MarkOpeners(entries, attacks);
        var hostile = suspected || attacks.Contains(true);
        var asked = false;
        var assigned = new List<ExchangeEntry>(entries.Count);
        for (var i = 0; i < entries.Count; i++)
        {
            asked |= entries[i].FromOutsider;
            assigned.Add(entries[i] with { Role = RoleOf(entries[i], attacks[i], hostile, asked) });
        }

        return assigned;
    }

    /// <summary>What the organisation writes of its own accord is no reply; it is one when it says that it answers, whether or not we have the question.</summary>
    private static MessageRole RoleOf(ExchangeEntry entry, bool attack, bool hostile, bool asked) =>
        attack ? MessageRole.Attack
        : entry.IsReply && (asked || entry.Mail is not { } mail || Answering.Is(mail)) ? MessageRole.Reply
        : entry.FromOutsider && hostile ? MessageRole.Reconnaissance
        : MessageRole.Other;

    /// <summary>
    /// A locked archive that nobody opened is no evidence. Sent again for a document that was an attack before, it is the same attack in
    /// another wrapping.
    /// </summary>
    private static bool SendsAgain(IReadOnlyList<ExchangeEntry> entries, int last, int at) =>
        last >= 0 && IsLocked(entries[at]) && (entries[at].Has(Intent.ReSend) || Adaptation.SameDocument(entries[last], entries[at]));

    /// <summary>And so is the locked archive of a document that a later mail brought unlocked, or sent again.</summary>
    private static void MarkEarlier(IReadOnlyList<ExchangeEntry> entries, bool[] attacks)
    {
        var next = -1;
        for (var i = entries.Count - 1; i >= 0; i--)
        {
            attacks[i] |=
                next >= 0 && entries[i].FromOutsider && IsLocked(entries[i]) && Adaptation.SameDocument(entries[i], entries[next]);
            next = attacks[i] ? i : next;
        }
    }

    private static bool IsLocked(ExchangeEntry entry) => entry.Files.Any(file => file.Type == FileType.EncryptedUnopened);

    /// <summary>The mails that only deliver the password or the link of a payload of the same exchange.</summary>
    private static void MarkOpeners(IReadOnlyList<ExchangeEntry> entries, bool[] attacks)
    {
        var locked = new List<DateTimeOffset>();
        var hosts = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < entries.Count; i++)
        {
            if (attacks[i])
            {
                hosts.UnionWith(PayloadEvidence.LinkHosts(entries[i].Mail));
                if (entries[i].At is { } at && entries[i].Files.Any(file => file.Encrypted || file.Type == FileType.EncryptedUnopened))
                {
                    locked.Add(at);
                }
            }
        }

        locked.Sort();
        for (var i = 0; i < entries.Count; i++)
        {
            var entry = entries[i];
            if (!attacks[i] && entry.FromOutsider && !entry.Files.Any())
            {
                attacks[i] =
                    (entry.Has(Intent.Password) && entry.At is { } at && Near(locked, at))
                    || (hosts.Count > 0 && PayloadEvidence.LinkHosts(entry.Mail).Any(hosts.Contains));
            }
        }
    }

    private static bool Near(List<DateTimeOffset> sorted, DateTimeOffset at)
    {
        var from = sorted.BinarySearch(at.Plus(-PasswordWindow));
        from = from < 0 ? ~from : from;
        return from < sorted.Count && sorted[from] - at <= PasswordWindow;
    }
}
