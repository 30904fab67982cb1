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
            new("不正接続先につながる", "It leads to a known malicious destination"),
            new("分析者または検体による観測", "observed by an analyst or in a sample")
        ),
        ["payload.link-file"] = new(
            new("リンクだけのファイルが添付されている", "A file that holds nothing but a link is attached"),
            new("弱い根拠", "weak")
        ),
        ["payload.program-declared"] = new(
            new("プログラムであることを告げて送られている", "A program is sent openly"),
            new("それだけでは攻撃としない", "no attack by itself")
        ),
        ["payload.macro-declared"] = new(
            new("マクロがあることを告げて送られている", "A document with macros is sent openly"),
            new("それだけでは攻撃としない", "no attack by itself")
        ),
        ["payload.reported-mail"] = new(
            new("相談のために転送された不審なメールがある", "A suspicious mail is passed on for advice"),
            new("それだけでは攻撃としない", "no attack by itself")
        ),
        ["program-declared"] = new(
            new("プログラムやマクロが添付されている(攻撃とは判断していない)", "A program or macro is attached (not taken for an attack)"),
            new("開く前に送り主へ確かめる", "check with the sender before it is opened")
        ),
        ["encrypted-unopened"] = new(
            new("暗号化されていて中身を確かめられない", "Locked; what is inside is not known"),
            new("未確認(暗号化)。それだけでは攻撃としない", "unverified (encrypted), no attack by itself")
        ),
        ["topic-fit"] = new(
            new("添付ファイルの名前が、やり取りの話題に合っていない", "The attachment's name does not fit the topic"),
            new("一致25%未満(弱い根拠)", "less than 25 % in common (weak)")
        ),
        ["probable-join"] = new(
            new("同じ相手とみられる別のメールを合わせた", "Mails of what appears to be the same person were joined"),
            new("30日以内、推定", "within 30 days, probable")
        ),
        ["linked"] = new(
            new("一連の攻撃に属する、または標的型と判定された相手である", "The sender belongs to a campaign or was judged targeted"),
            null
        ),
        ["live.resembles-known"] = new(
            new("最初のメールに、既知の偵察や一連の攻撃との共通点がある", "The first mail has much in common with what is known"),
            new("根拠の強さ 8 ビット以上", "8 bits or more")
        ),
        ["live.parallel"] = new(
            new("複数の窓口に、同時並行で最初のメールが届いた", "First mails came to several windows at nearly the same time"),
            new("2つ以上の窓口、60分以内", "two windows or more within 60 minutes")
        ),
        ["live.environment"] = new(
            new("受け取る側の環境を尋ねた", "The outsider asked about the recipient's environment"),
            new("該当する語句の一致", "words that match")
        ),
        ["payload.suspicious"] = new(new("文書に不審な点がある", "A document looks suspicious"), new("弱い根拠", "weak")),
    };

    /// <summary>The words of a code; a code that this table does not know stands for itself.</summary>
    public static WhyWord Of(string code) => Known.TryGetValue(code, out var word) ? word : new WhyWord(new(code, code), null);

    /// <summary>The codes that have words.</summary>
    internal static IReadOnlyCollection<string> Codes => Known.Keys;
}
