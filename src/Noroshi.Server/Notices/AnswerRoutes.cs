using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Judgement.Answers;
using Noroshi.Hub.Storage;
using Noroshi.Server.Access;
using Noroshi.Server.Hosting;
using Noroshi.Server.Intake;
using Noroshi.Server.Notices.Answering;
using Noroshi.Server.Notices.Steps;

namespace Noroshi.Server.Notices;

/// <summary>The answer to a provision: its giver reads it, an analyst confirms or changes it.</summary>
internal static class AnswerRoutes
{
    private const int MostReasons = 10;
    private const int MostBytes = 16 * 1024;

    /// <summary>Routes.</summary>
    public static void Map(Routes routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        routes.Get("/api/v1/provisions/{id}/answer", Policies.ReadProvisions, ReadAsync);
        routes.Post("/api/v1/provisions/{id}/answer", Policies.Analyse, ConfirmAsync);
    }

    private static async Task<Results<Ok<AnswerView>, Problem>> ReadAsync(
        string id,
        HttpContext context,
        Scope scope,
        AnswerRecords answers,
        TimeProvider time
    )
    {
        var provision = (await scope.LoadAsync<IndexedProvision>(context.Actor(), Verb.Read, id, context.RequestAborted)).Id;
        var (versions, _) = await answers.OfAsync(provision, context.RequestAborted);
        var now = time.GetUtcNow();
        // Before its moment an answer does not exist for anybody outside the hub.
        var standing = Answer.Standing(versions.Where(one => one.At <= now));
        return TypedResults.Ok(AnswerView.Of(provision, standing));
    }

    private static async Task<Results<Ok<AnswerView>, Problem>> ConfirmAsync(
        string id,
        HttpContext context,
        IHubStore store,
        AnswerRecords answers,
        TimeProvider time
    )
    {
        var actor = context.Actor();
        var scope = context.RequestServices.GetRequiredService<Scope>();
        var provision = (await scope.LoadAsync<IndexedProvision>(actor, Verb.Change, id, context.RequestAborted)).Id;
        if (await ProvisionHeaders.FindAsync(store, provision, context.RequestAborted) is not { } header)
        {
            return new Problem(ProblemKind.Gone);
        }

        if (await GivenAnswer.ReadAsync(context.Request.Body, MostBytes, context.RequestAborted) is not { } given)
        {
            return Problem.Invalid(
                "本文の形が {\"answer\":\"hold-reply\",\"reasons\":[\"file.locked\"]} ではありません。何も変わっていません。",
                "The body is not of the form {\"answer\":\"hold-reply\",\"reasons\":[\"file.locked\"]}. Nothing was changed."
            );
        }

        var (versions, position) = await answers.OfAsync(provision, context.RequestAborted);
        var before = Answer.Standing(versions);
        var reasons = given.Reasons ?? (before?.Kind == given.Answer ? before.Reasons : []);
        if (reasons.Count > MostReasons || reasons.FirstOrDefault(code => !IsAllowed(code, before)) is not null)
        {
            return Problem.Invalid(
                "理由が表にないか、なかった早期警戒を挙げています。何も変わっていません。",
                "A reason is not one of the table, or an early warning that there was none of. Nothing was changed."
            );
        }

        var answer = new Answer
        {
            Kind = given.Answer,
            Basis = AnswerBasis.Analyst,
            At = time.GetUtcNow(),
            Reasons = AnswerReasons.InOrder([.. reasons.Where(code => code != AnswerReasons.Unfinished), AnswerReasons.Analyst]),
            SameAs = before?.SameAs,
            Mails = before?.Mails ?? [],
            By = actor.Id,
        };
        var written = answers.Written(provision, header, answer, versions.Count + 1, quiet: false);
        try
        {
            await store.Steps.AppendAsync(
                new HubChange
                {
                    Documents = written.Documents,
                    Journal =
                    [
                        .. written.Journal,
                        new JournalRecord(actor.Id, JournalActions.VerdictGiven, provision.ToString(), Word(given.Answer)),
                    ],
                    Expected = [new ExpectedVersion(AnswerRecords.Kind, provision.ToString(), position)],
                }
            );
        }
        catch (ChangedMeanwhileException)
        {
            return new Problem(ProblemKind.ChangedMeanwhile);
        }

        return TypedResults.Ok(AnswerView.Of(provision, answer));
    }

