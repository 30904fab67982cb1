using Noroshi.Hub.Identity;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Sharing;
using Noroshi.Hub.Sharing.Approvals;
using Noroshi.Hub.Sharing.Drafts;
using Noroshi.Hub.Sharing.Gate;
using Noroshi.Hub.Storage;
using Noroshi.Server.Hosting;
using Noroshi.Server.Pipeline;
using Noroshi.Server.Registers;

namespace Noroshi.Server.Sharing;

/// <summary>
/// The one way out. What leaves is put together from the parts whose providers agree at that moment, and its bytes in every form have passed
/// the gate; that draft, approvals and words are still the same is seen in the turn in which the release is written.
/// </summary>
internal sealed class ShareWork(
    Register<DraftFile> drafts,
    ApprovalBook approvals,
    DraftMaterials materials,
    SharingTools tools,
    ReleaseMaker maker
)
{
    /// <summary>Releases a draft: version 1, or the next one of what was shared.</summary>
    public async Task<ReleaseFile> ReleaseAsync(Actor by, string id, ReleaseOrder order)
    {
        // The gate takes its time over a large item: it is asked before the turn, and in the turn again only when something changed in between.
        var (early, first) = await MadeAsync(by, id, order, null);
        ReleaseFile? made = null;
        var still = new List<ExpectedVersion>();
        await tools.Records.ChangeAsync(
            async () =>
            {
                (var grounds, made) = await MadeAsync(by, id, order, (early, first));
                // A withdrawal does not wait for this turn: one that comes before the version is written stops it.
                still.AddRange(made.Provisions.Select(provision => new ExpectedVersion(DocumentKinds.Withdrawal, provision, 0)));
                var action = made.Release.Item.Version == 1 ? JournalActions.ItemShared : JournalActions.ItemAmended;
                return maker.Written(by, grounds.Draft, made, action);
            },
            still
        );
        return made ?? throw new InvalidOperationException("A release that was written is there.");
    }

    /// <summary>The version that leaves as things stand now; the one made before when everything that it rests on is as it was.</summary>
    private async Task<(ReleaseGrounds, ReleaseFile)> MadeAsync(
        Actor by,
        string id,
        ReleaseOrder order,
        (ReleaseGrounds Grounds, ReleaseFile Made)? before
    )
    {
        var draft = drafts.Find(id) ?? throw new ProblemException(Problem.NotFound);
        DemandReady(draft, order);
        var agreed = Agreement(draft, order.WithoutPending, await GoneAsync(draft.Value.Draft));
        var grounds = maker.GroundsOf(draft, agreed);
        return before is { } known && known.Grounds == grounds
            ? (grounds, maker.ForReceiversOfNow(known.Made))
            : (grounds, maker.Made(by, draft, agreed, new NextVersion(draft.Value.SharedVersion + 1, order.Change, order.WordsLookedAt)));
    }

    /// <summary>Takes an item back: everybody who got a version gets one that says so, and nothing else.</summary>
    public async Task<ReleaseFile> RetractAsync(Actor by, Guid item, BothLanguages reason)
    {
        ProblemException.ThrowIf(
            reason.Ja.Length is 0 or > 2_000 || reason.En.Length > 2_000,
            "撤回の理由を書いてください(2000文字まで)。",
            "A retraction needs a reason of at most 2000 characters."
        );
        ReleaseFile? made = null;
        await tools.Records.ChangeAsync(() =>
        {
            var newest = tools.Book.Newest(item) ?? throw new ProblemException(Problem.NotFound);
            ProblemException.ThrowIf(newest.Release.Item.Retracted, "すでに撤回されています。", "It is retracted already.");
            var draft = drafts.Find(newest.Draft) ?? throw new ProblemException(Problem.NotFound);
            made = maker.Retracted(by, newest, reason, named: true);
            return maker.Written(by, draft, made, JournalActions.ItemRetracted);
        });
        return made ?? throw new InvalidOperationException("A retraction that was written is there.");
    }

    /// <summary>What the gate says of what would leave if all agreed.</summary>
    public LeakView Leaks(Registered<DraftFile> draft)
    {
        // Ids of its own: what only is looked at must not draw from those that leave.
        var ids = new ItemIds(tools.Book, draft.Value.Item, draft.Value.Draft.Audience, new IdSource());
        var item = ItemAssembly.Assemble(draft.Value.Draft, _ => true, draft.Value.SharedVersion + 1, ids);
        var looked = maker.Forms.Look(
            new Release
            {
                Item = item,
                FirstAt = tools.Now,
                At = tools.Now,
            }
        );
        return new LeakView(looked.Verdict, looked.Hits, looked.Incomplete);
    }

    /// <summary>Provisions that were withdrawn or erased since the draft was made: nobody agrees to them any more.</summary>
    private async Task<IReadOnlySet<string>> GoneAsync(ItemDraft draft)
    {
        var gone = new HashSet<string>(StringComparer.Ordinal);
        foreach (var provision in draft.Provisions())
        {
            if (await materials.HeaderAsync(provision, CancellationToken.None) is null)
            {
                gone.Add(provision);
            }
        }

        return gone;
    }

    private void DemandReady(Registered<DraftFile> draft, ReleaseOrder order)
    {
        ProblemException.ThrowIf(
            draft.Value.State is DraftState.Dropped or DraftState.Retracted,
            "破棄または撤回された下書きです。",
            "The draft was dropped or retracted."
        );
        if (draft.Version != order.Version)
        {
            throw new ProblemException(ProblemKind.ChangedMeanwhile);
        }

        if (draft.Value is { ToReview: > 0, ReviewedBy: null })
        {
            throw new ProblemException(
                ProblemKind.PolicyRefused,
                "分析者の確認が済んでいません。",
                "A person has to review the draft first."
            );
        }

        ProblemException.ThrowIf(
            draft.Value.SharedVersion > 0 && order.Change is not { Ja.Length: > 0 },
            "第2版以降には、変更の内容を書いてください。",
            "From version 2 on, say what changed."
        );
        if (
            draft.Value.Item is { } item
            && tools.Book.Newest(item) is { } newest
            && !draft.Value.Draft.Audience.Covers(newest.Release.Item.Audience)
        )
        {
            throw new ProblemException(
                ProblemKind.PolicyRefused,
                "新しい版は、前の版を受け取った全員に届く必要があります。範囲を狭めるには、撤回してから新しく共有してください。",
                "A new version has to reach everybody who got the one before; to narrow it, retract the item and share anew."
            );
        }

        if (draft.Value.Draft.Provisions().Count > 0 && tools.AudienceProblem(draft.Value.Draft.Audience) is { } problem)
        {
            throw new ProblemException(ProblemKind.PolicyRefused, problem.Ja, problem.En);
        }

        if (draft.Value.Draft.Marking.ProblemFor(draft.Value.Draft.Audience) is { } marking)
        {
            throw new ProblemException(ProblemKind.PolicyRefused, $"取扱区分と共有範囲が合いません({marking})。", marking);
        }
    }

    /// <summary>Who agrees, by provision. What the hub itself gave needs nobody.</summary>
    private Func<string, bool> Agreement(Registered<DraftFile> draft, bool withoutPending, IReadOnlySet<string> gone)
    {
        var asked = approvals.Of(draft.Id);
        var provisions = draft.Value.Draft.Provisions().Where(provision => !gone.Contains(provision)).ToList();
        var agreed = approvals.Agreed(draft.Id, draft.Value.Draft);
        var waiting = provisions
            .Where(provision => !agreed(provision) && !draft.Value.OfHub.Contains(provision, StringComparer.Ordinal))
            .Where(provision =>
                asked.FirstOrDefault(one => one.Value.Provisions.Contains(provision, StringComparer.Ordinal))?.Value.State
                    is not (ApprovalState.Refused or ApprovalState.Withdrawn or ApprovalState.Expired)
            )
            .ToList();
        if (waiting.Count > 0 && !withoutPending)
        {
            throw new ProblemException(
                ProblemKind.PolicyRefused,
                "この内容と共有範囲への承認が揃っていません。承認を待つか、未回答の提供元の情報を除いて共有してください(withoutPending)。",
                "Not every provider has approved this text and audience; wait, or share without those who have not answered (withoutPending)."
            );
        }

        bool stays(string provision) =>
            !gone.Contains(provision) && (agreed(provision) || draft.Value.OfHub.Contains(provision, StringComparer.Ordinal));
        return provisions.Count + gone.Count > 0 && !provisions.Any(stays)
            ? throw new ProblemException(
                ProblemKind.PolicyRefused,
                "承認した提供元がないため、共有できません。",
                "No provider has approved it, so that it cannot be shared."
            )
            : stays;
    }
}

