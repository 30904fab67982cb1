using Noroshi.Hub.Identity;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Sharing;
using Noroshi.Hub.Sharing.Approvals;
using Noroshi.Hub.Sharing.Drafts;
using Noroshi.Hub.Sharing.Gate;
using Noroshi.Hub.Storage;
using Noroshi.Server.Hosting;
using Noroshi.Server.Registers;

namespace Noroshi.Server.Sharing;

/// <summary>
/// The one way out. What leaves is put together from the parts whose providers agree at that moment, and its bytes in every form have passed
/// the gate; draft, approvals and release are looked at and written in one turn, so that nothing changes in between.
/// </summary>
internal sealed class ShareWork(
    Register<DraftFile> drafts,
    Register<ReleaseFile> releases,
    ApprovalBook approvals,
    SharingTools tools,
    ShareForms forms
)
{
    /// <summary>Releases a draft: version 1, or the next one of what was shared.</summary>
    public async Task<ReleaseFile> ReleaseAsync(Actor by, string id, ReleaseOrder order)
    {
        ReleaseFile? made = null;
        await tools.Records.ChangeAsync(() =>
        {
            var draft = drafts.Find(id) ?? throw new ProblemException(Problem.NotFound);
            DemandReady(draft, order);
            var agreed = Agreement(draft, order.WithoutPending);
            var version = draft.Value.SharedVersion + 1;
            made = Made(by, draft, agreed, (version, order.Change), order.WordsLookedAt);
            return Written(by, draft, made, version == 1 ? JournalActions.ItemShared : JournalActions.ItemAmended);
        });
        return made ?? throw new InvalidOperationException("A release that was written is there.");
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
            made = Retracted(by, newest, reason);
            return Written(by, draft, made, JournalActions.ItemRetracted);
        });
        return made ?? throw new InvalidOperationException("A retraction that was written is there.");
    }

    /// <summary>
    /// A provider took its provision back after it was shared: the next version is without it, or the item is retracted when nothing is left.
    /// Nobody is asked, since nothing new leaves.
    /// </summary>
    /// <param name="gone">Whether a provision was withdrawn or erased.</param>
    /// <returns>Versions that left because of it.</returns>
    public async Task<IReadOnlyList<ReleaseFile>> WithdrawAsync(Func<string, Task<bool>> gone)
    {
        var left = new List<ReleaseFile>();
        foreach (var shared in tools.Book.Items().Where(one => !one.File.Release.Item.Retracted).Select(one => one.File))
        {
            var lost = new HashSet<string>(StringComparer.Ordinal);
            foreach (var provision in shared.Provisions)
            {
                if (await gone(provision))
                {
                    lost.Add(provision);
                }
            }

            if (lost.Count > 0 && await WithoutAsync(shared, lost) is { } made)
            {
                left.Add(made);
            }
        }

        return left;
    }

    /// <summary>What the gate says of what would leave if all agreed.</summary>
    public LeakView Leaks(Registered<DraftFile> draft)
    {
        // Ids of its own: what only is looked at must not draw from those that leave.
        var ids = new ItemIds(tools.Book, draft.Value.Item, draft.Value.Draft.Audience, new IdSource());
        var item = ItemAssembly.Assemble(draft.Value.Draft, _ => true, draft.Value.SharedVersion + 1, ids);
        var looked = forms.Look(
            new Release
            {
                Item = item,
                FirstAt = tools.Now,
                At = tools.Now,
            }
        );
        return new LeakView(looked.Verdict, looked.Hits);
    }

    private async Task<ReleaseFile?> WithoutAsync(ReleaseFile shared, IReadOnlySet<string> lost)
    {
        var words = new BothLanguages("内容の一部を見直しました。", "Parts of it were reconsidered.");
        ReleaseFile? made = null;
        await tools.Records.ChangeAsync(() =>
        {
            var draft = drafts.Find(shared.Draft) ?? throw new ProblemException(Problem.NotFound);
            var still = shared.Provisions.Where(provision => !lost.Contains(provision)).ToHashSet(StringComparer.Ordinal);
            // What the draft became since then was approved by nobody: the version goes out of what had left before.
            made =
                still.Count == 0 || draft.Value.ReleasedDraft is not { } released
                    ? Retracted(Actor.System, shared, words)
                    : Made(
                        Actor.System,
                        draft with
                        {
                            Value = draft.Value with { Draft = released },
                        },
                        provision => still.Contains(provision),
                        (shared.Release.Item.Version + 1, words),
                        wordsLookedAt: true
                    );
            return Written(
                Actor.System,
                draft,
                made,
                made.Release.Item.Retracted ? JournalActions.ItemRetracted : JournalActions.ItemAmended
            );
        });
        return made;
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
    private Func<string, bool> Agreement(Registered<DraftFile> draft, bool withoutPending)
    {
        var asked = approvals.Of(draft.Id);
        var provisions = draft.Value.Draft.Provisions();
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

        bool stays(string provision) => agreed(provision) || draft.Value.OfHub.Contains(provision, StringComparer.Ordinal);
        return provisions.Count > 0 && !provisions.Any(stays)
            ? throw new ProblemException(
                ProblemKind.PolicyRefused,
                "承認した提供元がないため、共有できません。",
                "No provider has approved it, so that it cannot be shared."
            )
            : stays;
    }

    private ReleaseFile Made(
        Actor by,
        Registered<DraftFile> draft,
        Func<string, bool> stays,
        (int Version, BothLanguages? Change) next,
        bool wordsLookedAt
    )
    {
        var file = draft.Value;
        var source = file.Draft with
        {
            Texts =
            [
                .. file.Draft.Texts.Where(part => part.Value.Place != TextPlace.Change),
                .. next.Change is { } change
                    ? [new DraftPart<DraftText>(new DraftText(TextPlace.Change, change), [])]
                    : Array.Empty<DraftPart<DraftText>>(),
            ],
        };
        var item = ItemAssembly.Assemble(source, stays, next.Version, tools.Book.IdsFor(file.Item, file.Draft.Audience));
        if (item.Mails.Count + item.Conversations.Count + item.Indicators.Count == 0 && file.Draft.Provisions().Count > 0)
        {
            throw new ProblemException(
                ProblemKind.PolicyRefused,
                "承認された部分だけでは、共有する内容がありません。",
                "Nothing is left to share of what was approved."
            );
        }

        return Gated(by, draft.Id, item, [.. file.Draft.Provisions().Where(stays)], wordsLookedAt);
    }

    /// <summary>Says that it is retracted and nothing else: what has to be let go of, machines know by the versions before.</summary>
    private ReleaseFile Retracted(Actor by, ReleaseFile newest, BothLanguages reason)
    {
        var old = newest.Release.Item;
        return Gated(
            by,
            newest.Draft,
            new SanitisedItem
            {
                Id = old.Id,
                Version = old.Version + 1,
                Kind = old.Kind,
                Origin = old.Origin,
                Title = old.Title,
                Summary = new BothLanguages("この情報は撤回されました。", "This item was retracted."),
                Countermeasure = new BothLanguages(
                    "以前の版に基づく遮断・検知の設定を見直してください。",
                    "Reconsider what you block or watch because of earlier versions."
                ),
                Contact = old.Contact,
                Marking = old.Marking,
                Audience = old.Audience,
                Retracted = true,
                Change = reason,
            },
            newest.Provisions,
            wordsLookedAt: true
        );
    }

    private ReleaseFile Gated(Actor by, string draft, SanitisedItem item, IReadOnlyList<string> provisions, bool wordsLookedAt)
    {
        var before = tools.Book.Newest(item.Id)?.Release;
        var now = tools.Now;
        var release = new Release
        {
            Item = item,
            FirstAt = before?.FirstAt ?? now,
            At = before is not null && before.At >= now ? before.At.AddMilliseconds(1) : now,
        };
        var looked = forms.Look(release);
        if (looked.Verdict == GateVerdict.Blocked || (looked.Verdict == GateVerdict.Review && !wordsLookedAt))
        {
            throw new ProblemException(
                ProblemKind.PolicyRefused,
                looked.Verdict == GateVerdict.Blocked
                    ? "漏えい検査で、参加組織を示す語が見つかりました。下書きの検査結果を見て直してください。"
                    : "漏えい検査で、短い語が見つかりました。確認してから共有してください(wordsLookedAt)。",
                looked.Verdict == GateVerdict.Blocked
                    ? "The leak gate found words that name a member; see the draft's check and correct it."
                    : "The leak gate found short words: look at them, then share (wordsLookedAt)."
            );
        }

        return new ReleaseFile(
            release,
            draft,
            provisions,
            Audiences.Organizations(item.Audience, tools.Community.Current, tools.Book.Today),
            ArtefactFormats.Digests(looked.Artefacts),
            by.Id
        );
    }

    private (IReadOnlyList<Change>, IReadOnlyList<JournalRecord>) Written(
        Actor by,
        Registered<DraftFile> draft,
        ReleaseFile made,
        string action
    )
    {
        var item = made.Release.Item;
        var file = draft.Value with
        {
            State = item.Retracted ? DraftState.Retracted : DraftState.Shared,
            Item = item.Id,
            SharedVersion = item.Version,
            ReleasedDraft =
                item.Retracted ? null
                : by.Kind == ActorKind.System ? draft.Value.ReleasedDraft
                : draft.Value.Draft,
        };
        return (
            [releases.Put(ReleaseBook.IdOf(item.Id, item.Version), made, seen: 0), drafts.Put(draft.Id, file, draft.Version)],
            [
                new JournalRecord(by.Id, action, item.Id.ToString("N"), item.Audience.Canonical),
                .. made.Receivers.Select(one => new JournalRecord(by.Id, JournalActions.ItemDelivered, item.Id.ToString("N"), one)),
            ]
        );
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
        foreach (var (name, bytes) in artefacts)
        {
            var report = gate.Inspect(bytes);
            verdict = report.Verdict > verdict ? report.Verdict : verdict;
            hits.AddRange(report.Hits.Select(hit => new LeakHit(name, hit.Term.Owner, hit.Term.Value, hit.Blocks, hit.Path)));
            if (report.Incomplete)
            {
                // More layers than can be looked through: it does not leave in this form, whatever else was found.
                hits.Add(new LeakHit(name, "", "", Blocks: true, "incomplete"));
            }
        }

        return new Looked(verdict, hits, artefacts);
    }
}

/// <summary>What the gate says of every form.</summary>
/// <param name="Verdict">The worst verdict.</param>
/// <param name="Hits">What was found.</param>
/// <param name="Artefacts">The bytes that were looked through.</param>
internal sealed record Looked(GateVerdict Verdict, IReadOnlyList<LeakHit> Hits, IReadOnlyList<(string Name, byte[] Bytes)> Artefacts);
