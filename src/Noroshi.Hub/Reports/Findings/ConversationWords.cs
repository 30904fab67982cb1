using Noroshi.Hub.Conversations;
using Noroshi.Hub.Judgement;
using Noroshi.MailAnatomy;

namespace Noroshi.Hub.Reports.Findings;

/// <summary>Words of the page of an exchange.</summary>
internal static class ConversationWords
{
    public static readonly Phrase Flow = new("窓口ごとのやり取りの流れ", "The exchange, window by window");
    public static readonly Phrase Table1 = new("表1 メールのやり取りの流れ", "Table 1: the mails of the exchange");
    public static readonly Phrase Why = new("やり取り型と判断した理由", "Why it counts as conversational");
    public static readonly Phrase Reasons = new("評価の理由", "Reasons of the assessment");
    public static readonly Phrase HubView = new("ハブ用の詳細(外部には出さない)", "Hub view (not for others)");
    public static readonly Phrase Route = new("配送経路(届いたメール)", "Routes of the mails that came in");
    public static readonly Phrase Number = new("番号", "No.");
    public static readonly Phrase Kind = new("種別", "Kind");
    public static readonly Phrase Description = new("説明", "What happened");
    public static readonly Phrase Time = new("日時", "Time");
    public static readonly Phrase Gap = new("間隔", "After");
    public static readonly Phrase Seen = new("内容と検出", "What was found");
    public static readonly Phrase Stage = new("段階", "Stage");
    public static readonly Phrase Grade = new("やり取り型の疑い", "Suspicion");
    public static readonly Phrase Persona = new("相手", "Outsider");
    public static readonly Phrase Reason = new("理由", "Reason");
    public static readonly Phrase Expect = new("予想されること", "What to expect");
    public static readonly Phrase Lapses = new("期限", "Lapses");
    public static readonly Phrase SinceWhen = new("きっかけのメール", "Since the mail of");
    public static readonly Phrase WhatSeen = new("観測したこと", "What was seen");
    public static readonly Phrase LiveTitle = new(
        "警戒中: これから攻撃メールが届くおそれがある",
        "Live warning: an attack mail may follow"
    );
    public static readonly Phrase LiveDo = new(
        "次に届く添付ファイルやURLは開かず、情報ハブに連絡してください。返信は保留してください。",
        "Do not open the next attachment or link, hold back replies, and tell the hub."
    );
    public static readonly Phrase NoReasons = new("特別な理由はない。", "There is no particular reason.");
    public static readonly Phrase ReasonsAbove = new("警戒する理由は上に示した。", "The reason for the warning stands above.");
    public static readonly Phrase RulesNote = new(
        "しきい値は公開された規則による。強さは内訳に示す。",
        "The limits are those of the published rules; weights are under details."
    );
    public static readonly Phrase Quoted = new("引用で判明", "known from a quote");
    public static readonly Phrase Stated = new("申告", "stated");
    public static readonly Phrase FromMail = new("実メール", "mail");
    public static readonly Phrase Automatic = new("自動応答", "automatic");
    public static readonly Phrase LegendPrompt = new(
        "赤い太線=返信から60分以内の応答",
        "thick red line = answer within 60 minutes of a reply"
    );
    public static readonly Phrase LegendBreak = new("斜線=省略した時間", "hatched = time left out");
    public static readonly Phrase LegendQuoted = new("破線の輪郭=引用でのみ判明", "broken outline = known from a quote only");
    public static readonly Phrase LegendStated = new("点線の輪=申告による", "dotted ring = stated by somebody");
    public static readonly Phrase LegendSmall = new("小さい印=自動応答", "small mark = automatic");
    public static readonly Phrase AttackFirst = new("添付先行型", "attachment first");
    public static readonly Phrase UnknownHost = new("(名前なし)", "(no name)");
    public static readonly Phrase DelayUnknown = new("時間差不明", "delay unknown");
    public static readonly Phrase Sender = new("送信元", "sender");
    public static readonly Phrase HopLegend = new(
        "塗りつぶし=自組織側のサーバ(記録を信用できる)",
        "filled = own server (its record is believed)"
    );
    public static readonly Phrase Condition = new("目安", "Limit");
    public static readonly Phrase Subject = new("件名", "Subject");

    public static Phrase Title(int number) => new($"事例{number}", $"Case {number}");

    public static Phrase With(string organization, string window) =>
        new($"{organization} {window}とのやり取り", $"exchange with {organization}, {window}");

    public static Phrase TriedNote(string label, string program) =>
        new($"{label}の「{program}で解凍できる」は、実際に解凍して確かめた。", $"{label}: that it opens in {program} was tried.");

    public static Phrase InferredNote(string label, string program) =>
        new(
            $"{label}の「{program}で解凍できる」は、対応形式から推定した(実際の解凍は試していない)。",
            $"{label}: that it opens in {program} is inferred from the formats it supports; nobody tried it."
        );

