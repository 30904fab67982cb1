using System.Text.Json.Serialization;

namespace Noroshi.Hub.Sharing.Approvals;

/// <summary>Where a provider's approval of its contribution stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ApprovalState>))]
public enum ApprovalState
{
    /// <summary>Not asked yet, or void because the text changed (下書き).</summary>
    [JsonStringEnumMemberName("draft")]
    Draft,

    /// <summary>Asked (承認待ち).</summary>
    [JsonStringEnumMemberName("pending")]
    Pending,

    /// <summary>The provider wants another text (修正要望).</summary>
    [JsonStringEnumMemberName("changes-requested")]
    ChangesRequested,

    /// <summary>Yes (承認済み).</summary>
    [JsonStringEnumMemberName("approved")]
    Approved,

    /// <summary>No (共有不可).</summary>
    [JsonStringEnumMemberName("refused")]
    Refused,

    /// <summary>Not answered in time, and nobody signed that silence is a yes (期限超過).</summary>
    [JsonStringEnumMemberName("expired")]
    Expired,

    /// <summary>The provider took its provision back (取下げ).</summary>
    [JsonStringEnumMemberName("withdrawn")]
    Withdrawn,
}

/// <summary>What somebody does with an approval.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ApprovalVerb>))]
public enum ApprovalVerb
{
    /// <summary>An analyst asks.</summary>
    [JsonStringEnumMemberName("ask")]
    Ask,

    /// <summary>An approver of the provider says yes.</summary>
    [JsonStringEnumMemberName("approve")]
    Approve,

    /// <summary>… wants another text.</summary>
    [JsonStringEnumMemberName("request-change")]
    RequestChange,

    /// <summary>… says no.</summary>
    [JsonStringEnumMemberName("refuse")]
    Refuse,

    /// <summary>The objection period of a standing approval ended in silence.</summary>
    [JsonStringEnumMemberName("pass")]
    Pass,

    /// <summary>The deadline ended in silence.</summary>
    [JsonStringEnumMemberName("expire")]
    Expire,

    /// <summary>Text or audience changed.</summary>
    [JsonStringEnumMemberName("revise")]
    Revise,

    /// <summary>The provider takes its provision back.</summary>
    [JsonStringEnumMemberName("withdraw")]
    Withdraw,
}

/// <summary>How a provider approves.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ApprovalMode>))]
public enum ApprovalMode
{
    /// <summary>Each case (the default).</summary>
    [JsonStringEnumMemberName("per-case")]
    PerCase,

    /// <summary>Standing, for listed classes of technical facts: silence until the end of the objection period is a yes, because it was signed.</summary>
    [JsonStringEnumMemberName("standing")]
    Standing,

    /// <summary>Urgent share (緊急共有) of the minimal set after a short objection window, for those who signed it.</summary>
    [JsonStringEnumMemberName("urgent")]
    Urgent,

    /// <summary>Recorded at intake: the help desk wrote down what the reporter allowed.</summary>
    [JsonStringEnumMemberName("at-intake")]
    AtIntake,
}

/// <summary>What may be published of a provision: apart from sharing (公表承認).</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PublicationApproval>))]
public enum PublicationApproval
{
    /// <summary>Not asked.</summary>
    [JsonStringEnumMemberName("not-asked")]
    NotAsked,

    /// <summary>Figures and the case (可).</summary>
    [JsonStringEnumMemberName("yes")]
    Yes,

    /// <summary>Figures only (統計のみ).</summary>
    [JsonStringEnumMemberName("statistics-only")]
    StatisticsOnly,

    /// <summary>Neither (不可).</summary>
    [JsonStringEnumMemberName("no")]
    No,
}

/// <summary>One provider's approval of its contribution to one draft. Immutable: each step writes a new version.</summary>
public sealed record Approval
{
    /// <summary>Id of the draft.</summary>
    public required string Draft { get; init; }

    /// <summary>Id of the organisation.</summary>
    public required string Organization { get; init; }

    /// <summary>Ids of its provisions in the draft, ordinal.</summary>
    public required IReadOnlyList<string> Provisions { get; init; }

    /// <summary>Ids of the users who handed them in: none of them may approve.</summary>
    public IReadOnlyList<string> Submitters { get; init; } = [];

    /// <summary>Mode.</summary>
    public required ApprovalMode Mode { get; init; }

    /// <summary>State.</summary>
    public ApprovalState State { get; init; }

    /// <summary>Hash of what was asked for: texts, marking, audience and own facts.</summary>
    public string? Hash { get; init; }

    /// <summary>When it was asked.</summary>
    public DateTimeOffset? AskedAt { get; init; }

