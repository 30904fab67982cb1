using System.Text.Json.Serialization;
using Noroshi.Hub.Reports.Checking;
using Noroshi.Hub.Reports.Documents;
using Noroshi.Hub.Reports.Publishing;

namespace Noroshi.Server.Reports;

/// <summary>Draft a report, or draft it anew with the figures as they are now.</summary>
internal sealed record ReportDraftOrder(ReportForm Form, string Period);

/// <summary>A paragraph in other words; null goes back to the generated text.</summary>
/// <param name="Version">Version that it rests on.</param>
/// <param name="Block">Id of the block.</param>
/// <param name="Language"><c>ja</c> or <c>en</c>.</param>
/// <param name="Template">Words with fields.</param>
internal sealed record WordingOrder(long Version, string Block, string Language, string? Template);

/// <summary>A step of the flow.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ReportVerb>))]
internal enum ReportVerb
{
    /// <summary>確認.</summary>
    [JsonStringEnumMemberName("check")]
    Check,

    /// <summary>差し戻し.</summary>
    [JsonStringEnumMemberName("send-back")]
    SendBack,

    /// <summary>決裁.</summary>
    [JsonStringEnumMemberName("decide")]
    Decide,

    /// <summary>訂正.</summary>
    [JsonStringEnumMemberName("correct")]
    Correct,
}

/// <summary>Do a step.</summary>
/// <param name="Version">Version that was looked at.</param>
/// <param name="Verb">Step.</param>
/// <param name="Reason">Why: for sending back and for corrections.</param>
/// <param name="ReleaseAt">解禁日時: for the decision; null: at once.</param>
internal sealed record ReportStepOrder(long Version, ReportVerb Verb, string? Reason = null, DateTimeOffset? ReleaseAt = null);

/// <summary>A report in a list. What is not published yet is for the hub only.</summary>
internal sealed record ReportView(
    string Id,
    long Version,
    ReportForm Form,
    string Period,
    int Number,
    ReportStage Stage,
    DateTimeOffset? ReleaseAt,
    string? Reason,
    IReadOnlyList<IssuedFile> Files
);

/// <summary>A report as those see it who work on it: steps, texts of both languages, and what the check finds.</summary>
internal sealed record ReportWorkView(
    ReportView Report,
    ReportVersion Steps,
    IReadOnlyList<ReportTextView> Texts,
    IReadOnlyList<FoundProblem> Problems
);

/// <summary>A paragraph as it can be edited.</summary>
internal sealed record ReportTextView(string Language, string Block, string Template, string Text, bool Edited, bool Stale);

/// <summary>A problem that the check found.</summary>
internal sealed record FoundProblem(string Language, ReportFault Fault, string? Block, string What, bool Blocks, string Ja, string En)
{
    /// <summary>A problem of a report in a language.</summary>
    public static FoundProblem Of(ReportProblem found, bool ja) =>
        new(ja ? "ja" : "en", found.Fault, found.Block, found.What, found.Blocks, found.Told.Ja, found.Told.En);
}

/// <summary>JSON of this part.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = 16
)]
[JsonSerializable(typeof(ReportIssue))]
[JsonSerializable(typeof(ReportDraftOrder))]
[JsonSerializable(typeof(WordingOrder))]
[JsonSerializable(typeof(ReportStepOrder))]
[JsonSerializable(typeof(ReportView))]
[JsonSerializable(typeof(IReadOnlyList<ReportView>))]
[JsonSerializable(typeof(ReportWorkView))]
internal sealed partial class ReportJson : JsonSerializerContext;