    /// <summary>An early warning cannot be made up afterwards: it would tell what others provided without their approval.</summary>
    private static bool IsAllowed(string code, Answer? before) =>
        AnswerReasons.Find(code) is not null
        && (code != AnswerReasons.EarlyWarning || before?.Reasons.Contains(AnswerReasons.EarlyWarning, StringComparer.Ordinal) == true);

    private static string Word(AnswerKind kind) =>
        JsonSerializer.SerializeToElement(kind, AnswerViewJson.Default.AnswerKind).GetString() ?? "";
}

/// <summary>What an analyst says.</summary>
internal sealed record GivenAnswer
{
    /// <summary>Answer.</summary>
    public required AnswerKind Answer { get; init; }

    /// <summary>Codes of the table; null keeps those of the automatic answer when it said the same.</summary>
    public IReadOnlyList<string>? Reasons { get; init; }

    /// <summary>Reads a body; null when it is too long or not of the form.</summary>
    public static async Task<GivenAnswer?> ReadAsync(Stream body, int most, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(body);
        var bytes = new byte[most + 1];
        var read = await body.ReadAtLeastAsync(bytes, most + 1, throwOnEndOfStream: false, cancellation);
        if (read > most)
        {
            return null;
        }

        try
        {
            return
                JsonSerializer.Deserialize(bytes.AsSpan(0, read), AnswerViewJson.Default.GivenAnswer) is { } given
                && Enum.IsDefined(given.Answer)
                && given.Reasons?.Any(code => code is null) != true
                ? given
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>A reason as its giver reads it.</summary>
internal sealed record ReasonView(string Code, string Ja, string En);

/// <summary>The answer as the provision's giver sees it.</summary>
internal sealed record AnswerView
{
    /// <summary>Receipt code.</summary>
    public required string Receipt { get; init; }

    /// <summary><c>pending</c> or <c>answered</c>.</summary>
    public required string State { get; init; }

    /// <summary>Answer; null while pending.</summary>
    public AnswerKind? Answer { get; init; }

    /// <summary>The answer in its fixed words.</summary>
    public string? AnswerJa { get; init; }

    /// <summary>The same in English.</summary>
    public string? AnswerEn { get; init; }

    /// <summary>Whose word.</summary>
    public AnswerBasis? Basis { get; init; }

    /// <summary>自動判定(暫定) or 分析者確認済み.</summary>
    public string? BasisJa { get; init; }

    /// <summary>The same in English.</summary>
    public string? BasisEn { get; init; }

    /// <summary>When it was given.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Reasons.</summary>
    public IReadOnlyList<ReasonView> Reasons { get; init; } = [];

    /// <summary>Receipt code of the own organisation's earlier provision of the same mail.</summary>
    public string? SameAs { get; init; }

    /// <summary>What to do.</summary>
    public string? AdviceJa { get; init; }

    /// <summary>The same in English.</summary>
    public string? AdviceEn { get; init; }

    /// <summary>The view of an answer; of none it is pending.</summary>
    public static AnswerView Of(ProvisionId provision, Answer? answer)
    {
        if (answer is null)
        {
            return new AnswerView { Receipt = ReceiptCode.Of(provision), State = "pending" };
        }

        var (headline, basis, advice) = (
            AnswerWords.Headline(answer.Kind),
            AnswerWords.Basis(answer.Basis),
            AnswerWords.Advice(answer.Kind)
        );
        return new AnswerView
        {
            Receipt = ReceiptCode.Of(provision),
            State = "answered",
            Answer = answer.Kind,
            AnswerJa = headline.Ja,
            AnswerEn = headline.En,
            Basis = answer.Basis,
            BasisJa = basis.Ja,
            BasisEn = basis.En,
            At = answer.At,
            Reasons =
            [
                .. answer
                    .Reasons.Select(AnswerReasons.Find)
                    .OfType<AnswerReason>()
                    .Select(reason => new ReasonView(reason.Code, reason.Ja, reason.En)),
            ],
            SameAs = answer.SameAs,
            AdviceJa = advice.Ja,
            AdviceEn = advice.En,
        };
    }
}

/// <summary>JSON of these routes; a stranger's is taken strictly.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true,
    MaxDepth = 8
)]
[JsonSerializable(typeof(AnswerView))]
[JsonSerializable(typeof(AnswerKind))]
[JsonSerializable(typeof(GivenAnswer))]
[JsonSerializable(typeof(OutboxView))]
[JsonSerializable(typeof(RelayPasswordRequest))]
internal sealed partial class AnswerViewJson : JsonSerializerContext;