    /// <summary>When it has to be answered.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>Id of who decided; null for silence.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>What the provider said to it: wishes, reason of a no.</summary>
    public string? Words { get; init; }

    /// <summary>When it was reminded.</summary>
    public IReadOnlyList<DateTimeOffset> Reminded { get; init; } = [];

    /// <summary>What may be published of it (公表承認): another question than sharing, void with the same changes.</summary>
    public PublicationApproval Publication { get; init; }

    /// <summary>Id of who decided about publication.</summary>
    public string? PublicationBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? PublicationAt { get; init; }

    /// <summary>The state that a verb leads to; null when it does not apply: the life cycle as a table.</summary>
    public static ApprovalState? After(ApprovalState state, ApprovalVerb verb) =>
        (state, verb) switch
        {
            (ApprovalState.Draft or ApprovalState.Expired, ApprovalVerb.Ask) => ApprovalState.Pending,
            (ApprovalState.Pending or ApprovalState.Expired, ApprovalVerb.Approve) => ApprovalState.Approved,
            (ApprovalState.Pending, ApprovalVerb.Pass) => ApprovalState.Approved,
            (ApprovalState.Pending or ApprovalState.Expired, ApprovalVerb.RequestChange) => ApprovalState.ChangesRequested,
            (ApprovalState.Pending or ApprovalState.Expired or ApprovalState.ChangesRequested, ApprovalVerb.Refuse) =>
                ApprovalState.Refused,
            (ApprovalState.Pending, ApprovalVerb.Expire) => ApprovalState.Expired,
            (ApprovalState.Withdrawn, ApprovalVerb.Revise) => null,
            (_, ApprovalVerb.Revise) => ApprovalState.Draft,
            (ApprovalState.Withdrawn, ApprovalVerb.Withdraw) => null,
            (_, ApprovalVerb.Withdraw) => ApprovalState.Withdrawn,
            _ => null,
        };

    /// <summary>The analyst asks for what the hash stands for.</summary>
    /// <exception cref="ApprovalRefusedException">It cannot be asked in this state.</exception>
    public Approval Ask(string hash, DateTimeOffset now, DateTimeOffset deadline) =>
        Step(ApprovalVerb.Ask) with
        {
            Hash = hash,
            AskedAt = now,
            Deadline = deadline,
            DecidedBy = null,
            DecidedAt = null,
            Words = null,
            Reminded = [],
        };

    /// <summary>An approver decides about what he has seen.</summary>
    /// <param name="verb"><see cref="ApprovalVerb.Approve"/>, <see cref="ApprovalVerb.RequestChange"/> or <see cref="ApprovalVerb.Refuse"/>.</param>
    /// <param name="by">Who.</param>
    /// <param name="seen">Hash of what he was shown.</param>
    /// <param name="words">What he says to it; a wish and a no need words.</param>
    /// <param name="now">When.</param>
    /// <exception cref="ApprovalRefusedException">He may not, he saw another version, or the state does not allow it.</exception>
    public Approval Decide(ApprovalVerb verb, string by, string seen, string? words, DateTimeOffset now)
    {
        if (verb is not (ApprovalVerb.Approve or ApprovalVerb.RequestChange or ApprovalVerb.Refuse))
        {
            throw new ArgumentOutOfRangeException(nameof(verb), verb, "An approver approves, asks for a change, or refuses.");
        }

        if (verb == ApprovalVerb.Approve && Submitters.Contains(by, StringComparer.Ordinal))
        {
            throw new ApprovalRefusedException(ApprovalProblem.ApproverIsSubmitter);
        }

        // Hashes are no secrets: an ordinary comparison does.
        if (!string.Equals(seen, Hash, StringComparison.Ordinal))
        {
            throw new ApprovalRefusedException(ApprovalProblem.OtherVersion);
        }

        if (verb != ApprovalVerb.Approve && string.IsNullOrWhiteSpace(words))
        {
            throw new ApprovalRefusedException(ApprovalProblem.WordsMissing);
        }

        return Step(verb) with
        {
            DecidedBy = by,
            DecidedAt = now,
            Words = words?.Trim(),
        };
    }

