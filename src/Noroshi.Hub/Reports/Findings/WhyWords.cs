namespace Noroshi.Hub.Reports.Findings;

/// <summary>What a code of evidence means, and where its limit lies.</summary>
/// <param name="Title">What was seen.</param>
/// <param name="Limit">The limit or condition; null when there is none.</param>
internal sealed record WhyWord(Phrase Title, Phrase? Limit);

/// <summary>Sentences for the codes of an exchange's evidence.</summary>
internal static class WhyWords
{
    public static readonly Phrase OpensBefore = new("解凍できない", "does not open");
    public static readonly Phrase OpensAfter = new("解凍できる", "opens");

    private static readonly Dictionary<string, WhyWord> Known = new(StringComparer.Ordinal)
    {
        ["sequence"] = new(
            new("偵察に返信したあと、攻撃が届いた", "An attack followed a reply"),
            new("「高」とするための必須の条件", "required for “high”")
        ),
        ["latency.quick"] = new(
            new("返信への応答が非常に速い", "The outsider answered very quickly"),
            new("15分以内", "within 15 minutes")
        ),
        ["latency.prompt"] = new(new("返信への応答が速い", "The outsider answered promptly"), new("60分以内", "within 60 minutes")),
        ["latency.same-day"] = new(
            new("返信への応答が1日以内", "The outsider answered within a day"),
            new("24時間以内(弱い根拠)", "within 24 hours (weak)")
        ),
        ["adaptation"] = new(
            new(
                "「開けない」との回答に合わせ、同じ文書を別の形式で送り直した",
                "The same document came in another wrapping after “cannot open”"
            ),
            new("同じ文書と称し、形式・版・暗号化のいずれかが変わる", "same claimed document; container, version or encryption changes")
        ),
        ["environment-question"] = new(
            new("使っている解凍ソフトを尋ねた", "The outsider asked which unarchiver is used"),
            new("該当する語句の一致", "words that match")
        ),
        ["cannot-open"] = new(new("窓口が「開けない」と回答した", "The window answered that it could not open the file"), null),
        ["free-mail"] = new(
            new("相手のメールはすべてフリーメールから届いた", "All mails of the outsider came from free-mail"),
            new("弱い根拠(一般の利用者にも多い)", "weak: honest people use it too")
        ),
        ["payload.judged"] = new(new("標的型と判定済みのメール", "The mail is judged targeted"), null),
        ["payload.program"] = new(new("添付に実行できるファイルがある", "A file that runs is attached"), new("中身で判断", "by content")),
        ["payload.disguised"] = new(new("名前やアイコンを偽った実行ファイルがある", "A program pretends to be a document"), null),
        ["payload.document"] = new(new("文書に攻撃の仕掛けがある", "A document carries what runs or loads by itself"), null),
        ["payload.suspicious"] = new(new("文書に不審な点がある", "A document looks suspicious"), new("弱い根拠", "weak")),
    };

    private static readonly WhyWord LiveReason = new(new("攻撃が続くおそれがある", "An attack may follow"), null);

    /// <summary>The words of a code; a code that this table does not know stands for itself.</summary>
    public static WhyWord Of(string code) =>
        Known.TryGetValue(code, out var word) ? word
        : code == "live" || code.StartsWith("live.", StringComparison.Ordinal) ? LiveReason
        : new WhyWord(new(code, code), null);

    /// <summary>The codes that have words.</summary>
    internal static IReadOnlyCollection<string> Codes => Known.Keys;
}
