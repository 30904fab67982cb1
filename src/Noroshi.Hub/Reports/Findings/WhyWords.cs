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
        ["payload.destination"] = new(
            new("不正接続先につながるリンクやファイルがある", "A link or file leads to a malicious destination"),
            null
        ),
        ["payload.link-file"] = new(new("ページを開くだけのショートカットがある", "A shortcut only opens a page"), new("弱い根拠", "weak")),
        ["payload.program-declared"] = new(
            new("実行ファイルであることを告げて送ってきた", "A program was sent and called one"),
            new("これだけでは攻撃としない", "not an attack by itself")
        ),
        ["payload.macro-declared"] = new(
            new("マクロがあることを告げて送ってきた", "A document with macros was sent and called so"),
            new("これだけでは攻撃としない", "not an attack by itself")
        ),
        ["payload.reported-mail"] = new(
            new("届いたメールを添付して知らせてきた", "Somebody shows a mail that he got"),
            new("これだけでは攻撃としない", "not an attack by itself")
        ),
        ["program-declared"] = new(
            new("実行ファイルやマクロがあることを告げて送ってきた", "A program or macros were sent and called so"),
            new("これだけでは攻撃としない", "not an attack by itself")
        ),
        ["encrypted-unopened"] = new(
            new("開けない書庫がある(未確認(暗号化))", "A locked archive could not be opened"),
            new("それだけでは攻撃の根拠としない", "no evidence of an attack by itself")
        ),
        ["topic-fit"] = new(
            new("添付ファイルの名前と話題の合い具合", "How well the attachment's name fits the topic"),
            new("参考", "for information")
        ),
        ["probable-join"] = new(
            new("同じ相手とみて、一つのやり取りにまとめた(推定)", "Joined as the same outsider (probable)"),
            new("30日以内の同じ相手", "same persona within 30 days")
        ),
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
