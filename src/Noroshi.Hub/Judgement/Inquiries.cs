using System.Text.Json.Serialization;

namespace Noroshi.Hub.Judgement;

/// <summary>What a provider may be asked for (追加依頼の確認項目).</summary>
public enum ChecklistItem
{
    /// <summary>The original with headers (ヘッダ付きの原本).</summary>
    [JsonStringEnumMemberName("original-with-headers")]
    OriginalWithHeaders,

    /// <summary>The attachment itself (検体).</summary>
    [JsonStringEnumMemberName("sample")]
    Sample,

    /// <summary>What the window answered (窓口からの返信).</summary>
    [JsonStringEnumMemberName("own-replies")]
    OwnReplies,

    /// <summary>How many were received (受信数).</summary>
    [JsonStringEnumMemberName("number-received")]
    NumberReceived,

    /// <summary>Whether it was opened (開封の有無).</summary>
    [JsonStringEnumMemberName("opened")]
    Opened,

    /// <summary>Telephone calls and the like (電話などのやり取り).</summary>
    [JsonStringEnumMemberName("other-contacts")]
    OtherContacts,
}

/// <summary>Whom an inquiry goes to and what for.</summary>
public enum InquiryKind
{
    /// <summary>To the provider, for more about its own provision (追加依頼).</summary>
    [JsonStringEnumMemberName("provider-request")]
    ProviderRequest,

    /// <summary>To members, whether they know something (照会, RFI): needs the requester's permission and a deadline.</summary>
    [JsonStringEnumMemberName("rfi")]
    Rfi,
}

/// <summary>An answer to an inquiry.</summary>
/// <param name="Organization">Who answered.</param>
/// <param name="By">Id of the actor.</param>
/// <param name="At">When.</param>
/// <param name="Text">The words.</param>
/// <param name="Provision">Id of what was handed in with it (追加提供).</param>
public sealed record InquiryAnswer(string Organization, string By, DateTimeOffset At, string Text, string? Provision = null);

/// <summary>A question to one or more organisations, with its answers.</summary>
public sealed record Inquiry
{
    /// <summary>Kind.</summary>
    public required InquiryKind Kind { get; init; }

    /// <summary>Organisations that are asked, ordinal.</summary>
    public required IReadOnlyList<string> To { get; init; }

    /// <summary>Id of the provision that it is about; null for an RFI about none.</summary>
    public string? About { get; init; }

    /// <summary>What is asked for.</summary>
    public IReadOnlyList<ChecklistItem> Checklist { get; init; } = [];

    /// <summary>The question in words that those who are asked may read.</summary>
    public string? Text { get; init; }

    /// <summary>Id of who asked.</summary>
    public required string By { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Until when an answer is asked for.</summary>
    public required DateTimeOffset Deadline { get; init; }

    /// <summary>RFI: the organisation whose matter it is, and that it permitted the question.</summary>
    public string? PermittedBy { get; init; }

    /// <summary>Reminders sent.</summary>
    public IReadOnlyList<DateTimeOffset> Reminded { get; init; } = [];

    /// <summary>Answers, oldest first.</summary>
    public IReadOnlyList<InquiryAnswer> Answers { get; init; } = [];

    /// <summary>Whether nobody waits for it any more.</summary>
    public bool Closed { get; init; }

    /// <summary>Organisations that have not answered.</summary>
    public IReadOnlyList<string> Open =>
        Closed ? [] : [.. To.Where(one => !Answers.Any(answer => string.Equals(answer.Organization, one, StringComparison.Ordinal)))];

    /// <summary>What is wrong with it; null when it may go out.</summary>
    public static Words? Problem(Inquiry inquiry, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(inquiry);
        return inquiry switch
        {
            { To.Count: 0 } => new Words("宛先がありません", "nobody is asked"),
            { Kind: InquiryKind.ProviderRequest, About: null } => new Words(
                "提供元への依頼には提供のIDが必要です",
                "a request to the provider names its provision"
            ),
            { Kind: InquiryKind.ProviderRequest, To.Count: > 1 } => new Words(
                "提供元への依頼の宛先は提供元だけです",
                "a request to the provider goes to the provider only"
            ),
            { Kind: InquiryKind.Rfi, PermittedBy: null } => new Words(
                "照会には、それを許可した組織が必要です",
                "an RFI names the organisation that permitted it"
            ),
            { Checklist.Count: 0, Text: null or "" } => new Words("尋ねる内容がありません", "nothing is asked"),
            _ when inquiry.Deadline <= now => new Words("期限が過ぎています", "the deadline has passed already"),
            _ when inquiry.Deadline > now.AddDays(366) => new Words(
                "期限は1年以内にしてください",
                "the deadline lies more than a year ahead"
            ),
            _ => null,
        };
    }

    /// <summary>Whether a reminder is due: half of the time has passed without one, or the deadline has and the last one was before it.</summary>
    public bool ReminderDue(DateTimeOffset now) =>
        Open.Count > 0
        && (
            (Reminded.Count == 0 && now >= At + ((Deadline - At) / 2)) || (now >= Deadline && Reminded.All(reminded => reminded < Deadline))
        );
}

/// <summary>A telephone call, a meeting, a letter: what was said and left no mail. For the hub only.</summary>
/// <param name="About">Id of a case or provision.</param>
/// <param name="How"><c>phone</c>, <c>meeting</c>, <c>letter</c>, <c>other</c>.</param>
/// <param name="With">Organisation; null for those outside the community.</param>
/// <param name="At">When it took place.</param>
/// <param name="Text">What was said; no more personal data than needed.</param>
/// <param name="By">Id of who wrote it down.</param>
public sealed record ContactNote(string About, string How, string? With, DateTimeOffset At, string Text, string By);

/// <summary>A disclosure to somebody outside (police, ministry, vendor): only with a basis, and the provider is told unless law forbids.</summary>
/// <param name="About">Id of the provision.</param>
/// <param name="To">Who got it.</param>
/// <param name="Basis">On what basis.</param>
/// <param name="What">What was given.</param>
/// <param name="ProviderTold">When the provider was told; null when not.</param>
/// <param name="WhyNotTold">Law that forbids it; needed when it was not told.</param>
/// <param name="At">When it was given.</param>
/// <param name="By">Id of who gave it.</param>
public sealed record Disclosure(
    string About,
    string To,
    string Basis,
    string What,
    DateTimeOffset? ProviderTold,
    string? WhyNotTold,
    DateTimeOffset At,
    string By
)
{
    /// <summary>What is missing; null when it may stand in the register.</summary>
    public Words? Problem() =>
        string.IsNullOrWhiteSpace(Basis) ? new Words("開示には根拠が必要です", "a disclosure needs a basis")
        : string.IsNullOrWhiteSpace(To) ? new Words("開示先が必要です", "a disclosure names who got it")
        : string.IsNullOrWhiteSpace(What) ? new Words("開示した内容が必要です", "a disclosure names what was given")
        : ProviderTold is null && string.IsNullOrWhiteSpace(WhyNotTold)
            ? new Words(
                "提供元に知らせるか、知らせられない法令を示してください",
                "either the provider is told, or the law that forbids it is named"
            )
        : null;
}
