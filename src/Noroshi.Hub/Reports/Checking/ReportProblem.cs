using System.Text.Json.Serialization;

namespace Noroshi.Hub.Reports.Checking;

/// <summary>What the check of a report found.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ReportFault>))]
public enum ReportFault
{
    /// <summary>A number in the text that is bound to no figure.</summary>
    [JsonStringEnumMemberName("number-without-source")]
    NumberWithoutSource,

    /// <summary>A bound number that differs from its figure.</summary>
    [JsonStringEnumMemberName("number-changed")]
    NumberChanged,

    /// <summary>A table or picture that no text mentions.</summary>
    [JsonStringEnumMemberName("not-mentioned")]
    NotMentioned,

    /// <summary>A mention of something that is not there.</summary>
    [JsonStringEnumMemberName("mention-of-nothing")]
    MentionOfNothing,

    /// <summary>Parts that do not add up to their whole.</summary>
    [JsonStringEnumMemberName("total")]
    Total,

    /// <summary>「初めて」「全て」「倍」 without what they are about in the same sentence.</summary>
    [JsonStringEnumMemberName("claim-without-population")]
    ClaimWithoutPopulation,

    /// <summary>A case without publication approval (公表承認).</summary>
    [JsonStringEnumMemberName("case-without-approval")]
    CaseWithoutApproval,

    /// <summary>A word of a member.</summary>
    [JsonStringEnumMemberName("leak")]
    Leak,

    /// <summary>A short word that may be a member's: a person decides.</summary>
    [JsonStringEnumMemberName("leak-to-review")]
    LeakToReview,

    /// <summary>A mail address among the contacts.</summary>
    [JsonStringEnumMemberName("mail-address")]
    MailAddress,

    /// <summary>An edited wording whose figures have changed since.</summary>
    [JsonStringEnumMemberName("stale-wording")]
    StaleWording,

    /// <summary>Figures that are not final.</summary>
    [JsonStringEnumMemberName("preliminary")]
    Preliminary,
}

/// <summary>A problem of a report.</summary>
/// <param name="Fault">What.</param>
/// <param name="Block">Id of the block; null for the report as a whole.</param>
/// <param name="What">The words, number or anchor that it is about; never a member's word.</param>
public sealed record ReportProblem(ReportFault Fault, string? Block, string What)
{
    /// <summary>Whether the report cannot be decided with it; otherwise a person looks at it.</summary>
    public bool Blocks => Fault is not (ReportFault.LeakToReview or ReportFault.StaleWording or ReportFault.Preliminary);

    /// <summary>What it is, in words.</summary>
    public Words Told =>
        Fault switch
        {
            ReportFault.NumberWithoutSource => new("出典のない数字があります", "a number has no source"),
            ReportFault.NumberChanged => new("数字が出典の値と異なります", "a number differs from its figure"),
            ReportFault.NotMentioned => new("本文で触れていない図表があります", "a table or figure is not mentioned in the text"),
            ReportFault.MentionOfNothing => new("存在しない図表に触れています", "the text mentions a table or figure that is not there"),
            ReportFault.Total => new("内訳の合計が一致しません", "parts do not add up to their whole"),
            ReportFault.ClaimWithoutPopulation => new(
                "「初めて」「全て」「倍」と同じ文に、観測範囲または両方の割合とNがありません",
                "'first', 'all' or 'times' stands without what it is about in the same sentence"
            ),
            ReportFault.CaseWithoutApproval => new("公表の承認がない事例が含まれています", "a case without publication approval is told"),
            ReportFault.Leak => new("参加組織を示す語が含まれています", "the text holds a word of a member"),
            ReportFault.LeakToReview => new(
                "参加組織を示すかもしれない短い語があります。確認してください",
                "a short word may be a member's: look at it"
            ),
            ReportFault.MailAddress => new("問い合わせ先にメールアドレスがあります", "a contact holds a mail address"),
            ReportFault.StaleWording => new(
                "書き換えた文の元になった数字が変わっています",
                "the figures of an edited wording have changed since"
            ),
            ReportFault.Preliminary => new("確定していない数字が含まれています", "figures are not final"),
        };
}
