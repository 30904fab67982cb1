using Noroshi.Hub.Conversations;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Sharing;
using Noroshi.Hub.Sharing.Approvals;
using Noroshi.Hub.Sharing.Drafts;
using Noroshi.Hub.Storage;
using Noroshi.Server.Pipeline;
using Noroshi.Server.Sharing;

namespace Noroshi.Server.Demo;

/// <summary>The work of people on a shared item, as the hub offers it to them.</summary>
internal sealed record SharingDesks(DraftWork Drafts, ApprovalWork Approvals, ApprovalBook Book, ShareWork Shares);

/// <summary>
/// Plays what people did to share the story's items: an analyst drafts, looks and asks; somebody at each provider approves; the analyst
/// releases at the moment of the story. Every step goes through the desks that the API goes through, in the order of time.
/// </summary>
internal sealed class DemoShares(SharingDesks desks, DemoPeople people, HubSituation situation, IHubStore store, ScenarioClock clock)
{
    private static readonly Marking Marking = new()
    {
        Tlp = Tlp.Amber,
        Pap = Pap.Amber,
        Redistribution = new Redistribution(GroupCompanies: true, Contractors: false),
        ExpiresAt = DateTimeOffset.MinValue,
    };

    /// <summary>How long an approver takes to answer about a case in a report.</summary>
    private static readonly TimeSpan Answered = TimeSpan.FromMinutes(10);

    private readonly PriorityQueue<Func<Task>, (DateTimeOffset At, int Number)> _events = new();
    private int _number;

    /// <summary>Plays the shares of a chapter.</summary>
    /// <param name="shares">The shares.</param>
    /// <param name="provisions">Provisions by their number in the story, and when they were given.</param>
    /// <param name="shared">Told how many are shared after each.</param>
    /// <param name="cancellation">Ends it between two steps.</param>
    public async Task PlayAsync(
        IReadOnlyList<StoryShare> shares,
        IReadOnlyDictionary<string, (ProvisionId Id, DateTimeOffset At)> provisions,
        Action<int> shared,
        CancellationToken cancellation
    )
    {
        var done = 0;
        foreach (var share in shares)
        {
            var given = share.Provisions.Select(number => provisions[number]).ToList();
            var last = given.Max(one => one.At);
            var asked = last + ((share.SharedAt - last) / 4);
            At(asked, () => AskAsync(share, [.. given.Select(one => one.Id)], asked, () => shared(++done), cancellation));
        }

        while (_events.TryDequeue(out var next, out var when))
        {
            cancellation.ThrowIfCancellationRequested();
            clock.MoveTo(when.At);
            await next();
        }
    }

    /// <summary>
    /// Asks the providers of exchanges whether they may be told in a report: a draft for each, which is approved and never leaves. An exchange may rest
    /// on several shared items, or on none that could show it whole.
    /// </summary>
    public async Task AskToTellAsync(IReadOnlyList<Conversation> exchanges, CancellationToken cancellation)
    {
        foreach (var exchange in exchanges.Where(one => one.Organization is { } provider && people.HasApprover(provider)))
        {
            cancellation.ThrowIfCancellationRequested();
            var analyst = people.Hub(Role.Analyst);
            var request = new DraftRequest(
                ItemKind.Case,
                new Audience { Reach = AudienceReach.AllGroups },
                Marking with
                {
                    ExpiresAt = clock.GetUtcNow().AddYears(1),
                }
            )
            {
                Mails = [.. exchange.Messages.Select(one => one.Mail).OfType<string>().Order(StringComparer.Ordinal)],
                Conversations = [exchange.Id],
            };
            var draft = await desks.Drafts.MakeAsync(analyst, request, cancellation);
            if (draft.Value.ToReview > 0)
            {
                draft = await desks.Drafts.ReviewAsync(analyst, draft.Id, draft.Version);
            }

            await desks.Approvals.AskAsync(analyst, draft.Id, draft.Version, cancellation);
            clock.MoveTo(clock.GetUtcNow() + Answered);
            foreach (var approval in desks.Book.Of(draft.Id).Where(one => one.Value.State == ApprovalState.Pending).ToList())
            {
                await DecideAsync(approval.Id, draft.Value);
            }
        }
    }

    private void At(DateTimeOffset at, Func<Task> what) => _events.Enqueue(what, (at, _number++));

