using Noroshi.Hub;
using Noroshi.Hub.Sharing;
using Noroshi.Server.Sharing;

namespace Noroshi.Server.Portal.Items;

/// <summary>Words of what was shared.</summary>
internal static class ItemsWords
{
    public static readonly Words Explained = new(
        "共有された注意喚起などを新しい順に示します。題名を選ぶと、対策と確認用の値を示します。",
        "What was shared, the newest first. Choose one for what to do and what to look for."
    );
    public static readonly Words Nothing = new("共有された情報はまだありません。", "Nothing has been shared yet.");
    public static readonly Words Title = new("題名", "Title");
    public static readonly Words Kind = new("種類", "Kind");
    public static readonly Words Shared = new("共有日時", "Shared");
    public static readonly Words Version = new("版", "Version");
    public static readonly Words Handling = new("取扱い", "Handling");
    public static readonly Words State = new("受信状況", "Your answer");
    public static readonly Words Retracted = new("取消し済み", "retracted");
    public static readonly Words RetractedNote = new(
        "この情報は取り消されました。以前の版に基づく対応を止めてください。",
        "This item was retracted. Stop acting on its earlier versions."
    );
    public static readonly Words Summary = new("概要", "Summary");
    public static readonly Words ToDo = new("対策・確認事項", "What to do");
    public static readonly Words Contact = new("問い合わせ先", "Contact");
    public static readonly Words Scope = new("展開可能範囲", "May be handed on to");
    public static readonly Words OwnOnly = new("自組織内のみ", "own organisation only");
    public static readonly Words GroupCompanies = new("登録済みのグループ会社", "registered group companies");
    public static readonly Words Contractors = new("秘密保持契約のある委託先", "contractors under confidentiality");
    public static readonly Words Expires = new("有効期限", "Expires");
    public static readonly Words Change = new("変更点", "What changed");
    public static readonly Words Indicators = new("確認用の値(無害化表記)", "Indicators (defanged)");
    public static readonly Words IndicatorsNote = new(
        "値は誤って開かないよう hxxp、[.] の形で示します。検索に使う元の値は、下のファイルにあります。",
        "Values are defanged here. The raw values for searching are in the files below."
    );
    public static readonly Words Value = new("値", "Value");
    public static readonly Words Role = new("役割", "Role");
    public static readonly Words Files = new("元の値のファイル", "Files with the raw values");
    public static readonly Words Csv = new("CSV(Excel)", "CSV");
    public static readonly Words Stix = new("STIX 2.1", "STIX 2.1");
    public static readonly Words Misp = new("MISP", "MISP");
    public static readonly Words Json = new("JSON", "JSON");
    public static readonly Words Exchange = new("メールのやり取り", "The exchange of mails");
    public static readonly Words Number = new("番号", "No.");
    public static readonly Words What = new("説明", "What happened");
    public static readonly Words Answer = new("受信状況の回答", "Did you receive it, too?");
    public static readonly Words AnswerExplained = new(
        "同じメールや通信が自組織にもあったかを回答してください。回答しないことは「受信なし」とは扱いません。",
        "Tell whether your organisation received the same. No answer is not counted as 'not seen'."
    );
    public static readonly Words Said = new("現在の回答", "Your answer now");
    public static readonly Words NotSaid = new("未回答", "not answered");
    public static readonly Words Looked = new("確認範囲・期間(受信なしでは必須)", "Range and period (needed for 'not seen')");
    public static readonly Words Seen = new("受信あり", "Seen");
    public static readonly Words NotSeen = new("受信なし", "Not seen");
    public static readonly Words Wrong = new(
        "回答は「受信あり」か「受信なし」です。何も変わっていません。",
        "The answer is 'seen' or 'not seen'; nothing was changed."
    );
    public static readonly Words Band = new("受信ありと回答した企業グループ", "Corporate groups that saw it");
    public static readonly Words More = new("表示しきれない値は下のファイルにあります。", "Further values are in the files below.");

    /// <summary>Kind of an item.</summary>
    public static Words Of(ItemKind kind) =>
        kind switch
        {
            ItemKind.Alert => new("注意喚起", "alert"),
            ItemKind.FirstNotice => new("第一報(分析中)", "first notice"),
            ItemKind.Case => new("事例", "case"),
            ItemKind.WindowMaterial => new("窓口向け資料", "material for windows"),
        };

    /// <summary>Kind of an indicator.</summary>
    public static Words Of(IndicatorKind kind) =>
        kind switch
        {
            IndicatorKind.Sender => new("差出人", "sender"),
            IndicatorKind.Ip => new("IPアドレス", "IP address"),
            IndicatorKind.Host => new("ホスト名", "host"),
            IndicatorKind.Url => new("URL", "URL"),
            IndicatorKind.Sha256 => new("SHA-256", "SHA-256"),
            IndicatorKind.Sha1 => new("SHA-1", "SHA-1"),
            IndicatorKind.Md5 => new("MD5", "MD5"),
            IndicatorKind.FileName => new("ファイル名", "file name"),
            IndicatorKind.Subject => new("件名", "subject"),
            IndicatorKind.MessageId => new("Message-ID", "Message-ID"),
        };

    /// <summary>Role of an indicator.</summary>
    public static Words Of(IndicatorRole role) =>
        role switch
        {
            IndicatorRole.Delivery => new("メールの配送", "delivery"),
            IndicatorRole.Sample => new("検体", "sample"),
            IndicatorRole.Destination => new("不正接続先", "destination"),
        };

    /// <summary>What a member said.</summary>
    public static Words Of(SightingKind kind) =>
        kind switch
        {
            SightingKind.Seen => Seen,
            SightingKind.NotSeen => NotSeen,
            SightingKind.Blocked => new("受信前に遮断", "blocked"),
            SightingKind.FalsePositive => new("誤検知", "false positive"),
        };
}
