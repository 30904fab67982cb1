using System.Globalization;
using Noroshi.Hub.Campaigns;
using Noroshi.Hub.Campaigns.Families;
using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy;

namespace Noroshi.Hub.Conversations;

/// <summary>A draft exchange, judged.</summary>
/// <param name="Entries">Its messages with roles.</param>
/// <param name="Stage">How far it went.</param>
/// <param name="AttackFirst">The attack stands before any reply.</param>
/// <param name="Assessment">Assessment.</param>
/// <param name="Evidence">Reasons.</param>
internal sealed record JudgedExchange(
    IReadOnlyList<ExchangeEntry> Entries,
    ConversationStage Stage,
    bool AttackFirst,
    Assessment Assessment,
    IReadOnlyList<ConversationEvidence> Evidence
);

/// <summary>Judges a draft exchange and tells it as Table 1 does.</summary>
internal static class ConversationBuilder
{
    /// <summary>The conversation.</summary>
    /// <param name="draft">Its messages in order.</param>
    /// <param name="suspicion">What the campaigns say of it.</param>
    /// <param name="caseNumber">Number of the case in the labels.</param>
    public static Conversation Build(DraftExchange draft, Suspicion suspicion, int caseNumber)
    {
        var judged = Judge(draft, suspicion, caseNumber);
        return new Conversation
        {
            Id = draft.Id,
            Organization = draft.Organization,
            Windows = [.. judged.Entries.SelectMany(WindowsOf).Distinct(StringComparer.Ordinal)],
            Personas = PersonasOf(draft, judged.Entries),
            Stage = judged.Stage,
            AttackFirst = judged.AttackFirst,
            Assessment = judged.Assessment,
            Evidence = judged.Evidence,
            Messages = Messages(judged.Entries, at => Label(caseNumber, at)),
        };
    }

    /// <summary>Roles and assessment without the telling: most exchanges are judged and never told.</summary>
    public static JudgedExchange Judge(DraftExchange draft, Suspicion suspicion, int caseNumber)
    {
        ArgumentNullException.ThrowIfNull(draft);
        ArgumentNullException.ThrowIfNull(suspicion);
        string LabelOf(int at) => Label(caseNumber, at);
        var entries = Roles.Assign(draft.Entries, suspicion.Linked || suspicion.Live is not null);
        var (assessment, attackFirst, evidence) = Assessments.Of(entries, LabelOf);
        var all = evidence.Concat(PayloadsOf(entries, LabelOf)).ToList();
        var stage = StageOf(entries);
        if (suspicion.Live is { } live && stage != ConversationStage.Attacked)
        {
            assessment = Assessment.Live;
            all.Insert(0, live);
        }
        else if (suspicion.Linked && assessment == Assessment.None && entries.Any(entry => entry.Role == MessageRole.Reconnaissance))
        {
            assessment = Assessment.Low;
            all.Add(new ConversationEvidence("linked", "", 2));
        }

        all.AddRange(draft.Probable.Select(reason => new ConversationEvidence("probable-join", reason, 0)));
        return new JudgedExchange(entries, stage, attackFirst, assessment, all);
    }

    private static string Label(int caseNumber, int at) => string.Create(CultureInfo.InvariantCulture, $"#{caseNumber}-{at + 1}");

