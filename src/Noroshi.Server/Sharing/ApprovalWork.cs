using Noroshi.Hub.Identity;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Sharing;
using Noroshi.Hub.Sharing.Approvals;
using Noroshi.Hub.Sharing.Drafts;
using Noroshi.Hub.Sharing.Sanitising;
using Noroshi.Server.Hosting;
using Noroshi.Server.Registers;

namespace Noroshi.Server.Sharing;

/// <summary>The approvals as registered, and what follows from them.</summary>
internal sealed class ApprovalBook(Register<Approval> approvals)
{
    /// <summary>Before the id of a provision of the help desk, in the place of an organisation: nobody can be asked, consent was noted at intake.</summary>
    public const string Desk = "desk:";

    /// <summary>Id of a provider's approval of a draft.</summary>
    public static string IdOf(string draft, string organization) => $"{draft}.{organization}";

    /// <summary>All approvals of a draft, by organisation.</summary>
    public IReadOnlyList<Registered<Approval>> Of(string draft) =>
        [.. approvals.All.Where(one => string.Equals(one.Value.Draft, draft, StringComparison.Ordinal))];

    /// <summary>All.</summary>
    public IReadOnlyList<Registered<Approval>> All => approvals.All;

    /// <summary>An approval; null when there is none.</summary>
    public Registered<Approval>? Find(string id) => approvals.Find(id);

    /// <summary>Where each provider stands.</summary>
    public IReadOnlyList<ApprovalSummary> Summaries(string draft) => [.. Of(draft).Select(Line)];

    /// <summary>An approval in a list.</summary>
    public static ApprovalSummary Line(Registered<Approval> one) =>
        new(one.Id, one.Value.Organization, one.Value.State, one.Value.Deadline, one.Value.Words, one.Value.Publication);

    /// <summary>A new version of an approval.</summary>
    public Change Put(Approval approval) => approvals.Put(IdOf(approval.Draft, approval.Organization), approval);

    /// <summary>A new version that rests on one that was seen.</summary>
    public Change Put(Approval approval, long seen) => approvals.Put(IdOf(approval.Draft, approval.Organization), approval, seen);

    /// <summary>What a change of a draft does to its approvals: those of another text or audience are void.</summary>
    /// <param name="draft">Id of the draft.</param>
    /// <param name="changed">What it becomes.</param>
    /// <param name="but">Those that end anyway.</param>
    public IReadOnlyList<Change> Revised(string draft, ItemDraft changed, IReadOnlyList<Approval>? but = null) =>
        [
            .. Of(draft)
                .Where(one => but?.Contains(one.Value) != true)
                .Select(one => (one.Value, Revised: one.Value.Revised(HashOf(changed, one.Value))))
                .Where(one => !ReferenceEquals(one.Value, one.Revised))
                .Select(one => Put(one.Revised)),
        ];

    /// <summary>Whether the provisions' providers agree to the draft as it is.</summary>
    /// <param name="id">Id of the draft.</param>
    /// <param name="draft">The draft.</param>
    public Func<string, bool> Agreed(string id, ItemDraft draft)
    {
        var agreed = Of(id)
            .Where(one => one.Value.Allows(HashOf(draft, one.Value)))
            .SelectMany(one => one.Value.Provisions)
            .ToHashSet(StringComparer.Ordinal);
        return agreed.Contains;
    }

    /// <summary>Hash of a provider's contribution.</summary>
    public static string HashOf(ItemDraft draft, Approval approval) =>
        ItemAssembly.ApprovalHash(draft, provision => approval.Provisions.Contains(provision, StringComparer.Ordinal));
}

