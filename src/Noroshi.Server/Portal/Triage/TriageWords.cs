using Noroshi.Hub;
using Noroshi.Hub.Judgement;

namespace Noroshi.Server.Portal.Triage;

/// <summary>Words of the intake list.</summary>
internal static class TriageWords
{
    public static readonly Words Explained = new(
        "届いたメールを、ほぼ同じものを1行にまとめて新しい順に示します。行を選び、下の操作で判定します。",
        "What came in, the newest first, near-identical mails in one row. Choose rows and decide below."
    );
    public static readonly Words All = new("すべて", "All");
    public static readonly Words Undecided = new("未判定のみ", "Undecided only");
    public static readonly Words Filters = new("絞り込み", "Filter");
    public static readonly Words Choose = new("選択", "Choose");
    public static readonly Words Received = new("着信", "Received");
    public static readonly Words Subject = new("件名", "Subject");
    public static readonly Words From = new("差出人", "From");
    public static readonly Words Marks = new("特徴", "Marks");
    public static readonly Words Count = new("通数", "Mails");
    public static readonly Words Organizations = new("組織", "Organisations");
    public static readonly Words Decision = new("判定", "Verdict");
    public static readonly Words NoSubject = new("(件名なし)", "(no subject)");
    public static readonly Words Proposed = new("案", "proposed");
    public static readonly Words Nothing = new(
        "この条件に合う受付はありません。絞り込みを外すと、すべての受付を示します。",
        "No row fits. Remove the filter to see all of them."
    );
    public static readonly Words Acts = new("選んだ受付の操作", "What to do with the chosen rows");
    public static readonly Words CaseTitle = new("事例の題名(空欄なら最初の件名)", "Title of the case (empty: first subject)");
    public static readonly Words OpenCase = new("事例化", "Open a case");
    public static readonly Words Exclude = new("対象外", "Exclude");
    public static readonly Words As = new("対象外とする区分", "Exclude as");
    public static readonly Words Reason = new("理由(対象外では必須)", "Reason (needed to exclude)");
    public static readonly Words Hold = new("保留", "Hold");
    public static readonly Words TakeBack = new("元に戻す", "Undo");
    public static readonly Words Held = new("保留", "held");
    public static readonly Words Open = new("未判定", "undecided");
    public static readonly Words NothingChosen = new(
        "受付が選ばれていません。1件から40件までを選んでください。何も変わっていません。",
        "No row is chosen. Choose 1 to 40; nothing was changed."
    );
    public static readonly Words ReasonMissing = new(
        "対象外とする理由を書いてください。何も変わっていません。",
        "Say why the rows are excluded; nothing was changed."
    );
    public static readonly Words KindMissing = new(
        "対象外とする区分を選んでください。何も変わっていません。",
        "Choose what the rows are excluded as; nothing was changed."
    );

    /// <summary>A verdict.</summary>
    public static Words Of(Verdict verdict) =>
        verdict switch
        {
            Verdict.Unknown => new("判定不能", "cannot be told"),
            Verdict.Targeted => new("標的型攻撃メール", "targeted"),
            Verdict.MassMailed => new("ばらまき型", "mass-mailed"),
            Verdict.Spam => new("迷惑メール", "spam"),
            Verdict.Harmless => new("無害", "harmless"),
        };

    /// <summary>A chip.</summary>
    public static Words Of(Chip chip) =>
        chip switch
        {
            Chip.Conversational => new("やり取り型", "conversational"),
            Chip.Rlo => new("RLO", "RLO"),
            Chip.Lnk => new("LNK", "LNK"),
            Chip.Justsystems => new("一太郎", "Ichitaro"),
            Chip.LockedArchive => new("パスワード書庫", "locked archive"),
            Chip.Executable => new("実行ファイル", "program"),
            Chip.Campaign => new("一連の攻撃", "campaign"),
        };
}
