using System.Text.Json.Serialization;

namespace Noroshi.Hub.Judgement;

/// <summary>Where the work on a case stands.</summary>
public enum CaseState
{
    /// <summary>Being worked on.</summary>
    [JsonStringEnumMemberName("open")]
    Open,

    /// <summary>Waits for something (保留).</summary>
    [JsonStringEnumMemberName("held")]
    Held,

    /// <summary>No case (対象外); the reason stands in the last comment.</summary>
    [JsonStringEnumMemberName("excluded")]
    Excluded,

    /// <summary>Part of another case (集約).</summary>
    [JsonStringEnumMemberName("merged")]
    Merged,

    /// <summary>Done.</summary>
    [JsonStringEnumMemberName("closed")]
    Closed,
}

/// <summary>A comment on a case, for the hub only.</summary>
/// <param name="By">Id of the analyst.</param>
/// <param name="At">When.</param>
/// <param name="Text">The words.</param>
public sealed record CaseComment(string By, DateTimeOffset At, string Text);

/// <summary>What somebody wants a case to become.</summary>
public enum CaseVerb
{
    /// <summary>Work on it again.</summary>
    [JsonStringEnumMemberName("reopen")]
    Reopen,

    /// <summary>Let it wait.</summary>
    [JsonStringEnumMemberName("hold")]
    Hold,

    /// <summary>It is none.</summary>
    [JsonStringEnumMemberName("exclude")]
    Exclude,

    /// <summary>It is done.</summary>
    [JsonStringEnumMemberName("close")]
    Close,
}

/// <summary>A case (事例) as the analysts keep it. Versions never change; undoing writes an earlier one anew.</summary>
public sealed record CaseFile
{
    /// <summary>Most mails, conversations or comments of one case.</summary>
    public const int Most = 10_000;

    /// <summary>Short name, for the hub only.</summary>
    public required string Title { get; init; }

    /// <summary>State.</summary>
    public CaseState State { get; init; }

    /// <summary>Keys of its mails, ordinal.</summary>
    public IReadOnlyList<string> Mails { get; init; } = [];

    /// <summary>Ids of its conversations, ordinal.</summary>
    public IReadOnlyList<string> Conversations { get; init; } = [];

    /// <summary>Ids of provisions that hold no mail, ordinal.</summary>
    public IReadOnlyList<string> Provisions { get; init; } = [];

    /// <summary>Id of the analyst who works on it; null when nobody does.</summary>
    public string? Assignee { get; init; }

    /// <summary>Comments, oldest first.</summary>
    public IReadOnlyList<CaseComment> Comments { get; init; } = [];

    /// <summary>Id of the case that it became part of.</summary>
    public string? MergedInto { get; init; }

    /// <summary>The state that a verb leads to; null when it does not apply: the life cycle as a table.</summary>
    public static CaseState? After(CaseState state, CaseVerb verb) =>
        (state, verb) switch
        {
            (CaseState.Open, CaseVerb.Hold) => CaseState.Held,
            (CaseState.Open or CaseState.Held, CaseVerb.Exclude) => CaseState.Excluded,
            (CaseState.Open or CaseState.Held, CaseVerb.Close) => CaseState.Closed,
            (CaseState.Held or CaseState.Excluded or CaseState.Closed, CaseVerb.Reopen) => CaseState.Open,
            _ => null,
        };

    /// <summary>
    /// Puts another case into this one (集約): what it holds is here once, in order; the other one stays and says where it went.
    /// </summary>
    /// <exception cref="InvalidOperationException">One of them is part of another case already, or it is too large.</exception>
    public (CaseFile Kept, CaseFile Gone) Merge(CaseFile other, string ownId)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (State == CaseState.Merged || other.State == CaseState.Merged)
        {
            throw new InvalidOperationException("A case that is part of another cannot be merged again.");
        }

        var kept = this with
        {
            Mails = Union(Mails, other.Mails),
            Conversations = Union(Conversations, other.Conversations),
            Provisions = Union(Provisions, other.Provisions),
            Comments = [.. Comments.Concat(other.Comments).Distinct().OrderBy(one => one.At).ThenBy(one => one.By, StringComparer.Ordinal)],
        };
        return kept.Mails.Count > Most || kept.Comments.Count > Most
            ? throw new InvalidOperationException($"A case holds at most {Most} mails and comments.")
            : (kept, other with { State = CaseState.Merged, MergedInto = ownId });
    }

    /// <summary>The union, ordinal.</summary>
    public static IReadOnlyList<string> Union(IReadOnlyList<string> some, IReadOnlyList<string> more) =>
        [.. some.Concat(more).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
