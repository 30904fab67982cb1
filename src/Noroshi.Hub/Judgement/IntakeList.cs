using System.Text.Json.Serialization;
using Noroshi.Hub.Conversations;
using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy;

namespace Noroshi.Hub.Judgement;

/// <summary>What stands out in a mail: the chips of the intake list.</summary>
public enum Chip
{
    /// <summary>Part of a conversational attack, or of one to come (やり取り型).</summary>
    [JsonStringEnumMemberName("conversational")]
    Conversational,

    /// <summary>A name that reads from right to left.</summary>
    [JsonStringEnumMemberName("rlo")]
    Rlo,

    /// <summary>A shortcut (LNK).</summary>
    [JsonStringEnumMemberName("lnk")]
    Lnk,

    /// <summary>A document of JustSystems (一太郎).</summary>
    [JsonStringEnumMemberName("justsystems")]
    Justsystems,

    /// <summary>An archive with a password (パスワード書庫).</summary>
    [JsonStringEnumMemberName("locked-archive")]
    LockedArchive,

    /// <summary>A program.</summary>
    [JsonStringEnumMemberName("executable")]
    Executable,

    /// <summary>Belongs to a campaign.</summary>
    [JsonStringEnumMemberName("campaign")]
    Campaign,
}

/// <summary>One row of the intake list (受付一覧): a group of near-identical mails.</summary>
public sealed record IntakeRow
{
    /// <summary>Id of the group.</summary>
    public required string Group { get; init; }

    /// <summary>Key of the mail that stands for it.</summary>
    public required string Mail { get; init; }

    /// <summary>Mails in the group.</summary>
    public required int Mails { get; init; }

    /// <summary>Destinations of the group.</summary>
    public required int Destinations { get; init; }

    /// <summary>Organisations that received one.</summary>
    public required IReadOnlyList<string> Organizations { get; init; }

    /// <summary>When the newest was received.</summary>
    public required DateTimeOffset? Last { get; init; }

    /// <summary>Subject of the mail that stands for it.</summary>
    public required string? Subject { get; init; }

    /// <summary>Its sender.</summary>
    public required string? From { get; init; }

    /// <summary>What stands out.</summary>
    public required IReadOnlyList<Chip> Chips { get; init; }

    /// <summary>What the rules propose.</summary>
    public required VerdictProposal Proposal { get; init; }

    /// <summary>What was decided; null when nobody has.</summary>
    public GivenVerdict? Verdict { get; init; }

    /// <summary>Id of the exchange of the mail that stands for it.</summary>
    public string? Conversation { get; init; }

    /// <summary>Id of the campaign.</summary>
    public string? Campaign { get; init; }
}

/// <summary>Makes the intake list of a situation.</summary>
public static class IntakeList
{
    /// <summary>All rows, the newest first, then by group.</summary>
    /// <param name="situation">The situation.</param>
    /// <param name="known">Its mails with their features.</param>
    /// <param name="verdicts">Verdict that was given to a mail; null when none was.</param>
    /// <param name="rules">Rules for proposals.</param>
    public static IReadOnlyList<IntakeRow> Of(
        Situation situation,
        IEnumerable<KnownMail> known,
        Func<string, GivenVerdict?> verdicts,
        VerdictRules rules
    )
    {
        ArgumentNullException.ThrowIfNull(situation);
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(verdicts);
        ArgumentNullException.ThrowIfNull(rules);
        var groups = new NearIdenticalGroups(rules.Numbers.AlikePercent / 100.0);
        // Mails of the organisations themselves and carriers belong to the exchange, not to the list of what came in.
        foreach (var one in known.Where(one => one.Mail.Direction is null or MailDirection.Inbound))
        {
            groups.Add(NearIdenticalMail.Of(one.Mail, one.Features));
        }

        var places = new Places(situation);
        var targeted = places.CampaignsWith(mail =>
            verdicts(mail)?.Verdict == Verdict.Targeted || Stated(situation, mail) == Verdict.Targeted
        );
        return
        [
            .. groups
                .All()
                // What was erased a moment ago is in no row.
                .Select(group =>
                    situation.Mails.GetValueOrDefault(group.Representative) is { } mail
                        ? RowOf(group, mail, places, targeted, verdicts, rules)
                        : null
                )
                .OfType<IntakeRow>()
                .OrderByDescending(row => row.Last ?? DateTimeOffset.MinValue)
                .ThenBy(row => row.Group, StringComparer.Ordinal),
        ];
    }

    /// <summary>What the rules propose for each mail that came in, by key: for figures, which count mails and not rows.</summary>
    /// <param name="situation">The situation.</param>
    /// <param name="known">Its mails with their features.</param>
    /// <param name="verdicts">Verdict that was given to a mail; null when none was.</param>
    /// <param name="rules">Rules for proposals.</param>
    public static IReadOnlyDictionary<string, VerdictProposal> Proposals(
        Situation situation,
        IEnumerable<KnownMail> known,
        Func<string, GivenVerdict?> verdicts,
        VerdictRules rules
    )
    {
        ArgumentNullException.ThrowIfNull(situation);
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(verdicts);
        ArgumentNullException.ThrowIfNull(rules);
        var groups = new NearIdenticalGroups(rules.Numbers.AlikePercent / 100.0);
        var mails = new List<(NearIdenticalMail Near, Verdict? Stated, bool HasPayload)>();
        foreach (var one in known.Where(one => one.Mail.Direction is null or MailDirection.Inbound))
        {
            var near = NearIdenticalMail.Of(one.Mail, one.Features);
            groups.Add(near);
            mails.Add((near, VerdictOf(one.Mail.Stated?.Verdict), PayloadEvidence.IsAttack(PayloadEvidence.In(one.Mail))));
        }

        var places = new Places(situation);
        var stated = mails.ToDictionary(one => one.Near.Key, one => one.Stated, StringComparer.Ordinal);
        var targeted = places.CampaignsWith(mail =>
            verdicts(mail)?.Verdict == Verdict.Targeted || stated.GetValueOrDefault(mail) == Verdict.Targeted
        );
        return mails.ToDictionary(
            one => one.Near.Key,
            one => rules.Propose(FactsOf(one.Near.Key, groups.Of(one.Near), (one.Stated, one.HasPayload), places, targeted)),
            StringComparer.Ordinal
        );
    }

