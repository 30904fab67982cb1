using System.Text.Json.Serialization;
using Noroshi.Hub.Reports.Checking;
using Noroshi.Hub.Reports.Documents;

namespace Noroshi.Hub.Reports.Publishing;

/// <summary>How far a version of a report has come.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ReportStage>))]
public enum ReportStage
{
    /// <summary>Drafted (起案).</summary>
    [JsonStringEnumMemberName("drafted")]
    Drafted,

    /// <summary>Somebody else checked it (確認).</summary>
    [JsonStringEnumMemberName("checked")]
    Checked,

    /// <summary>Decided (決裁); it waits for its time (解禁日時).</summary>
    [JsonStringEnumMemberName("decided")]
    Decided,

    /// <summary>Published (公表): it does not change any more.</summary>
    [JsonStringEnumMemberName("published")]
    Published,
}

/// <summary>Who did a step, and when.</summary>
public sealed record ReportStep(string By, DateTimeOffset At);

/// <summary>A file of a decided version, as it is served.</summary>
/// <param name="Language"><c>ja</c> or <c>en</c>.</param>
/// <param name="Format">Format: html, json …</param>
/// <param name="Extension">Ending of its name, with the dot.</param>
/// <param name="Sha256">SHA-256 of its bytes, lower-case hex.</param>
/// <param name="Bytes">Length.</param>
public sealed record IssuedFile(string Language, string Format, string Extension, string Sha256, long Bytes);

/// <summary>One version of a report.</summary>
public sealed record ReportVersion
{
    /// <summary>1, then counted up with each correction.</summary>
    public required int Number { get; init; }

    /// <summary>Why it corrects the one before; null for the first.</summary>
    public string? Reason { get; init; }

    /// <summary>起案.</summary>
    public required ReportStep Drafted { get; init; }

    /// <summary>確認; null while it is not checked.</summary>
    public ReportStep? Checked { get; init; }

    /// <summary>決裁; null while it is not decided.</summary>
    public ReportStep? Decided { get; init; }

    /// <summary>解禁日時: from then on it is published; null while it is not decided.</summary>
    public DateTimeOffset? ReleaseAt { get; init; }

    /// <summary>Why it was sent back the last time; null when it was not.</summary>
    public string? SentBack { get; init; }

    /// <summary>Wordings of people.</summary>
    public IReadOnlyList<EditedWording> Wordings { get; init; } = [];

    /// <summary>Its files; none before it is decided.</summary>
    public IReadOnlyList<IssuedFile> Files { get; init; } = [];

    /// <summary>How far it has come.</summary>
    public ReportStage StageAt(DateTimeOffset now) =>
        Decided is null ? (Checked is null ? ReportStage.Drafted : ReportStage.Checked)
        : ReleaseAt <= now ? ReportStage.Published
        : ReportStage.Decided;
}

/// <summary>Why a step is refused.</summary>
public sealed class ReportRefusedException : Exception
{
    /// <summary>For serializers of others only.</summary>
    public ReportRefusedException()
        : this(new Words("できません", "refused")) { }

    /// <summary>The same in both languages.</summary>
    public ReportRefusedException(string message)
        : this(new Words(message, message)) { }

    /// <summary>The same in both languages, with its cause.</summary>
    public ReportRefusedException(string message, Exception? inner)
        : base(message, inner) => Why = new Words(message, message);

    /// <summary>In both languages.</summary>
    public ReportRefusedException(Words why)
        : base(why?.En) => Why = why ?? new Words("", "");

    /// <summary>Why.</summary>
    public Words Why { get; }
}

/// <summary>
/// A report on its way out: 起案→確認→決裁→解禁日時→公表→訂正. Immutable: each step gives a new one. Who drafts does not check or decide; what is published
/// stays, and a correction is a further version with a list of what changed (正誤表).
/// </summary>
public sealed record ReportIssue
{
    private const int LongestReason = 2_000;
    private const int MostWordings = 400;

    /// <summary>Form.</summary>
    public required ReportForm Form { get; init; }

    /// <summary>Id of the period.</summary>
    public required string Period { get; init; }

    /// <summary>Versions, oldest first; never empty.</summary>
    public required IReadOnlyList<ReportVersion> Versions { get; init; }

    /// <summary>The newest version.</summary>
    [JsonIgnore]
    public ReportVersion Newest => Versions[^1];

