using System.Text.Json.Serialization;

namespace Noroshi.Hub.Sharing;

/// <summary>Where the word to the owner of a hijacked site stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SiteNoticeState>))]
public enum SiteNoticeState
{
    /// <summary>Being written.</summary>
    [JsonStringEnumMemberName("draft")]
    Draft,

    /// <summary>A second analyst agreed.</summary>
    [JsonStringEnumMemberName("approved")]
    Approved,

    /// <summary>Told to the owner, by whatever way reached him.</summary>
    [JsonStringEnumMemberName("told")]
    Told,

    /// <summary>The owner stopped it.</summary>
    [JsonStringEnumMemberName("stopped")]
    Stopped,

    /// <summary>Given up: nobody could be reached, or the site is gone.</summary>
    [JsonStringEnumMemberName("closed")]
    Closed,
}

/// <summary>What somebody does with it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SiteNoticeVerb>))]
public enum SiteNoticeVerb
{
    /// <summary>Writes other words: the approval is void.</summary>
    [JsonStringEnumMemberName("revise")]
    Revise,

    /// <summary>Agrees; not who wrote it.</summary>
    [JsonStringEnumMemberName("approve")]
    Approve,

    /// <summary>Has told the owner, or tells him once more.</summary>
    [JsonStringEnumMemberName("tell")]
    Tell,

    /// <summary>Notes what happened.</summary>
    [JsonStringEnumMemberName("note")]
    Note,

    /// <summary>Has seen that it is stopped.</summary>
    [JsonStringEnumMemberName("stop")]
    Stop,

    /// <summary>Sees it active once more.</summary>
    [JsonStringEnumMemberName("reopen")]
    Reopen,

    /// <summary>Gives up.</summary>
    [JsonStringEnumMemberName("close")]
    Close,
}

/// <summary>A line of the log.</summary>
/// <param name="At">When.</param>
/// <param name="By">Id of who did it.</param>
/// <param name="Verb">What.</param>
/// <param name="Words">What happened: whom one spoke to, what the owner said.</param>
public sealed record SiteNoticeLine(DateTimeOffset At, string By, SiteNoticeVerb Verb, string Words);

/// <summary>
/// Word to the owner of a legitimate site that was hijacked as a malicious destination: written, approved by a second person, told, and followed
/// until it is stopped. It names the site and what was seen there, never who was attacked.
/// </summary>
public sealed record SiteNotice
{
    /// <summary>Host.</summary>
    public required string Host { get; init; }

    /// <summary>Words to the owner.</summary>
    public required BothLanguages Text { get; init; }

    /// <summary>Id of who wrote the words.</summary>
    public required string By { get; init; }

    /// <summary>State.</summary>
    public SiteNoticeState State { get; init; }

    /// <summary>What was done, oldest first.</summary>
    public IReadOnlyList<SiteNoticeLine> Log { get; init; } = [];

    /// <summary>The words that the facts suggest. Always hedged: the site is the victim of the attacker, too.</summary>
    /// <param name="host">Host.</param>
    /// <param name="seenOn">Day on which it was seen, JST.</param>
    public static BothLanguages Suggested(string host, DateOnly seenOn) =>
        new(
            string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"貴サイト({host})が、{seenOn:yyyy年M月d日}の時点で、標的型攻撃に用いられた不正プログラムの接続先として悪用されていたと思われます。改ざんや不審なファイルの有無、管理用アカウントの不正な利用がないかをご確認ください。ご確認の結果をお知らせいただければ幸いです。"
            ),
            string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"Your site ({host}) appears to have been abused, as of {seenOn:yyyy-MM-dd}, as a place that malware of a targeted attack connects to. Please look for altered or unknown files and for misuse of administrative accounts. We would be glad to hear what you find."
            )
        );

    /// <summary>The state that a verb leads to; null when it does not apply: the life cycle as a table.</summary>
    public static SiteNoticeState? After(SiteNoticeState state, SiteNoticeVerb verb) =>
        (state, verb) switch
        {
            (SiteNoticeState.Draft or SiteNoticeState.Approved, SiteNoticeVerb.Revise) => SiteNoticeState.Draft,
            (SiteNoticeState.Draft, SiteNoticeVerb.Approve) => SiteNoticeState.Approved,
            (SiteNoticeState.Approved or SiteNoticeState.Told, SiteNoticeVerb.Tell) => SiteNoticeState.Told,
            (SiteNoticeState.Told, SiteNoticeVerb.Stop) => SiteNoticeState.Stopped,
            (SiteNoticeState.Stopped, SiteNoticeVerb.Reopen) => SiteNoticeState.Told,
            (SiteNoticeState.Draft or SiteNoticeState.Approved or SiteNoticeState.Told, SiteNoticeVerb.Close) => SiteNoticeState.Closed,
            (SiteNoticeState.Closed, SiteNoticeVerb.Reopen) => SiteNoticeState.Draft,
            (_, SiteNoticeVerb.Note) => state,
            _ => null,
        };

    /// <summary>Takes a step.</summary>
    /// <param name="verb">What.</param>
    /// <param name="by">Who.</param>
    /// <param name="words">What happened; new words are handed in beside.</param>
    /// <param name="now">When.</param>
    /// <param name="text">New words, for <see cref="SiteNoticeVerb.Revise"/>.</param>
    /// <returns>Null when the state does not allow it, or when who wrote the words would approve them.</returns>
    public SiteNotice? Step(SiteNoticeVerb verb, string by, string words, DateTimeOffset now, BothLanguages? text = null) =>
        After(State, verb) is not { } next || (verb == SiteNoticeVerb.Approve && string.Equals(By, by, StringComparison.Ordinal))
            ? null
            : this with
            {
                State = next,
                Text = verb == SiteNoticeVerb.Revise && text is not null ? text : Text,
                By = verb == SiteNoticeVerb.Revise ? by : By,
                Log = [.. Log, new SiteNoticeLine(now, by, verb, words)],
            };
}