/// <summary>Asks providers, and takes their decisions.</summary>
internal sealed class ApprovalWork(
    DraftWork drafts,
    DraftMaterials materials,
    ApprovalBook approvals,
    SharingTools tools,
    SharingOptions options
)
{
    /// <summary>Signed: technical facts may go after a period for objections.</summary>
    public const string Technical = "technical";

    /// <summary>Signed: the minimal set may go after a short period for objections.</summary>
    public const string UrgentShares = "urgent";

    private const int LongestWords = 4_000;

    /// <summary>Asks every provider of the draft that has not been asked for this text and audience.</summary>
    public async Task AskAsync(Actor by, string id, long version, CancellationToken cancellation)
    {
        var draft = drafts.Find(id);
        ProblemException.ThrowIf(
            draft.Value.State is DraftState.Dropped or DraftState.Retracted,
            "破棄または撤回された下書きです。",
            "The draft was dropped or retracted."
        );
        ProblemException.ThrowIf(
            draft.Version != version,
            "下書きが変わっています。最新の内容を見てから依頼してください。",
            "The draft has changed; look at it before you ask."
        );
        ProblemException.ThrowIf(
            draft.Value is { ToReview: > 0, ReviewedBy: null },
            $"分析者の確認が必要な箇所が{draft.Value.ToReview}あります。確認してから依頼してください。",
            $"{draft.Value.ToReview} fields ask for a person's look: review the draft first."
        );
        var providers = await ProvidersAsync(draft.Value.Draft, cancellation);
        await tools.Records.ChangeAsync(() =>
        {
            var changes = new List<Change>();
            var journal = new List<JournalRecord>();
            foreach (var provider in providers)
            {
                if (Asked(draft.Value, id, provider) is { } asked)
                {
                    changes.Add(approvals.Put(asked));
                    journal.Add(new JournalRecord(by.Id, JournalActions.ApprovalAsked, id, provider.Organization));
                }
            }

            return (changes, journal);
        });
    }

    /// <summary>A provider decides about what it was shown.</summary>
    public async Task DecideAsync(Actor by, string id, DecisionOrder order)
    {
        ProblemException.ThrowIf(
            order.Words?.Length > LongestWords,
            $"コメントは{LongestWords}文字までです。",
            $"Words have at most {LongestWords} characters."
        );
        ProblemException.ThrowIf(
            order.Verb is not (ApprovalVerb.Approve or ApprovalVerb.RequestChange or ApprovalVerb.Refuse),
            "verb は approve, request-change, refuse のいずれかです。",
            "The verb is approve, request-change or refuse."
        );
        await StepAsync(
            by,
            id,
            order.Hash,
            order.Verb.ToString(),
            one => one.Decide(order.Verb, by.Id, order.Hash, order.Words, tools.Now)
        );
    }

    /// <summary>A provider says what may be published (公表承認).</summary>
    public Task PublishAsync(Actor by, string id, PublicationOrder order)
    {
        ProblemException.ThrowIf(
            order.Answer == PublicationApproval.NotAsked,
            "answer は yes, statistics-only, no のいずれかです。",
            "The answer is yes, statistics-only or no."
        );
        return StepAsync(by, id, order.Hash, $"publication {order.Answer}", one => one.Publish(order.Answer, by.Id, order.Hash, tools.Now));
    }

    private async Task StepAsync(Actor by, string id, string hash, string what, Func<Approval, Approval> step)
    {
        await tools.Records.ChangeAsync(() =>
        {
            var found = approvals.Find(id) ?? throw new ProblemException(Problem.NotFound);
            var draft = drafts.Find(found.Value.Draft).Value.Draft;
            // What he saw, what was asked, and what the draft is now have to be one.
            if (!string.Equals(ApprovalBook.HashOf(draft, found.Value), hash, StringComparison.Ordinal))
            {
                throw Refused(ApprovalProblem.OtherVersion);
            }

            try
            {
                var decided = step(found.Value);
                return ([approvals.Put(decided)], [new JournalRecord(by.Id, JournalActions.ApprovalAnswered, found.Value.Draft, what)]);
            }
            catch (ApprovalRefusedException refused)
            {
                throw Refused(refused.Problem);
            }
        });
    }

    /// <summary>What time does to questions that are open; once a minute.</summary>
    /// <returns>How many changed.</returns>
    public async Task<int> RoundAsync()
    {
        var changed = 0;
        await tools.Records.ChangeAsync(() =>
        {
            var due = approvals
                .All.Select(one => one.Value.AtDeadline(tools.Now, Signed(one.Value.Organization, one.Value.Mode)))
                .OfType<Approval>()
                .ToList();
            changed = due.Count;
            var reminded = approvals
                .All.Where(one => one.Value.ReminderDue(tools.Now))
                .Select(one => one.Value with { Reminded = [tools.Now] })
                .ToList();
            return (
                [.. due.Concat(reminded).Select(one => approvals.Put(one))],
                [.. due.Select(one => new JournalRecord(Actor.System.Id, JournalActions.ApprovalAnswered, one.Draft, one.State.ToString()))]
            );
        });
        return changed;
    }

    /// <summary>What a provider is asked for.</summary>
    public async Task<ApprovalView> ViewAsync(Registered<Approval> one, IReadOnlyList<string> formats, CancellationToken cancellation)
    {
        var file = drafts.Find(one.Value.Draft).Value;
        bool own(string provision) => one.Value.Provisions.Contains(provision, StringComparer.Ordinal);
        return new ApprovalView(
            one.Id,
            one.Value.State,
            one.Value.Mode,
            one.Value.Hash,
            one.Value.Deadline,
            ItemAssembly.ContributionOf(file.Draft, own),
            await drafts.DiffsAsync(file, own, cancellation),
            formats,
            one.Value.Words,
            DraftWords.Jointly(file.Selection.WithCampaign)
        );
    }

    /// <summary>Who gave what of a draft; the hub's own provisions need nobody.</summary>
    private async Task<IReadOnlyList<Provider>> ProvidersAsync(ItemDraft draft, CancellationToken cancellation)
    {
        var given = new List<(string Provider, string Provision, string GivenBy)>();
        foreach (var provision in draft.Provisions())
        {
            // What the help desk noted is all that there is to go by: without it nobody ever agrees.
            if (
                await materials.HeaderAsync(provision, cancellation) is { } header
                && ProviderOf(header, provision) is { } provider
                && (header.Organization is not null || Consents(header.Consent, draft.Audience))
            )
            {
                given.Add((provider, provision, header.GivenBy));
            }
        }

        return
        [
            .. given
                .GroupBy(one => one.Provider, StringComparer.Ordinal)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => new Provider(
                    group.Key,
                    [.. group.Select(one => one.Provision)],
                    [.. group.Select(one => one.GivenBy).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]
                )),
        ];
    }

    /// <summary>What was agreed to at intake: sharing without names does not reach the public.</summary>
    private static bool Consents(DeskConsent? consent, Audience audience) =>
        consent switch
        {
            DeskConsent.Publish => true,
            DeskConsent.Share => audience.Reach != AudienceReach.Public,
            DeskConsent.Analysis or null => false,
        };

    /// <summary>Whose approval a provision needs; null for the hub's own, and for one that is gone: nobody can agree to it any more.</summary>
    public static string? ProviderOf(ProvisionHeader header, string provision) =>
        header.Way == GivingWay.Hub ? null : header.Organization ?? ApprovalBook.Desk + provision;

    /// <summary>Who gave what of a draft.</summary>
    private sealed record Provider(string Organization, IReadOnlyList<string> Provisions, IReadOnlyList<string> Givers);

    private Approval? Asked(DraftFile file, string id, Provider provider)
    {
        var contribution = ItemAssembly.ContributionOf(
            file.Draft,
            provision => provider.Provisions.Contains(provision, StringComparer.Ordinal)
        );
        var mode = ModeOf(provider, contribution, file);
        var known = approvals.Find(ApprovalBook.IdOf(id, provider.Organization))?.Value;
        var approval = new Approval
        {
            Draft = id,
            Organization = provider.Organization,
            Provisions = provider.Provisions,
            Submitters = provider.Givers,
            Mode = mode,
        };
        approval = known is null
            ? approval
            : known with
            {
                Provisions = approval.Provisions,
                Submitters = approval.Submitters,
                Mode = mode,
            };
        var hash = ApprovalBook.HashOf(file.Draft, approval);
        if (known is not null)
        {
            approval = approval.Revised(hash);
        }

        if (approval.State is not (ApprovalState.Draft or ApprovalState.Expired))
        {
            return null;
        }

        var asked = approval.Ask(hash, tools.Now, options.WorkingDay().After(tools.Now, options.For(mode)));
        return mode == ApprovalMode.AtIntake ? asked with { State = ApprovalState.Approved, DecidedAt = tools.Now } : asked;
    }

    /// <summary>How a provider is asked: what it signed counts only for the facts that it signed for, never for words that somebody wrote about them.</summary>
    private ApprovalMode ModeOf(Provider provider, SanitisedItem contribution, DraftFile file)
    {
        if (provider.Organization.StartsWith(ApprovalBook.Desk, StringComparison.Ordinal))
        {
            return ApprovalMode.AtIntake;
        }

        var written =
            file.Texts?.Any(text => text.Provisions.Any(one => provider.Provisions.Contains(one, StringComparer.Ordinal))) == true;
        return written ? ApprovalMode.PerCase
            : file.Urgent && Signed(provider.Organization, ApprovalMode.Urgent) && IsMinimal(contribution) ? ApprovalMode.Urgent
            : Signed(provider.Organization, ApprovalMode.Standing) && IsTechnical(contribution) ? ApprovalMode.Standing
            : ApprovalMode.PerCase;
    }

    /// <summary>Whether a provider's signature for that mode stands today.</summary>
    private bool Signed(string organization, ApprovalMode mode)
    {
        var signed = tools.Community.Find(organization)?.StandingApproval ?? [];
        return mode switch
        {
            ApprovalMode.Urgent => signed.Contains(UrgentShares, StringComparer.Ordinal),
            ApprovalMode.Standing => signed.Contains(Technical, StringComparer.Ordinal),
            ApprovalMode.PerCase or ApprovalMode.AtIntake => false,
        };
    }

    /// <summary>Sender addresses, digests and destinations, and no mail.</summary>
    private static bool IsMinimal(SanitisedItem item) =>
        item.Mails.Count == 0
        && item.Conversations.Count == 0
        && item.Campaign is null
        && item.Indicators.All(one =>
            one.Role == IndicatorRole.Destination
            || one.Kind is IndicatorKind.Sender or IndicatorKind.Sha256 or IndicatorKind.Sha1 or IndicatorKind.Md5
        );

    /// <summary>Facts of mails and files; no exchange with the provider's window, no hypothesis about it, and no words.</summary>
    private static bool IsTechnical(SanitisedItem item) =>
        item.Conversations.Count == 0 && item.Campaign is null && item.Mails.All(mail => mail.Excerpt.Length == 0);

    private static ProblemException Refused(ApprovalProblem problem) =>
        problem switch
        {
            ApprovalProblem.NotInThisState => new(
                ProblemKind.PolicyRefused,
                "この承認は、今の状態ではその操作を受け付けません。",
                "The approval does not take this in its state."
            ),
            ApprovalProblem.ApproverIsSubmitter => new(
                ProblemKind.PolicyRefused,
                "提供した本人は承認できません。組織の別の方が承認してください。",
                "Who handed it in cannot approve it: somebody else of the organisation has to."
            ),
            ApprovalProblem.OtherVersion => new(
                ProblemKind.PolicyRefused,
                "表示された後で内容または共有範囲が変わりました。もう一度ご覧ください。",
                "The text or the audience has changed since it was shown; please look again."
            ),
            ApprovalProblem.WordsMissing => new(
                ProblemKind.Unprocessable,
                "修正の要望や共有不可には、理由を書いてください。",
                "A wish for changes and a refusal need words."
            ),
        };
}