    /// <summary>What stands out in a mail by itself.</summary>
    public static IReadOnlyList<Chip> ChipsOf(ProvidedMail mail)
    {
        ArgumentNullException.ThrowIfNull(mail);
        var chips = new SortedSet<Chip>();
        foreach (var file in mail.AllFiles())
        {
            Add(file.Disguises.Contains(Disguise.Rlo), Chip.Rlo);
            Add(file.Type == FileType.Shortcut, Chip.Lnk);
            Add(file.Type == FileType.Justsystems, Chip.Justsystems);
            Add(file.Type == FileType.Executable, Chip.Executable);
            Add(file.Encrypted && file.Type is FileType.Archive or FileType.EncryptedUnopened, Chip.LockedArchive);
        }

        return [.. chips];

        void Add(bool when, Chip chip)
        {
            if (when)
            {
                chips.Add(chip);
            }
        }
    }

    private static IntakeRow RowOf(
        NearIdenticalGroup group,
        ProvidedMail mail,
        Places places,
        IReadOnlySet<string> targeted,
        Func<string, GivenVerdict?> verdicts,
        VerdictRules rules
    )
    {
        var place = places.Of(mail.Key);
        var campaign = places.CampaignOf(mail.Key);
        var chips = ChipsOf(mail).ToList();
        if (place?.Assessment is Assessment.High or Assessment.Live)
        {
            chips.Insert(0, Chip.Conversational);
        }

        if (campaign is not null)
        {
            chips.Add(Chip.Campaign);
        }

        var facts = FactsOf(
            mail.Key,
            group,
            (VerdictOf(mail.Stated?.Verdict), PayloadEvidence.IsAttack(PayloadEvidence.In(mail))),
            places,
            targeted
        );
        return new IntakeRow
        {
            Group = group.Id,
            Mail = mail.Key,
            Mails = group.Size,
            Destinations = group.Destinations,
            Organizations = group.Organizations,
            Last = group.Last,
            Subject = mail.Facts.Subject,
            From = mail.Facts.From?.Address,
            Chips = chips,
            Proposal = rules.Propose(facts),
            Verdict = verdicts(mail.Key),
            Conversation = place?.Exchange,
            Campaign = campaign,
        };
    }

    private static VerdictFacts FactsOf(
        string key,
        NearIdenticalGroup? group,
        (Verdict? Stated, bool HasPayload) mail,
        Places places,
        IReadOnlySet<string> targeted
    )
    {
        var place = places.Of(key);
        var campaign = places.CampaignOf(key);
        return new VerdictFacts
        {
            Stated = mail.Stated,
            // The same text or the same malware.
            Destinations = group is null ? 0 : Math.Max(group.Destinations, group.PayloadDestinations),
            Exchange = place?.Assessment,
            Role = place?.Role,
            InTargetedCampaign = campaign is not null && targeted.Contains(campaign),
            HasPayload = mail.HasPayload,
        };
    }

    private static Verdict? Stated(Situation situation, string mail) =>
        situation.Mails.TryGetValue(mail, out var found) ? VerdictOf(found.Stated?.Verdict) : null;

    /// <summary>A verdict as manifests write it; null for everything else.</summary>
    internal static Verdict? VerdictOf(string? stated) =>
        stated switch
        {
            "targeted" => Verdict.Targeted,
            "mass" => Verdict.MassMailed,
            "spam" => Verdict.Spam,
            "harmless" => Verdict.Harmless,
            "unknown" => Verdict.Unknown,
            _ => null,
        };

    /// <summary>Where each mail stands.</summary>
    private sealed class Places
    {
        private readonly Dictionary<string, PlacedMail> _ofMail = new(StringComparer.Ordinal);
        private readonly Dictionary<string, string> _campaign = new(StringComparer.Ordinal);

        public Places(Situation situation)
        {
            foreach (var place in situation.Places())
            {
                _ofMail.TryAdd(place.Mail, place);
            }

            foreach (var campaign in situation.Campaigns)
            {
                foreach (var mail in campaign.Mails)
                {
                    _campaign.TryAdd(mail, campaign.Id);
                }
            }
        }

        public PlacedMail? Of(string mail) => _ofMail.TryGetValue(mail, out var place) ? place : null;

        public string? CampaignOf(string mail) => _campaign.GetValueOrDefault(mail);

        public IReadOnlySet<string> CampaignsWith(Func<string, bool> mail) =>
            _campaign.Where(one => mail(one.Key)).Select(one => one.Value).ToHashSet(StringComparer.Ordinal);
    }
}
