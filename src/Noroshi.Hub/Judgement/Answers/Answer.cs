using System.Text.Json;
using System.Text.Json.Serialization;

namespace Noroshi.Hub.Judgement.Answers;

/// <summary>The four answers to a window, the mildest first. None of them says that anything is safe.</summary>
public enum AnswerKind
{
    /// <summary>不審な点は見つかりませんでした(安全を保証するものではありません).</summary>
    [JsonStringEnumMemberName("nothing-found")]
    NothingFound,

    /// <summary>判定できません.</summary>
    [JsonStringEnumMemberName("cannot-tell")]
    CannotTell,

    /// <summary>返信を保留してください.</summary>
    [JsonStringEnumMemberName("hold-reply")]
    HoldReply,

    /// <summary>開かないでください.</summary>
    [JsonStringEnumMemberName("do-not-open")]
    DoNotOpen,
}

/// <summary>Whose word an answer is.</summary>
public enum AnswerBasis
{
    /// <summary>自動判定(暫定).</summary>
    [JsonStringEnumMemberName("automatic")]
    Automatic,

    /// <summary>分析者確認済み.</summary>
    [JsonStringEnumMemberName("analyst")]
    Analyst,
}

/// <summary>
/// One version of the answer to a provision. What its giver sees of it is made of <see cref="Kind"/>, <see cref="Basis"/>, <see cref="At"/>,
/// <see cref="Reasons"/> and <see cref="SameAs"/> alone: all of them words of a table, so that nothing of others can slip in.
/// </summary>
public sealed record Answer
{
    /// <summary>Answer.</summary>
    public required AnswerKind Kind { get; init; }

    /// <summary>Whose word.</summary>
    public required AnswerBasis Basis { get; init; }

    /// <summary>When it was given: the moment from which the giver may see it.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Codes of <see cref="AnswerReasons"/>, in the order of the table.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>Receipt code of the giver's own earlier provision that held the same mail; null when there is none.</summary>
    public string? SameAs { get; init; }

    /// <summary>Keys of the mails that it rests on, ordinal; for the hub.</summary>
    public IReadOnlyList<string> Mails { get; init; } = [];

    /// <summary>Id of the analyst; for the hub.</summary>
    public string? By { get; init; }

    /// <summary>The document.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, AnswerJson.Default.Answer);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="JsonException">It is not of this form.</exception>
    public static Answer FromJson(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, AnswerJson.Default.Answer) ?? throw new JsonException("an answer is null");

    /// <summary>The one that counts: the analyst's newest, else the newest. Versions come oldest first.</summary>
    public static Answer? Standing(IEnumerable<Answer> versions)
    {
        ArgumentNullException.ThrowIfNull(versions);
        Answer? standing = null;
        foreach (var version in versions)
        {
            if (standing is null || version.Basis >= standing.Basis)
            {
                standing = version;
            }
        }

        return standing;
    }

    /// <summary>Whether it says the same to its giver.</summary>
    public bool SaysTheSame(Answer other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Kind == other.Kind
            && Basis == other.Basis
            && string.Equals(SameAs, other.SameAs, StringComparison.Ordinal)
            && Reasons.SequenceEqual(other.Reasons, StringComparer.Ordinal);
    }
}

/// <summary>How answers are kept.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    MaxDepth = 8
)]
[JsonSerializable(typeof(Answer))]
internal sealed partial class AnswerJson : JsonSerializerContext;
