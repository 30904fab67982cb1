using Noroshi.Hub.Identity;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Sharing;
using Noroshi.Hub.Sharing.Drafts;
using Noroshi.Hub.Sharing.Gate;
using Noroshi.Server.Hosting;
using Noroshi.Server.Registers;

namespace Noroshi.Server.Sharing;

/// <summary>Which version comes next, and what it says of itself.</summary>
/// <param name="Version">Number.</param>
/// <param name="Change">What changed; null for the first.</param>
/// <param name="WordsLookedAt">A person looked at the short words that the gate found.</param>
/// <param name="TakesBack">It leaves because a provider took its provision back: what it no longer says is handed out no more.</param>
internal sealed record NextVersion(int Version, BothLanguages? Change, bool WordsLookedAt, bool TakesBack = false);

/// <summary>Everything that a version is made of. Equal grounds give an equal version, but for its moment and for ids that are drawn.</summary>
/// <param name="Draft">The draft as it was read.</param>
/// <param name="Provisions">Provisions whose parts stay, joined by blanks.</param>
/// <param name="Words">The words of all members, as one object for as long as they stay the same.</param>
/// <param name="Releases">What left before, likewise.</param>
/// <param name="Hub">The hub as it names itself.</param>
internal sealed record ReleaseGrounds(Registered<DraftFile> Draft, string Provisions, object Words, object Releases, HubName Hub);

/// <summary>Puts versions together and writes them. Whoever writes holds the turn of the registers.</summary>
internal sealed class ReleaseMaker(Register<DraftFile> drafts, Register<ReleaseFile> releases, SharingTools tools, ShareForms forms)
{
    /// <summary>The forms, each looked through by the gate.</summary>
    public ShareForms Forms => forms;

    /// <summary>What the next version of a draft would be made of now.</summary>
    public ReleaseGrounds GroundsOf(Registered<DraftFile> draft, Func<string, bool> stays) =>
        new(draft, string.Join(' ', draft.Value.Draft.Provisions().Where(stays)), tools.Identities.Current, tools.Book.All, tools.Book.Hub);

    /// <summary>A version that was made just now, for those who are members at this moment.</summary>
    public ReleaseFile ForReceiversOfNow(ReleaseFile made) =>
        made with
        {
            Receivers = Audiences.Organizations(made.Release.Item.Audience, tools.Community.Current, tools.Book.Today),
        };

    /// <summary>The next version of a draft.</summary>
    /// <exception cref="ProblemException">Nothing is left, or the gate stops it.</exception>
    public ReleaseFile Made(Actor by, Registered<DraftFile> draft, Func<string, bool> stays, NextVersion next)
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

        var release = ReleaseOf(item);
        var looked = forms.Look(release);
        return Refusal(looked.Verdict, next.WordsLookedAt) is { } refusal
            ? throw refusal
            : File(by, draft.Id, (release, looked), [.. file.Draft.Provisions().Where(stays)]) with
            {
                TakesBack = next.TakesBack,
            };
    }

    /// <summary>
    /// A version that takes the item back. A retraction must not fail where it is needed most, so what the gate stops today (an item that names
    /// somebody is a reason to retract it) is left out of it.
    /// </summary>
    /// <param name="by">Who retracts.</param>
    /// <param name="newest">The newest version.</param>
    /// <param name="reason">Why.</param>
    /// <param name="named">
    /// Whether the indicators are named once more, so that every receiver's machine finds what it shall let go of; not when their provider took
    /// them back.
    /// </param>
    /// <exception cref="ProblemException">The gate stops the reason itself.</exception>
    public ReleaseFile Retracted(Actor by, ReleaseFile newest, BothLanguages reason, bool named)
    {
        var old = newest.Release.Item;
        var bare = new SanitisedItem
        {
            Id = old.Id,
            Version = old.Version + 1,
            Kind = old.Kind,
            Origin = old.Origin,
            Title = new BothLanguages("撤回された情報", "A retracted item"),
            Summary = new BothLanguages("この情報は撤回されました。", "This item was retracted."),
            Countermeasure = new BothLanguages(
                "以前の版に基づく遮断・検知の設定を見直してください。",
                "Reconsider what you block or watch because of earlier versions."
            ),
            Contact = tools.Contact,
            Marking = old.Marking,
            Audience = old.Audience,
            Retracted = true,
            Change = reason,
        };
        var titled = bare with { Title = old.Title, Contact = old.Contact };
        var whole = titled with { Indicators = [.. old.Indicators.Select(one => one with { Mails = [] })] };
        IReadOnlyList<SanitisedItem> ways = named ? [whole, titled, bare] : [bare];
        var verdict = GateVerdict.Clear;
        foreach (var item in ways)
        {
            var release = ReleaseOf(item);
            var looked = forms.Look(release);
            verdict = looked.Verdict;
            if (verdict != GateVerdict.Blocked)
            {
                return File(by, newest.Draft, (release, looked), newest.Provisions);
            }
        }

        throw Refusal(verdict, looked: true) as Exception ?? new InvalidOperationException("What nothing stops has left.");
    }

    /// <summary>What is written when a version leaves.</summary>
    public (IReadOnlyList<Change>, IReadOnlyList<JournalRecord>) Written(
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

    private Release ReleaseOf(SanitisedItem item)
    {
        var before = tools.Book.Newest(item.Id)?.Release;
        var now = tools.Now;
        return new Release
        {
            Item = item,
            FirstAt = before?.FirstAt ?? now,
            At = before is not null && before.At >= now ? before.At.AddMilliseconds(1) : now,
        };
    }

    private ReleaseFile File(Actor by, string draft, (Release Release, Looked Looked) made, IReadOnlyList<string> provisions) =>
        new(
            made.Release,
            draft,
            provisions,
            Audiences.Organizations(made.Release.Item.Audience, tools.Community.Current, tools.Book.Today),
            ArtefactFormats.Digests(made.Looked.Artefacts),
            by.Id
        );

    private static ProblemException? Refusal(GateVerdict verdict, bool looked) =>
        verdict switch
        {
            GateVerdict.Blocked => new ProblemException(
                ProblemKind.PolicyRefused,
                "漏えい検査で、参加組織を示す語が見つかりました。下書きの検査結果を見て直してください。",
                "The leak gate found words that name a member; see the draft's check and correct it."
            ),
            GateVerdict.Review when !looked => new ProblemException(
                ProblemKind.PolicyRefused,
                "漏えい検査で、短い語が見つかりました。確認してから共有してください(wordsLookedAt)。",
                "The leak gate found short words: look at them, then share (wordsLookedAt)."
            ),
            GateVerdict.Review or GateVerdict.Clear => null,
        };
}