    private async Task AskAsync(
        StoryShare share,
        IReadOnlyList<ProvisionId> provisions,
        DateTimeOffset asked,
        Action shared,
        CancellationToken cancellation
    )
    {
        var analyst = people.Hub(Role.Analyst);
        var request = share.Origin == "hub" ? OfHub(share) : await OfMembersAsync(share, provisions, cancellation);
        var draft = await desks.Drafts.MakeAsync(analyst, request, cancellation);
        if (draft.Value.ToReview > 0)
        {
            draft = await desks.Drafts.ReviewAsync(analyst, draft.Id, draft.Version);
        }

        await desks.Approvals.AskAsync(analyst, draft.Id, draft.Version, cancellation);
        var waiting = desks.Book.Of(draft.Id).Where(one => one.Value.State == ApprovalState.Pending).ToList();
        for (var at = 0; at < waiting.Count; at++)
        {
            var approval = waiting[at];
            At(asked + ((share.SharedAt - asked) * (at + 1) / (waiting.Count + 1)), () => DecideAsync(approval.Id, draft.Value));
        }

        At(share.SharedAt, () => ReleaseAsync(draft.Id, shared));
    }

    /// <summary>The provider agrees to what it was shown; of an exchange that may be told it says that it may be published, too.</summary>
    private async Task DecideAsync(string id, DraftFile draft)
    {
        if (desks.Book.Find(id) is not { Value: { State: ApprovalState.Pending, Hash: { } hash } approval })
        {
            return;
        }

        var approver = people.ApproverOf(approval.Organization);
        await desks.Approvals.DecideAsync(approver, id, new DecisionOrder(ApprovalVerb.Approve, hash));
        if (draft.Draft.Conversations.Count > 0)
        {
            await desks.Approvals.PublishAsync(approver, id, new PublicationOrder(PublicationApproval.Yes, hash));
        }
    }

    private async Task ReleaseAsync(string draft, Action shared)
    {
        // An analyst has looked at the short words that the gate may find.
        var order = new ReleaseOrder(desks.Drafts.Find(draft).Version, WordsLookedAt: true);
        await desks.Shares.ReleaseAsync(people.Hub(Role.Analyst), draft, order);
        shared();
    }

    /// <summary>What members gave: the mails, and the exchanges that lie wholly in it.</summary>
    private async Task<DraftRequest> OfMembersAsync(StoryShare share, IReadOnlyList<ProvisionId> provisions, CancellationToken cancellation)
    {
        var mails = new HashSet<string>(StringComparer.Ordinal);
        foreach (var provision in provisions)
        {
            var entries = await store.Steps.OfProvisionAsync(provision, DocumentKinds.Mail, cancellation);
            mails.UnionWith(entries.Select(one => one.Subject));
        }

        var exchanges = situation
            .Current.Conversations.Where(one =>
                one.Assessment is Assessment.Medium or Assessment.High
                && one.Messages.All(message => message.Mail is null || mails.Contains(message.Mail))
                && one.Messages.Any(message => message.Mail is not null)
            )
            .Select(one => one.Id)
            .ToList();
        return Request(share, exchanges.Count > 0 ? ItemKind.Case : ItemKind.Alert) with
        {
            Mails = [.. mails.Order(StringComparer.Ordinal)],
            Conversations = exchanges,
        };
    }

    /// <summary>What the hub found itself and tells in its own words.</summary>
    private static DraftRequest OfHub(StoryShare share) =>
        Request(share, ItemKind.Alert) with
        {
            Texts =
            [
                new TextRequest(TextPlace.Title, "ハブが入手した不審なメールに関する注意喚起", "A suspicious mail that reached the hub"),
                new TextRequest(
                    TextPlace.Summary,
                    "ハブの窓口に不審なメールが届いた。公開情報と照合した結果、同様のメールが参加組織に届く可能性がある。",
                    "A suspicious mail reached the hub's own address. Compared with public sources, members may receive the same."
                ),
                new TextRequest(
                    TextPlace.Countermeasure,
                    "同様のメールを受信していないか確認し、受信があればハブへ情報提供してください。",
                    "Look whether the same has come to you, and provide it to the hub if it has."
                ),
            ],
        };

    private static DraftRequest Request(StoryShare share, ItemKind kind) =>
        new(kind, new Audience { Reach = AudienceReach.AllGroups }, Marking with { ExpiresAt = share.SharedAt.AddYears(1) });
}