    public static Phrase Role(MessageRole role) =>
        role switch
        {
            MessageRole.Reconnaissance => new("偵察", "reconnaissance"),
            MessageRole.Reply => new("返信", "reply"),
            MessageRole.Attack => new("攻撃", "attack"),
            MessageRole.Other => new("その他", "other"),
        };

    /// <summary>What stands in a mark.</summary>
    public static Phrase Letter(MessageRole role) =>
        role switch
        {
            MessageRole.Reconnaissance => new("偵", "Rc"),
            MessageRole.Reply => new("返", "Rp"),
            MessageRole.Attack => new("攻", "At"),
            MessageRole.Other => new("他", "Ot"),
        };

    public static Phrase Source(MessageSource source) =>
        source switch
        {
            MessageSource.Mail => FromMail,
            MessageSource.Quote => Quoted,
            MessageSource.Stated => Stated,
        };

    public static Phrase StageOf(ConversationStage stage) =>
        stage switch
        {
            ConversationStage.Reconnaissance => new("偵察のみ", "reconnaissance only"),
            ConversationStage.Replied => new("返信まで", "up to a reply"),
            ConversationStage.Attacked => new("攻撃あり", "attacked"),
        };

    public static Phrase GradeOf(Assessment assessment) =>
        assessment switch
        {
            Assessment.None => new("なし", "none"),
            Assessment.Low => new("低", "low"),
            Assessment.Medium => new("中", "medium"),
            Assessment.High => new("高", "high"),
            Assessment.Live => new("警戒中", "live"),
        };

    public static Phrase LiveReasonOf(LiveReason reason) =>
        reason switch
        {
            LiveReason.ResemblesKnown => new(
                "最初のメールに、既知の偵察または一連の攻撃との共通点がある",
                "The first mail has much in common with a known reconnaissance or campaign"
            ),
            LiveReason.Parallel => new(
                "複数の窓口に、同時並行で最初のメールが届いた",
                "First mails came to several windows at nearly the same time"
            ),
            LiveReason.Environment => new(
                "相手が、受け取る側の環境(解凍ソフトなど)を尋ねた",
                "The outsider asked about the recipient's environment"
            ),
        };

    public static Phrase IntentOf(Intent intent) =>
        intent switch
        {
            Intent.Inquiry => new("問い合わせ", "inquiry"),
            Intent.WindowCheck => new("窓口の確認", "asks for the right window"),
            Intent.Presence => new("在席確認", "asks whether somebody is there"),
            Intent.WhoElse => new("担当者・他窓口の聞き出し", "asks who else"),
            Intent.SendLater => new("後送の予告", "announces material"),
            Intent.CannotOpen => new("「開けない」の回答", "cannot open"),
            Intent.WhichUnarchiver => new("解凍ソフトの聞き出し", "asks for the unarchiver"),
            Intent.Environment => new("利用環境の聞き出し", "asks for the environment"),
            Intent.UnarchiverAnswer => new("解凍ソフトの回答", "names the unarchiver"),
            Intent.RefuseAttachment => new("添付の受け取りを断る", "refuses attachments"),
            Intent.Password => new("パスワードの通知", "gives a password"),
            Intent.ReSend => new("再送", "sends again"),
            Intent.Reminder => new("催促", "reminder"),
            Intent.Auto => new("自動応答", "automatic"),
        };

    public static Phrase TypeOf(FileType type) =>
        type switch
        {
            FileType.Other => new("その他", "other"),
            FileType.Office => new("Office文書", "Office document"),
            FileType.Justsystems => new("ジャストシステム文書", "JustSystems document"),
            FileType.Pdf => new("PDF", "PDF"),
            FileType.Executable => new("実行形式", "program"),
            FileType.Shortcut => new("ショートカット", "shortcut"),
            FileType.Script => new("スクリプト", "script"),
            FileType.Html => new("HTML", "HTML"),
            FileType.Image => new("画像", "image"),
            FileType.Mail => new("メール", "mail"),
            FileType.Archive => new("圧縮ファイル", "archive"),
            FileType.DiskImage => new("ディスクイメージ", "disk image"),
            FileType.EncryptedUnopened => new("未確認(暗号化)", "not opened (locked)"),
        };

    public static Phrase DisguiseOf(Disguise disguise) =>
        disguise switch
        {
            Disguise.Rlo => new("文字の並びの反転(RLO)", "reversed reading order (RLO)"),
            Disguise.DoubleExtension => new("二重拡張子", "double extension"),
            Disguise.Padding => new("空白で拡張子を隠す", "extension hidden by blanks"),
            Disguise.ExtensionMismatch => new("拡張子と中身の不一致", "extension and content disagree"),
            Disguise.Icon => new("アイコンの偽装", "false icon"),
            Disguise.Homograph => new("似た文字の使用", "look-alike letters"),
        };
}
