using Noroshi.Hub.Identity;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Sharing;
using Noroshi.Hub.Sharing.Drafts;
using Noroshi.Hub.Storage;
using Noroshi.Server.Hosting;
using Noroshi.Server.Registers;

namespace Noroshi.Server.Sharing;

/// <summary>
/// What follows when a provider takes a provision back, or it is erased: drafts lose its parts, its approvals end, and of what was shared a
/// version without it leaves, or a retraction when nothing is left. Nobody is asked, since nothing new leaves.
/// </summary>
internal sealed class WithdrawalWork(
    Register<DraftFile> drafts,
    ApprovalBook approvals,
    DraftMaterials materials,
    SharingTools tools,
    ReleaseMaker maker
)
{
    private static readonly BothLanguages Words = new("内容の一部を見直しました。", "Parts of it were reconsidered.");

    /// <summary>One round over everything.</summary>
    /// <returns>Versions that left, and how many could not: each is tried again in the next round and holds up no other.</returns>
    public async Task<(IReadOnlyList<ReleaseFile> Left, int Failed)> RoundAsync(CancellationToken cancellation)
    {
        var known = new Dictionary<string, bool>(StringComparer.Ordinal);
        async Task<HashSet<string>> LostAsync(IEnumerable<string> provisions)
        {
            var lost = new HashSet<string>(StringComparer.Ordinal);
            foreach (var provision in provisions)
            {
                if (!known.TryGetValue(provision, out var gone))
                {
                    known[provision] = gone = await materials.HeaderAsync(provision, cancellation) is null;
                }

                if (gone)
                {
                    lost.Add(provision);
                }
            }

            return lost;
        }

        var left = new List<ReleaseFile>();
        var failed = 0;
        foreach (var shared in tools.Book.Items().Select(one => one.File))
        {
            try
            {
                if (
                    await LostAsync(shared.Provisions) is { Count: > 0 } lost
                    && await WithoutAsync(shared.Release.Item.Id, lost) is { } made
                )
                {
                    left.Add(made);
                }
            }
            catch (Exception error) when (error is ProblemException or ChangedMeanwhileException)
            {
                failed++;
            }
        }

        foreach (var draft in drafts.All)
        {
            try
            {
                if (await LostAsync(ProvisionsOf(draft.Value)) is { Count: > 0 } lost)
                {
                    await CleanAsync(draft.Id, lost);
                }
            }
            catch (ChangedMeanwhileException)
            {
                failed++;
            }
        }

        return (left, failed);
    }

    private async Task<ReleaseFile?> WithoutAsync(Guid item, IReadOnlySet<string> lost)
    {
        ReleaseFile? made = null;
        await tools.Records.ChangeAsync(() =>
        {
            if (
                tools.Book.Newest(item) is not { } shared
                || drafts.Find(shared.Draft) is not { } draft
                || !shared.Provisions.Any(lost.Contains)
            )
            {
                return ([], []);
            }

            made = Without(shared, draft, lost);
            return maker.Written(
                Actor.System,
                draft,
                made,
                made.Release.Item.Retracted ? JournalActions.ItemRetracted : JournalActions.ItemAmended
            );
        });
        return made;
    }

    private ReleaseFile Without(ReleaseFile shared, Registered<DraftFile> draft, IReadOnlySet<string> lost)
    {
        var still = shared.Provisions.Where(provision => !lost.Contains(provision)).ToHashSet(StringComparer.Ordinal);
        // What the draft became since then was approved by nobody: the version goes out of what had left before.
        if (!shared.Release.Item.Retracted && still.Count > 0 && draft.Value.ReleasedDraft is { } released)
        {
            try
            {
                return maker.Made(
                    Actor.System,
                    draft with
                    {
                        Value = draft.Value with { Draft = released },
                    },
                    still.Contains,
                    new NextVersion(shared.Release.Item.Version + 1, Words, WordsLookedAt: true, TakesBack: true)
                );
            }
            catch (ProblemException)
            {
                // Nothing worth telling is left, or the gate has learnt words since then: then all of it goes.
            }
        }

        return maker.Retracted(Actor.System, shared, Words, named: false) with
        {
            Provisions = [.. shared.Provisions.Where(still.Contains)],
            TakesBack = true,
        };
    }

    private Task CleanAsync(string id, IReadOnlySet<string> lost) =>
        tools.Records.ChangeAsync(() =>
        {
            if (drafts.Find(id) is not { } draft)
            {
                return ([], []);
            }

            var old = draft.Value;
            var kept = Kept(old.Draft, lost);
            var gone = old
                .Draft.Mails.Where(part => part.Provisions.Any(lost.Contains))
                .Select(part => part.Value.Key)
                .ToHashSet(StringComparer.Ordinal);
            var file = old with
            {
                Draft = kept,
                ReleasedDraft = old.ReleasedDraft is { } released ? Kept(released, lost) : null,
                Texts = old.Texts is { } texts ? Those(texts, lost) : null,
                Selection = old.Selection with { Mails = [.. old.Selection.Mails.Where(key => !gone.Contains(key))] },
                Excerpts = old.Excerpts.Where(one => !gone.Contains(one.Key)).ToDictionary(StringComparer.Ordinal),
                OfHub = [.. old.OfHub.Where(one => !lost.Contains(one))],
            };
            var ended = approvals
                .Of(id)
                .Select(one => one.Value)
                .Where(one => one.State != Hub.Sharing.Approvals.ApprovalState.Withdrawn && one.Provisions.All(lost.Contains))
                .ToList();
            return (
                [
                    drafts.Put(id, file, draft.Version),
                    .. ended.Select(one => approvals.Put(one.Withdraw(Actor.System.Id, null, tools.Now))),
                    .. approvals.Revised(id, kept, but: ended),
                ],
                [new JournalRecord(Actor.System.Id, JournalActions.ItemDrafted, id, "withdrawn")]
            );
        });

    private static IEnumerable<string> ProvisionsOf(DraftFile file) =>
        file
            .Draft.Provisions()
            .Concat(file.ReleasedDraft?.Provisions() ?? [])
            .Concat(file.Texts?.SelectMany(part => part.Provisions) ?? [])
            .Distinct(StringComparer.Ordinal);

    private static ItemDraft Kept(ItemDraft draft, IReadOnlySet<string> lost) =>
        draft with
        {
            Texts = Those(draft.Texts, lost),
            Mails = Those(draft.Mails, lost),
            Conversations = Those(draft.Conversations, lost),
            Indicators = Those(draft.Indicators, lost),
            Campaigns = Those(draft.Campaigns, lost),
        };

    private static IReadOnlyList<DraftPart<T>> Those<T>(IReadOnlyList<DraftPart<T>> parts, IReadOnlySet<string> lost)
        where T : class => [.. parts.Where(part => !part.Provisions.Any(lost.Contains))];
}