    /// <summary>The version that the public reads; null while none is published.</summary>
    public ReportVersion? PublishedAt(DateTimeOffset now) => Versions.LastOrDefault(one => one.StageAt(now) == ReportStage.Published);

    /// <summary>A first draft.</summary>
    public static ReportIssue Draft(ReportForm form, string period, string by, DateTimeOffset now) =>
        new()
        {
            Form = form,
            Period = period,
            Versions = [new ReportVersion { Number = 1, Drafted = new ReportStep(by, now) }],
        };

    /// <summary>Drafts it anew: with the figures as they are now, or other wordings. What was checked is checked again.</summary>
    /// <exception cref="ReportRefusedException">It is decided.</exception>
    public ReportIssue Redraft(string by, DateTimeOffset now, IReadOnlyList<EditedWording> wordings)
    {
        ArgumentNullException.ThrowIfNull(wordings);
        Refuse(Newest.Decided is not null, new("決裁された版は変更できません", "a decided version does not change"));
        Refuse(wordings.Count > MostWordings, new($"書き換えは{MostWordings}か所までです", $"at most {MostWordings} wordings are edited"));
        return With(Newest with { Drafted = new ReportStep(by, now), Checked = null, Wordings = wordings });
    }

    /// <summary>Somebody else checked it.</summary>
    /// <exception cref="ReportRefusedException">It is not a draft, or he drafted it himself.</exception>
    public ReportIssue Check(string by, DateTimeOffset now)
    {
        Refuse(Newest.StageAt(now) != ReportStage.Drafted, new("確認待ちの版ではありません", "it does not wait for a check"));
        Refuse(Newest.Drafted.By == by, new("起案した人は確認できません", "who drafted it does not check it"));
        return With(Newest with { Checked = new ReportStep(by, now), SentBack = null });
    }

    /// <summary>Sends it back to be drafted again, also after the decision as long as it is not published.</summary>
    /// <exception cref="ReportRefusedException">It is published, or there is no reason.</exception>
    public ReportIssue SendBack(string? reason, DateTimeOffset now)
    {
        Refuse(
            Newest.StageAt(now) == ReportStage.Published,
            new("公表された版は差し戻せません", "a published version cannot be sent back")
        );
        return With(Newest with { Checked = null, Decided = null, ReleaseAt = null, Files = [], SentBack = Given(reason) });
    }

    /// <summary>Decides that it is published at a time.</summary>
    /// <exception cref="ReportRefusedException">It is not checked, he drafted it himself, or the time is over.</exception>
    public ReportIssue Decide(string by, DateTimeOffset now, DateTimeOffset releaseAt, IReadOnlyList<IssuedFile> files)
    {
        Refuse(Newest.StageAt(now) != ReportStage.Checked, new("確認が済んでいません", "it is not checked"));
        Refuse(Newest.Drafted.By == by, new("起案した人は決裁できません", "who drafted it does not decide it"));
        Refuse(releaseAt < now, new("解禁日時が過去です", "its time is over"));
        return With(Newest with { Decided = new ReportStep(by, now), ReleaseAt = releaseAt, Files = files });
    }

    /// <summary>Begins a correction: a further version.</summary>
    /// <exception cref="ReportRefusedException">The newest is not published, or there is no reason.</exception>
    public ReportIssue Correct(string by, DateTimeOffset now, string? reason)
    {
        Refuse(Newest.StageAt(now) != ReportStage.Published, new("公表された版だけを訂正できます", "only what is published is corrected"));
        return this with
        {
            Versions =
            [
                .. Versions,
                new ReportVersion
                {
                    Number = Newest.Number + 1,
                    Reason = Given(reason),
                    Drafted = new ReportStep(by, now),
                    Wordings = Newest.Wordings,
                },
            ],
        };
    }

    private static string Given(string? reason)
    {
        Refuse(string.IsNullOrWhiteSpace(reason), new("理由が必要です", "it needs a reason"));
        Refuse(
            reason?.Length > LongestReason,
            new($"理由は{LongestReason}文字までです", $"a reason has at most {LongestReason} characters")
        );
        return (reason ?? "").Trim();
    }

    private static void Refuse(bool when, Words why)
    {
        if (when)
        {
            throw new ReportRefusedException(why);
        }
    }

    private ReportIssue With(ReportVersion newest) => this with { Versions = [.. Versions.SkipLast(1), newest] };
}
