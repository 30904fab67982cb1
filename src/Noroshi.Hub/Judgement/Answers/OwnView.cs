using System.Globalization;
using Noroshi.Hub.Conversations;
using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy;

namespace Noroshi.Hub.Judgement.Answers;

/// <summary>
/// All that an answer may rest on. There is no way to hand in anything else: an answer that was made of this says nothing of what others
/// provided without the standing approval for early warning (1-mission, rule 2).
/// </summary>
public sealed record OwnMaterial
{
    /// <summary>The mails that were given now.</summary>
    public required IReadOnlyList<KnownMail> Given { get; init; }

    /// <summary>Earlier mails of the same organisation that are <see cref="Related"/> to them.</summary>
    public IReadOnlyList<KnownMail> Own { get; init; } = [];

    /// <summary>Mails of others who gave the standing approval for early warning, related to the given ones.</summary>
    public IReadOnlyList<KnownMail> Warned { get; init; } = [];

    /// <summary>The organisation; null when unknown.</summary>
    public Organization? Organization { get; init; }

    /// <summary>The hub's record: its own mail hosts are nobody's outsider.</summary>
    public HubRecord? Hub { get; init; }

    /// <summary>What the organisation told by telephone.</summary>
    public IReadOnlyList<ManifestLine> Stated { get; init; } = [];
}

/// <summary>Works out the reasons for an answer from an organisation's own mails, and whether an early warning fits.</summary>
public static class OwnView
{
    /// <summary>Codes of the reasons, in the order of the table.</summary>
    public static IReadOnlyList<string> Of(OwnMaterial material)
    {
        ArgumentNullException.ThrowIfNull(material);
        var carriers = material.Given.Select(one => one.Mail.Carrier).OfType<string>().ToHashSet(StringComparer.Ordinal);
        // A carrier is the window's own covering letter; what it carries is what is asked about.
        var asked = material.Given.Where(one => !carriers.Contains(one.Mail.Key)).ToList();
        if (asked.Count == 0)
        {
            return [AnswerReasons.NoMail];
        }

        var codes = new HashSet<string>(StringComparer.Ordinal);
        foreach (var one in asked)
        {
            codes.UnionWith(MailSigns.In(one.Mail));
            if (one.Mail.Direction == MailDirection.Provision)
            {
                codes.Add(AnswerReasons.NotOriginal);
            }
        }

        var members = new Members { Hub = material.Hub, Organizations = material.Organization is { } organization ? [organization] : [] };
        var own = Seen.Of([.. material.Given, .. material.Own], members, material.Stated);
        var opens = asked.Any(one => HasSomethingToOpen(one.Mail));
        foreach (var draft in own.Drafts.Where(draft => Concerns(draft, asked)))
        {
            AddExchange(codes, own, draft, asked, opens);
        }

        if (material.Warned.Count > 0 && IsWarned(material, members, own, asked))
        {
            codes.Add(AnswerReasons.EarlyWarning);
        }

        return AnswerReasons.InOrder(codes);
    }

    private static void AddExchange(HashSet<string> codes, Seen own, DraftExchange draft, List<KnownMail> asked, bool opens)
    {
        var linked = own.Linked.Contains(draft.Id);
        var warning = own.Warnings.GetValueOrDefault(draft.Id);
        var live = warning is null ? null : new ConversationEvidence($"live.{Cases.CodeOf(warning.Reason)}", "", 4);
        var conversation = ConversationBuilder.Build(draft, new Suspicion(linked, live), 0);
        var keys = asked.Select(one => one.Mail.Key).ToHashSet(StringComparer.Ordinal);
        if (conversation.Stage == ConversationStage.Attacked)
        {
            var part = conversation.Messages.Any(one => one.Role == MessageRole.Attack && one.Mail is { } key && keys.Contains(key));
            codes.Add(part ? AnswerReasons.PartOfAttack : AnswerReasons.Attacked);
        }

        if (linked && opens)
        {
            codes.Add(AnswerReasons.OwnAttack);
        }

        switch (warning?.Reason)
        {
            case LiveReason.ResemblesKnown:
                codes.Add(opens ? AnswerReasons.OwnAttack : AnswerReasons.OwnResembles);
                break;
            case LiveReason.Parallel:
                codes.Add(AnswerReasons.Parallel);
                break;
            case LiveReason.Environment:
                codes.Add(AnswerReasons.Environment);
                break;
            case null:
                break;
        }

        if (AsksBehindLock(draft, keys))
        {
            codes.Add(AnswerReasons.Environment);
        }

        if (draft.Entries.Any(entry => entry.Has(Intent.WhoElse) && IsAsked(entry, keys)))
        {
            codes.Add(AnswerReasons.WhoElse);
        }

        // What is said about a file that nobody could look into is no better known than the file.
        if (draft.Entries.Any(IsLocked) && draft.Entries.Any(entry => IsAsked(entry, keys) && !IsLocked(entry)))
        {
            codes.Add(AnswerReasons.LockedBefore);
        }
    }