    /// <summary>What made each attack one: the heaviest evidence of its payload.</summary>
    private static IEnumerable<ConversationEvidence> PayloadsOf(IReadOnlyList<ExchangeEntry> entries, Func<int, string> label)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            if (entries[i].Role == MessageRole.Attack && entries[i].Payload.Count > 0)
            {
                var heaviest = entries[i].Payload[0];
                yield return heaviest with
                {
                    Detail = $"{label(i)} {heaviest.Detail}",
                };
            }
        }
    }

    /// <summary>What the patterns in time are read from.</summary>
    /// <param name="draft">The exchange.</param>
    /// <param name="judged">The same, judged.</param>
    /// <param name="organization">Its organisation; null when unknown.</param>
    /// <param name="members">The community as far as known.</param>
    public static ExchangeTimes Times(DraftExchange draft, JudgedExchange judged, Organization? organization, Members members)
    {
        ArgumentNullException.ThrowIfNull(draft);
        ArgumentNullException.ThrowIfNull(judged);
        ArgumentNullException.ThrowIfNull(members);
        var theirs = judged.Entries.Where(entry => entry.FromOutsider).ToList();
        var written = theirs.SelectMany(entry => AddressesOf(entry, organization)).Distinct(StringComparer.Ordinal).ToList();
        var first = theirs.Find(entry => entry.At is not null) ?? theirs.FirstOrDefault();
        return new ExchangeTimes
        {
            Exchange = draft.Id,
            Organization = draft.Organization,
            CountsAs = draft.Organization is { } id ? new Membership(members).CountsAs(id) : null,
            Window = first?.Window ?? written.FirstOrDefault(),
            Contacts = ContactsOf(theirs, organization),
            Addresses = written,
            Received = [.. theirs.Select(entry => entry.At).OfType<DateTimeOffset>().OrderBy(at => at.UtcTicks)],
            LatencyMinutes = judged.AttackFirst ? [] : LatenciesOf(judged.Entries),
            Containers = Formats(theirs, container: true),
            Documents = Formats(theirs, container: false),
            Infrastructure = InfrastructureOf(theirs, organization),
        };
    }

    private static ConversationStage StageOf(IReadOnlyList<ExchangeEntry> entries) =>
        entries.Any(entry => entry.Role == MessageRole.Attack) ? ConversationStage.Attacked
        : entries.Any(entry => entry.Role == MessageRole.Reply) ? ConversationStage.Replied
        : ConversationStage.Reconnaissance;

    private static IEnumerable<string> WindowsOf(ExchangeEntry entry) =>
        entry.Copies.Select(copy => copy.Window).Prepend(entry.Window).OfType<string>();

    /// <summary>Addresses, then the names that the outsider gives himself.</summary>
    private static List<string> PersonasOf(DraftExchange draft, IReadOnlyList<ExchangeEntry> entries) =>
        [
            .. draft
                .Personas.Concat(
                    entries
                        .Where(entry => entry.FromOutsider && entry.Mail is not null)
                        .Select(entry => NameIn(entry.Mail, draft.Personas))
                        .OfType<string>()
                        .Where(name => name.Trim().Length > 0)
                )
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .Take(50),
        ];

    /// <summary>The name that goes with one of the outsider's addresses: a list puts its own into From.</summary>
    private static string? NameIn(ProvidedMail? mail, IReadOnlyList<string> addresses) =>
        mail?.Facts is not { } facts ? null
        : facts.Form is { } form ? form.PersonName
        : facts
            .ReplyTo.Prepend(facts.From)
            .FirstOrDefault(one => one is not null && addresses.Contains(one.Address.Trim(), StringComparer.OrdinalIgnoreCase))
            ?.Name;

    private static List<ConversationMessage> Messages(IReadOnlyList<ExchangeEntry> entries, Func<int, string> label)
    {
        var teller = new Summaries(entries, label);
        var messages = new List<ConversationMessage>(entries.Count);
        for (var i = 0; i < entries.Count; i++)
        {
            var entry = entries[i];
            var (ja, en) = teller.Of(i);
            messages.Add(
                new ConversationMessage
                {
                    Mail = entry.Mail?.Key,
                    Source = entry.Source,
                    Window = entry.Window,
                    Label = label(i),
                    Role = entry.Role,
                    Intents = entry.Intents,
                    At = entry.At,
                    Precision = entry.Precision,
                    GapSeconds = i == 0 ? null : Gap(entries[i - 1], entry),
                    Automatic = entry.Automatic,
                    SummaryJa = ja,
                    SummaryEn = en,
                }
            );
        }

        return messages;
    }

    /// <summary>Seconds between two times that are both known to the minute.</summary>
    private static long? Gap(ExchangeEntry before, ExchangeEntry entry) =>
        before is { At: { } from, Precision: TimePrecision.Minute } && entry is { At: { } to, Precision: TimePrecision.Minute }
            ? (long)(to - from).TotalSeconds
            : null;

    private static List<double> LatenciesOf(IReadOnlyList<ExchangeEntry> entries) =>
        [
            .. Latency
                .In(entries)
                .Where(latency => entries[latency.Next].Role is MessageRole.Attack or MessageRole.Reconnaissance)
                .Select(latency => latency.Minutes),
        ];

    /// <summary>When each window was first written to; the copies of a mail tell of the windows it went to as well.</summary>
    private static List<WindowContact> ContactsOf(List<ExchangeEntry> theirs, Organization? organization)
    {
        var first = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        foreach (var entry in theirs)
        {
            if ((entry.Window ?? AddressesOf(entry, organization).FirstOrDefault()) is { } window && entry.At is { } at)
            {
                Earliest(first, window, at);
            }

            foreach (var copy in entry.Copies)
            {
                if (copy is { Window: { } other, ReceivedAt: { } received })
                {
                    Earliest(first, other, received);
                }
            }
        }

        return
        [
            .. first
                .Select(one => new WindowContact(one.Key, one.Value))
                .OrderBy(one => one.At)
                .ThenBy(one => one.Window, StringComparer.Ordinal),
        ];
    }

    private static void Earliest(Dictionary<string, DateTimeOffset> first, string window, DateTimeOffset at)
    {
        if (!first.TryGetValue(window, out var known) || at < known)
        {
            first[window] = at;
        }
    }

    /// <summary>Addresses of the organisation that a mail was written to; of an organisation unknown, all of them.</summary>
    private static IEnumerable<string> AddressesOf(ExchangeEntry entry, Organization? organization)
    {
        var estate = Estates.Of(organization);
        return (entry.Mail is { } mail ? mail.Facts.To.Concat(mail.Facts.Cc).Select(one => one.Address) : [entry.Quote?.ToAddress ?? ""])
            .Where(address => address.Contains('@') && (estate.Domains.Count == 0 || estate.Holds(address)))
            .Select(address => address.Trim().ToLowerInvariant());
    }

    private static List<string> Formats(List<ExchangeEntry> theirs, bool container) =>
        [
            .. theirs
                .Where(entry => entry.Role == MessageRole.Attack)
                .SelectMany(entry => entry.Files)
                .Where(file => container ? IsContainer(file) : IsDocument(file))
                .Select(file => file.Format)
                .Where(format => format != "unknown")
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];

    private static bool IsContainer(FileFacts file) => file.Type is FileType.Archive or FileType.DiskImage or FileType.EncryptedUnopened;

    private static bool IsDocument(FileFacts file) =>
        file.Type is FileType.Office or FileType.Justsystems or FileType.Pdf or FileType.Executable or FileType.Shortcut or FileType.Script;

    /// <summary>Hosts that the mails or their payloads lead to, and the networks they came from.</summary>
    private static List<string> InfrastructureOf(List<ExchangeEntry> theirs, Organization? organization)
    {
        var context = FeatureExtraction.ContextOf(organization);
        IEvidenceSource[] sources = [new Destinations(), new Origins()];
        return
        [
            .. theirs
                .Where(entry => entry.Role is MessageRole.Attack or MessageRole.Reconnaissance)
                .Select(entry => entry.Mail)
                .OfType<ProvidedMail>()
                .SelectMany(mail => sources.SelectMany(source => source.Of(mail, context)))
                .Where(feature => feature.Kind is "c2-host" or "url-host" or "network")
                .Select(feature => feature.Value)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];
    }
}