    /// <summary>An approver decides what may be published of what was approved for sharing.</summary>
    /// <param name="answer">Any but <see cref="PublicationApproval.NotAsked"/>.</param>
    /// <param name="by">Who; not who handed it in, when he allows something.</param>
    /// <param name="seen">Hash of what he was shown.</param>
    /// <param name="now">When.</param>
    /// <exception cref="ApprovalRefusedException">He may not, he saw another version, or it is not approved for sharing.</exception>
    public Approval Publish(PublicationApproval answer, string by, string seen, DateTimeOffset now)
    {
        if (answer == PublicationApproval.NotAsked)
        {
            throw new ArgumentOutOfRangeException(nameof(answer), answer, "Publication is allowed, allowed for figures, or not allowed.");
        }

        if (answer != PublicationApproval.No && Submitters.Contains(by, StringComparer.Ordinal))
        {
            throw new ApprovalRefusedException(ApprovalProblem.ApproverIsSubmitter);
        }

        if (State != ApprovalState.Approved)
        {
            throw new ApprovalRefusedException(ApprovalProblem.NotInThisState);
        }

        return string.Equals(seen, Hash, StringComparison.Ordinal)
            ? this with
            {
                Publication = answer,
                PublicationBy = by,
                PublicationAt = now,
            }
            : throw new ApprovalRefusedException(ApprovalProblem.OtherVersion);
    }

    /// <summary>What time does: silence is a yes only where that was signed.</summary>
    /// <param name="now">When.</param>
    /// <param name="signed">Whether the provider's signature that silence is a yes stands at that time: one that was taken back counts no more.</param>
    /// <returns>The new version; null when the deadline has not come or nothing is asked.</returns>
    public Approval? AtDeadline(DateTimeOffset now, bool signed = true)
    {
        if (State != ApprovalState.Pending || Deadline is not { } deadline || now < deadline)
        {
            return null;
        }

        var verb = signed && (Mode is ApprovalMode.Standing or ApprovalMode.Urgent) ? ApprovalVerb.Pass : ApprovalVerb.Expire;
        return Step(verb) with { DecidedBy = null, DecidedAt = now };
    }

    /// <summary>Whether half of the time is over and nobody was reminded yet.</summary>
    public bool ReminderDue(DateTimeOffset now) =>
        State == ApprovalState.Pending
        && Reminded.Count == 0
        && AskedAt is { } asked
        && Deadline is { } deadline
        && now < deadline
        && now - asked >= (deadline - asked) / 2;

    /// <summary>
    /// The draft has become another: an approval of something else is void, one of the same text and audience stands.
    /// </summary>
    public Approval Revised(string hash) =>
        State is ApprovalState.Withdrawn || string.Equals(hash, Hash, StringComparison.Ordinal)
            ? this
            : Step(ApprovalVerb.Revise) with
            {
                Hash = null,
                AskedAt = null,
                Deadline = null,
                DecidedBy = null,
                DecidedAt = null,
                Reminded = [],
                Publication = PublicationApproval.NotAsked,
                PublicationBy = null,
                PublicationAt = null,
            };

    /// <summary>The provider takes its provision back, before or after sharing.</summary>
    /// <exception cref="ApprovalRefusedException">It has done so already.</exception>
    public Approval Withdraw(string by, string? words, DateTimeOffset now) =>
        Step(ApprovalVerb.Withdraw) with
        {
            DecidedBy = by,
            DecidedAt = now,
            Words = words?.Trim(),
        };

    /// <summary>Whether the contribution with that hash may leave.</summary>
    public bool Allows(string hash) => State == ApprovalState.Approved && string.Equals(hash, Hash, StringComparison.Ordinal);

    private Approval Step(ApprovalVerb verb) =>
        After(State, verb) is { } next ? this with { State = next } : throw new ApprovalRefusedException(ApprovalProblem.NotInThisState);
}

/// <summary>Why a step of an approval is refused.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ApprovalProblem>))]
public enum ApprovalProblem
{
    /// <summary>The state does not allow it.</summary>
    [JsonStringEnumMemberName("not-in-this-state")]
    NotInThisState,

    /// <summary>Who handed in may not approve.</summary>
    [JsonStringEnumMemberName("approver-is-submitter")]
    ApproverIsSubmitter,

    /// <summary>The text or the audience has changed since it was shown.</summary>
    [JsonStringEnumMemberName("other-version")]
    OtherVersion,

    /// <summary>A wish or a no needs words.</summary>
    [JsonStringEnumMemberName("words-missing")]
    WordsMissing,
}

/// <summary>A step of an approval is refused; nothing was changed.</summary>
public sealed class ApprovalRefusedException : Exception
{
    /// <summary>Creates the exception without a reason.</summary>
    public ApprovalRefusedException() { }

    /// <summary>Creates the exception.</summary>
    public ApprovalRefusedException(string message)
        : base(message) { }

    /// <summary>Creates the exception with its cause.</summary>
    public ApprovalRefusedException(string message, Exception cause)
        : base(message, cause) { }

    /// <summary>Creates the exception.</summary>
    public ApprovalRefusedException(ApprovalProblem problem)
        : this(problem.ToString()) => Problem = problem;

    /// <summary>Why.</summary>
    public ApprovalProblem Problem { get; }
}