    /// <summary>
    /// Something locked that nobody could look into, and the one who sent it asks what would open it: honest customers do so, too, and lose
    /// nothing when the window asks the hub before it answers.
    /// </summary>
    private static bool AsksBehindLock(DraftExchange draft, HashSet<string> keys) =>
        draft.Entries.Any(IsLocked)
        && draft.Entries.Any(entry => IsAsked(entry, keys) && (entry.Has(Intent.WhichUnarchiver) || entry.Has(Intent.Environment)));

    private static bool IsLocked(ExchangeEntry entry) =>
        entry.FromOutsider && entry.Files.Any(file => file.Type == FileType.EncryptedUnopened);

    /// <summary>An outsider's mail that is asked about.</summary>
    private static bool IsAsked(ExchangeEntry entry, HashSet<string> keys) =>
        entry.FromOutsider && entry.Mail is { } mail && keys.Contains(mail.Key);

    /// <summary>
    /// Whether only together with the approved mails of others an asked mail's exchange is linked to an attack or warned of. Which, whose and
    /// how many are not told.
    /// </summary>
    private static bool IsWarned(OwnMaterial material, Members members, Seen own, List<KnownMail> asked)
    {
        var all = Seen.Of([.. material.Given, .. material.Own, .. material.Warned], members, material.Stated);
        foreach (var draft in all.Drafts.Where(draft => draft.Organization == material.Organization?.Id && Concerns(draft, asked)))
        {
            if (
                (all.Linked.Contains(draft.Id) && !own.Linked.Contains(draft.Id))
                || (all.Warnings.ContainsKey(draft.Id) && !own.Warnings.ContainsKey(draft.Id))
            )
            {
                return true;
            }
        }

        // An identical payload or mail needs no pattern.
        var payloads = material
            .Warned.Where(one => MailSigns.In(one.Mail).Select(AnswerReasons.Find).Any(reason => reason?.Least == AnswerKind.DoNotOpen))
            .SelectMany(one => one.Features.Payloads)
            .ToHashSet(StringComparer.Ordinal);
        return asked.Any(one => one.Features.Payloads.Any(payloads.Contains));
    }

    private static bool Concerns(DraftExchange draft, List<KnownMail> asked) =>
        draft.Entries.Any(entry =>
            asked.Exists(one => entry.Mail?.Key == one.Mail.Key || entry.Copies.Any(copy => copy.Key == one.Mail.Key))
        );

    private static bool HasSomethingToOpen(ProvidedMail mail) =>
        mail.Direction is not (MailDirection.Outbound or MailDirection.Internal)
        && (mail.AllFiles().Any(file => file.Type != FileType.Image) || PayloadEvidence.LinkHosts(mail).Any());

    /// <summary>The pieces of a situation that an answer asks for; what only the whole shows is not among them.</summary>
    private sealed record Seen(
        IReadOnlyList<DraftExchange> Drafts,
        IReadOnlySet<string> Linked,
        IReadOnlyDictionary<string, LiveWarning> Warnings
    )
    {
        public static Seen Of(IReadOnlyList<KnownMail> mails, Members members, IReadOnlyList<ManifestLine> stated)
        {
            var keeper = new SituationKeeper(members);
            keeper.Add(
                new SituationBatch
                {
                    Mails = [.. mails.DistinctBy(one => one.Mail.Key, StringComparer.Ordinal)],
                    Stated = stated
                        .Select((line, i) => (Key: i.ToString("D9", CultureInfo.InvariantCulture), line))
                        .ToDictionary(one => one.Key, one => one.line, StringComparer.Ordinal),
                }
            );
            var situation = keeper.Current;
            return new Seen(
                [.. keeper.Cards.Select(card => card.Draft with { Id = card.Id })],
                situation.Campaigns.SelectMany(campaign => campaign.Exchanges).ToHashSet(StringComparer.Ordinal),
                situation.Warnings.ToDictionary(warning => warning.Conversation, StringComparer.Ordinal)
            );
        }
    }
}