/// <summary>The gate over every form in which something leaves.</summary>
internal sealed class ShareForms(ArtefactFormats formats, IdentityBook identities, ReleaseBook book)
{
    /// <summary>Writes every form and looks through its bytes.</summary>
    /// <param name="release">What would leave.</param>
    public Looked Look(Release release) => Look([.. book.Versions(release.Item.Id).Select(one => one.Release), release]);

    /// <summary>The same for the last of an item's versions.</summary>
    public Looked Look(IReadOnlyList<Release> versions)
    {
        var artefacts = formats.Of(versions, book.Hub);
        var gate = identities.Current.Gate;
        var verdict = GateVerdict.Clear;
        var hits = new List<LeakHit>();
        var incomplete = new List<string>();
        var reports = gate.Inspect([.. artefacts.Select(one => (ReadOnlyMemory<byte>)one.Bytes)]);
        foreach (var (name, report) in artefacts.Select(one => one.Name).Zip(reports))
        {
            verdict = report.Verdict > verdict ? report.Verdict : verdict;
            hits.AddRange(report.Hits.Select(hit => new LeakHit(name, hit.Term.Owner, hit.Term.Value, hit.Blocks, hit.Path)));
            if (report.Incomplete)
            {
                incomplete.Add(name);
            }
        }

        return new Looked(verdict, hits, artefacts) { Incomplete = incomplete };
    }
}

/// <summary>What the gate says of every form.</summary>
/// <param name="Verdict">The worst verdict.</param>
/// <param name="Hits">What was found.</param>
/// <param name="Artefacts">The bytes that were looked through.</param>
internal sealed record Looked(GateVerdict Verdict, IReadOnlyList<LeakHit> Hits, IReadOnlyList<(string Name, byte[] Bytes)> Artefacts)
{
    /// <summary>Names of the forms that could not be looked through whole.</summary>
    public IReadOnlyList<string> Incomplete { get; init; } = [];
}
