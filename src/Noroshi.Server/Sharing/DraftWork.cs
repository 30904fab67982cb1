using System.Security.Cryptography;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Judgement;
using Noroshi.Hub.Sharing;
using Noroshi.Hub.Sharing.Drafts;
using Noroshi.Hub.Sharing.Sanitising;
using Noroshi.Server.Hosting;
using Noroshi.Server.Identity;
using Noroshi.Server.Registers;

namespace Noroshi.Server.Sharing;

/// <summary>What analysts do with drafts. Every change makes the draft anew by the rule table, and voids what was approved of another text.</summary>
internal sealed class DraftWork(
    Register<DraftFile> drafts,
    Register<CaseFile> cases,
    DraftMaterials materials,
    SharingTools tools,
    ApprovalBook approvals
)
{
    private const int LongestText = 4_000;
    private const int MostSelected = 2_000;

    /// <summary>Makes a draft.</summary>
    public async Task<Registered<DraftFile>> MakeAsync(Actor by, DraftRequest request, CancellationToken cancellation)
    {
        var ofCase = request.Case is { } id ? cases.Find(id)?.Value ?? throw new ProblemException(Problem.NotFound) : null;
        var selection = new DraftSelection(
            CaseFile.Union(request.Mails ?? [], ofCase?.Mails ?? []),
            CaseFile.Union(request.Conversations ?? [], ofCase?.Conversations ?? []),
            request.Case,
            request.WithCampaign
        );
        ProblemException.ThrowIf(
            selection.Mails.Count + selection.Conversations.Count > MostSelected,
            $"1つの下書きに入るのは{MostSelected}件までです。",
            $"A draft holds at most {MostSelected} mails and exchanges."
        );
        CheckTexts(request.Texts);
        var order = new DraftOrder
        {
            Kind = request.Kind,
            Audience = request.Audience,
            Marking = request.Marking,
            Contact = request.Contact ?? tools.Contact,
            Texts = request.Texts?.Select(Part).ToList(),
        };
        var made = await MadeAsync(selection, order, null, cancellation);
        ProblemException.ThrowIf(
            (selection.Mails.Count > 0 || selection.Conversations.Count > 0)
                && made.Draft.Mails.Count + made.Draft.Conversations.Count == 0,
            "共有できるメールがありません(消去・取下げ済み、または「分析のみ」の提供です)。",
            "None of the mails can be shared: they were erased or withdrawn, or given for analysis only."
        );
        var file = new DraftFile
        {
            Selection = selection,
            Draft = made.Draft with { Indicators = [.. made.Draft.Indicators, .. (request.Indicators ?? []).Select(OfHub)] },
            Texts = order.Texts,
            ToReview = made.Diffs.Count(diff => diff.NeedsReview),
            OfHub = await materials.OfHubAsync(made.Draft, cancellation),
            Urgent = request.Urgent,
            By = by.Id,
        };
        Check(file);
        await CheckGroundsAsync(file, cancellation);
        var draft = RandomNumberGenerator.GetHexString(16, lowercase: true);
        await tools.Records.ChangeAsync([new JournalRecord(by.Id, JournalActions.ItemDrafted, draft)], drafts.Put(draft, file, seen: 0));
        return Find(draft);
    }

    /// <summary>Changes a draft. The texts, marking or audience being another, approvals of the old ones are void.</summary>
    public async Task<Registered<DraftFile>> ChangeAsync(Actor by, string id, DraftChange change, CancellationToken cancellation)
    {
        var old = Find(id).Value;
        DemandOpen(old);
        CheckTexts(change.Texts);
        var excerpts = change.Excerpts is null
            ? old.Excerpts
            : change
                .Excerpts.Where(one => one.Value.Length is > 0 and <= LongestText)
                .ToDictionary(one => one.Key, one => tools.Identities.Current.Pseudonymised(one.Value).Text, StringComparer.Ordinal);
        var file = old with
        {
            Texts = change.Texts is null ? old.Texts : [.. change.Texts.Select(Part)],
            Excerpts = excerpts,
            Omitted = change.Omit is null ? old.Omitted : CaseFile.Union(change.Omit, []),
            Urgent = change.Urgent ?? old.Urgent,
            ReviewedBy = null,
        };
        var order = OrderOf(
            file,
            change.Audience ?? old.Draft.Audience,
            change.Marking ?? old.Draft.Marking,
            change.Contact ?? old.Draft.Contact
        );
        var made = await MadeAsync(file.Selection, order, null, cancellation);
        file = file with
        {
            Draft = made.Draft with
            {
                Indicators =
                [
                    .. made.Draft.Indicators,
                    .. old.Draft.Indicators.Where(part =>
                        part.Provisions.Count == 0 && !file.Omitted.Contains(part.Value.Indicator.Value, StringComparer.Ordinal)
                    ),
                ],
            },
            ToReview = made.Diffs.Count(diff => diff.NeedsReview),
            OfHub = await materials.OfHubAsync(made.Draft, cancellation),
        };
        Check(file);
        await CheckGroundsAsync(file, cancellation);
        await tools.Records.ChangeAsync(() =>
            (
                [drafts.Put(id, file, change.Version), .. approvals.Revised(id, file.Draft)],
                [new JournalRecord(by.Id, JournalActions.ItemDrafted, id, "changed")]
            )
        );
        return Find(id);
    }

    /// <summary>Somebody has looked at every field that asks for it.</summary>
    public async Task<Registered<DraftFile>> ReviewAsync(Actor by, string id, long version)
    {
        var old = Find(id).Value;
        DemandOpen(old);
        await tools.Records.ChangeAsync(
            [new JournalRecord(by.Id, JournalActions.ItemDrafted, id, "reviewed")],
            drafts.Put(id, old with { ReviewedBy = by.Id }, version)
        );
        return Find(id);
    }

    /// <summary>Gives a draft up that was never shared.</summary>
    public async Task DropAsync(Actor by, string id, long version)
    {
        var old = Find(id).Value;
        ProblemException.ThrowIf(
            old.SharedVersion > 0,
            "共有済みの下書きは破棄できません。撤回してください。",
            "It was shared already: retract the item instead."
        );
        await tools.Records.ChangeAsync(
            [new JournalRecord(by.Id, JournalActions.ItemDrafted, id, "dropped")],
            drafts.Put(id, old with { State = DraftState.Dropped }, version)
        );
    }

    /// <summary>Every field as given and as it would leave.</summary>
    /// <param name="file">The draft.</param>
    /// <param name="only">The provisions of a provider; null for the hub.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<IReadOnlyList<FieldDiff>> DiffsAsync(DraftFile file, Func<string, bool>? only, CancellationToken cancellation) =>
        (
            await MadeAsync(file.Selection, OrderOf(file, file.Draft.Audience, file.Draft.Marking, file.Draft.Contact), only, cancellation)
        ).Diffs;

    /// <summary>The draft as everybody would see it if all agreed.</summary>
    public DraftView View(Registered<DraftFile> one) =>
        new(one.Id, one.Version, one.At, one.Value, ItemAssembly.Assemble(one.Value.Draft, _ => true), approvals.Summaries(one.Id));

    /// <summary>A draft.</summary>
    public Registered<DraftFile> Find(string id) => drafts.Find(id) ?? throw new ProblemException(Problem.NotFound);

    private async Task<MadeDraft> MadeAsync(
        DraftSelection selection,
        DraftOrder order,
        Func<string, bool>? only,
        CancellationToken cancellation
    ) => DraftMaker.Make(order, await materials.OfAsync(selection, only, cancellation), tools.Identities.Current);

    private static DraftOrder OrderOf(DraftFile file, Audience audience, Marking marking, BothLanguages contact) =>
        new()
        {
            Kind = file.Draft.Kind,
            Audience = audience,
            Marking = marking,
            Contact = contact,
            Texts = file.Texts,
            Excerpts = file.Excerpts,
            Omitted = file.Omitted,
        };

    private void Check(DraftFile file)
    {
        if ((file.Draft.Provisions().Count > 0 ? tools.AudienceProblem(file.Draft.Audience) : null) is { } problem)
        {
            throw new ProblemException(ProblemKind.PolicyRefused, problem.Ja, problem.En);
        }

        if (file.Draft.Marking.ProblemFor(file.Draft.Audience) is { } marking)
        {
            throw new ProblemException(ProblemKind.PolicyRefused, $"取扱区分と共有範囲が合いません({marking})。", marking);
        }
    }

    /// <summary>What somebody wrote or brought in goes with the facts that it tells.</summary>
    private async Task CheckGroundsAsync(DraftFile file, CancellationToken cancellation)
    {
        var providers = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var provision in file.Draft.Provisions())
        {
            providers[provision] = await materials.HeaderAsync(provision, cancellation) is { } header
                ? ApprovalWork.ProviderOf(header, provision)
                : ApprovalBook.Desk + provision;
        }

        if (TextGrounds.Problem(file.Draft, file.Texts ?? [], one => providers.GetValueOrDefault(one)) is { } problem)
        {
            throw new ProblemException(ProblemKind.Unprocessable, problem.Ja, problem.En);
        }

        var given = file.Draft with { Indicators = [.. file.Draft.Indicators.Where(part => part.Provisions.Count > 0)] };
        ProblemException.ThrowIf(
            file.Draft.Indicators.Any(part => part.Provisions.Count == 0 && TextGrounds.IsOfProvider(given, part.Value.Indicator)),
            "indicators: 情報提供にある値は、ハブの指標として加えられません(提供元の承認とともに共有されます)。",
            "indicators: a value that a provision shows cannot be added as the hub's own; it goes with its provider's approval."
        );
    }

    private static void CheckTexts(IReadOnlyList<TextRequest>? texts) =>
        ProblemException.ThrowIf(
            texts?.Any(text => text.Ja.Length is 0 or > LongestText || text.En.Length > LongestText) == true,
            $"文は1文字から{LongestText}文字までです。",
            $"A text has 1 to {LongestText} characters."
        );

    private static void DemandOpen(DraftFile file) =>
        ProblemException.ThrowIf(
            file.State is DraftState.Dropped or DraftState.Retracted,
            "破棄または撤回された下書きは変更できません。新しい下書きを作ってください。",
            "It was dropped or retracted: make a new draft."
        );

    private static DraftPart<DraftText> Part(TextRequest text) =>
        new(new DraftText(text.Place, new BothLanguages(text.Ja, text.En)), CaseFile.Union(text.RestsOn ?? [], []));

    private static DraftPart<DraftIndicator> OfHub(IndicatorRequest request) =>
        new(
            new DraftIndicator(
                new SanitisedIndicator
                {
                    Id = Guid.Empty,
                    Kind = request.Kind,
                    Value = request.Value.Trim(),
                    Role = request.Role,
                },
                []
            ),
            []
        );
}

/// <summary>What the work on drafts, approvals and shares has in common.</summary>
internal sealed class SharingTools(HubRecords records, IdentityBook identities, Community community, ReleaseBook book, TimeProvider time)
{
    /// <summary>Registers.</summary>
    public HubRecords Records => records;

    /// <summary>Words of all members.</summary>
    public IdentityBook Identities => identities;

    /// <summary>What left.</summary>
    public ReleaseBook Book => book;

    /// <summary>The community.</summary>
    public Community Community => community;

    /// <summary>Now, to the millisecond: finer times are not kept by every format.</summary>
    public DateTimeOffset Now => new(time.GetUtcNow().Ticks / TimeSpan.TicksPerMillisecond * TimeSpan.TicksPerMillisecond, TimeSpan.Zero);

    /// <summary>Whom to ask unless somebody says otherwise: the hub by its name.</summary>
    public BothLanguages Contact => new(book.Hub.NameJa, book.Hub.NameEn);

    /// <summary>What is wrong with an audience for provisions; null when nothing is.</summary>
    public Noroshi.Hub.Words? AudienceProblem(Audience audience) => Audiences.Problem(audience, community.Current, book.Today);
}
