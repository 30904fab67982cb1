using System.Security.Cryptography;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Judgement;
using Noroshi.Hub.Storage;
using Noroshi.Server.Access;
using Noroshi.Server.Hosting;
using Noroshi.Server.Registers;

namespace Noroshi.Server.Judgement;

/// <summary>Questions to providers and members, their answers and reminders.</summary>
internal sealed class InquiryWork(
    Register<Inquiry> inquiries,
    Register<Organization> organizations,
    HubRecords records,
    IHubStore store,
    TimeProvider time
)
{
    private const int LongestText = 10_000;
    private const int MostAsked = 1_000;

    /// <summary>Asks.</summary>
    public async Task<Registered<Inquiry>> AskAsync(Actor by, InquiryOrder order, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var to = order.Kind == InquiryKind.ProviderRequest ? await ProviderOf(order.About, cancellation) : order.To ?? [];
        var inquiry = new Inquiry
        {
            Kind = order.Kind,
            To = [.. to.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            About = order.About,
            Checklist = [.. (order.Checklist ?? []).Distinct().Order()],
            Text = order.Text,
            By = by.Id,
            At = now,
            Deadline = order.Deadline,
            PermittedBy = order.PermittedBy,
        };
        if (Inquiry.Problem(inquiry, now) is { } problem)
        {
            throw new ProblemException(
                ProblemKind.Unprocessable,
                $"照会は送っていません: {problem.Ja}。",
                $"The inquiry was not sent: {problem.En}."
            );
        }

        ProblemException.ThrowIf(
            inquiry.Text?.Length > LongestText,
            $"照会の文は{LongestText}文字までです。",
            $"An inquiry has at most {LongestText} characters."
        );
        ProblemException.ThrowIf(
            inquiry.To.Count > MostAsked,
            $"1回に照会できるのは{MostAsked}組織までです。",
            $"An inquiry goes to at most {MostAsked} organisations."
        );
        foreach (var one in inquiry.To.Append(inquiry.PermittedBy).OfType<string>())
        {
            ProblemException.ThrowIf(
                organizations.Find(one) is null,
                $"組織 {one} はありません。何も送っていません。",
                $"There is no organisation '{one}'; nothing was sent."
            );
        }

        var id = RandomNumberGenerator.GetHexString(16, lowercase: true);
        await WriteAsync(
            (id, inquiry, 0),
            [.. inquiry.To.Select(one => new JournalRecord(by.Id, JournalActions.RequestSent, id, $"{one} {inquiry.About}"))]
        );
        return Find(id);
    }

    /// <summary>An organisation answers; what it hands in with it counts as an addition (追加提供), not as a new provision.</summary>
    /// <exception cref="ProblemException">There is none that this organisation was asked.</exception>
    public async Task<Registered<Inquiry>> AnswerAsync(Actor by, string id, AnswerOrder order)
    {
        var found = Find(id);
        if (by.Organization is not { } organization || !found.Value.To.Contains(organization, StringComparer.Ordinal))
        {
            throw new ProblemException(Problem.NotFound);
        }

        ProblemException.ThrowIf(
            found.Value.Closed,
            "この照会は締め切られています。ハブには別の手段でお知らせください。",
            "The inquiry is closed; tell the hub by another way."
        );
        ProblemException.ThrowIf(
            string.IsNullOrWhiteSpace(order.Text) || order.Text.Length > LongestText,
            $"回答は1文字から{LongestText}文字までです。",
            $"An answer has 1 to {LongestText} characters."
        );
        var answer = new InquiryAnswer(organization, by.Id, time.GetUtcNow(), order.Text.Trim(), order.Provision);
        await WriteAsync(
            (id, found.Value with { Answers = [.. found.Value.Answers, answer] }, found.Version),
            [new JournalRecord(by.Id, JournalActions.RequestChanged, id, "answered")]
        );
        return Find(id);
    }

    /// <summary>Nobody waits any more.</summary>
    public async Task CloseAsync(Actor by, string id)
    {
        var found = Find(id);
        await WriteAsync(
            (id, found.Value with { Closed = true }, found.Version),
            [new JournalRecord(by.Id, JournalActions.RequestChanged, id, "closed")]
        );
    }

    /// <summary>Inquiries whose reminder is due, with those who have not answered; each is noted as reminded in the same breath.</summary>
    public async Task<IReadOnlyList<(string Id, IReadOnlyList<string> To)>> RemindAsync(CancellationToken cancellation)
    {
        var reminded = new List<(string, IReadOnlyList<string>)>();
        foreach (var one in inquiries.All)
        {
            cancellation.ThrowIfCancellationRequested();
            var now = time.GetUtcNow();
            if (!one.Value.ReminderDue(now))
            {
                continue;
            }

            await WriteAsync(
                (one.Id, one.Value with { Reminded = [.. one.Value.Reminded, now] }, one.Version),
                [new JournalRecord(Actor.System.Id, JournalActions.RequestChanged, one.Id, "reminded")]
            );
            reminded.Add((one.Id, one.Value.Open));
        }

        return reminded;
    }

    /// <summary>An inquiry that the scope has let through, as this actor may see it: those of the hub all, a member with its own answers only.</summary>
    public static InquiryView View(Registered<Inquiry> one, Actor actor, Scope scope) =>
        scope.ExtentOf<Registered<Inquiry>>(actor, Verb.Read) == Extent.All
            ? new InquiryView(one.Id, one.Version, one.Value)
            : new InquiryView(one.Id, 0, ForMember(one.Value, actor.Organization ?? ""));

    /// <summary>
    /// A member must not learn who else was asked or who asked for the question (rule 2), and not which analyst wrote it; nor the version, which
    /// is a position of the log and tells how much others do.
    /// </summary>
    public static Inquiry ForMember(Inquiry inquiry, string organization) =>
        inquiry with
        {
            To = [organization],
            By = "hub",
            PermittedBy = null,
            About = inquiry.Kind == InquiryKind.ProviderRequest ? inquiry.About : null,
            Reminded = [],
            Answers = [.. inquiry.Answers.Where(answer => string.Equals(answer.Organization, organization, StringComparison.Ordinal))],
        };

    private async Task<IReadOnlyList<string>> ProviderOf(string? about, CancellationToken cancellation)
    {
        if (about is null || !Guid.TryParseExact(about, "N", out var id))
        {
            throw new ProblemException(
                ProblemKind.Unprocessable,
                "提供元への依頼には、提供のIDが必要です。",
                "A request to the provider names its provision by id."
            );
        }

        var headers = await store.Steps.OfProvisionAsync(new ProvisionId(id), IStepLog.ProvisionKind, cancellation);
        return headers is not [{ Body: { } body }, ..]
                ? throw new ProblemException(
                    ProblemKind.Unprocessable,
                    "その提供はないか、消去されています。何も送っていません。",
                    "There is no such provision, or it was erased; nothing was sent."
                )
            : ProvisionHeader.FromJson(body.Span).Organization is { } organization ? [organization]
            : throw new ProblemException(
                ProblemKind.Unprocessable,
                "相談窓口からの提供なので、依頼できる組織がありません。",
                "The provision has no organisation that could be asked: it came through the help desk."
            );
    }

    /// <summary>What is asked and answered about a provision names people, and ends with it.</summary>
    private Task WriteAsync((string Id, Inquiry Value, long Seen) one, IReadOnlyList<JournalRecord> journal) =>
        records.ChangeAsync(async () =>
        {
            var about = await records.AboutAsync(one.Value.About);
            return ([inquiries.Put(one.Id, one.Value, RetentionClass.PersonalData, about) with { Seen = one.Seen }], journal);
        });

    private Registered<Inquiry> Find(string id) => inquiries.Find(id) ?? throw new ProblemException(Problem.NotFound);
}
