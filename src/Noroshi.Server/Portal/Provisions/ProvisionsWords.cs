using Noroshi.Hub;

namespace Noroshi.Server.Portal.Provisions;

/// <summary>Words of 自組織の状況.</summary>
internal static class ProvisionsWords
{
    public static readonly Words Explained = new(
        "提供いただいた情報が、いまどの段階にあるかを示します。番号は受付のときにお知らせしたものです。",
        "Where each of your provisions stands. The number is the one that you were given at reception."
    );
    public static readonly Words ExplainedHub = new(
        "参加組織から提供された情報が、いまどの段階にあるかを新しい順に示します。",
        "Where each provision stands, the newest first."
    );
    public static readonly Words Waiting = new("承認をお待ちしているもの", "Waiting for your approval");
    public static readonly Words Alerts = new("共有された注意喚起", "Alerts shared with you");
    public static readonly Words Unanswered = new("受信状況を未回答", "Not answered yet");
    public static readonly Words NewAlerts = new("新しい注意喚起", "New alerts");
    public static readonly Words AllAlerts = new("共有された情報をすべて見る", "All shared items");
    public static readonly Words NoAlerts = new("共有された注意喚起はまだありません。", "No alert has been shared yet.");
    public static readonly Words Table = new("提供した情報", "Provisions");
    public static readonly Words Number = new("受付番号", "Number");
    public static readonly Words Received = new("受付", "Received");
    public static readonly Words Organization = new("組織・窓口", "Organisation, window");
    public static readonly Words Steps = new("進み具合", "Progress");
    public static readonly Words Answer = new("回答", "Answer");
    public static readonly Words Mails = new("メール", "Mails");
    public static readonly Words Mail = new("メール", "Mail");
    public static readonly Words BeingAnalysed = new("分析中です。", "Being analysed.");
    public static readonly Words NoAnswer = new("回答の記録はありません。", "No answer is recorded.");
    public static readonly Words Nothing = new(
        "提供した情報はまだありません。不審なメールが届いたら、開かずに、提供用アドレスへ添付ファイルとして転送してください。",
        "Nothing has been provided yet. When a suspicious mail comes, do not open it; forward it as an attachment to your intake address."
    );
    public static readonly Words StepReceived = new("受付", "received");
    public static readonly Words StepAnalysed = new("分析", "analysed");
    public static readonly Words StepSanitised = new("匿名化", "sanitised");
    public static readonly Words StepApproved = new("承認", "approved");
    public static readonly Words StepShared = new("共有", "shared");
    public static readonly Words Done = new("済み", "done");
    public static readonly Words Not = new("まだ", "not yet");
    public static readonly Words Withdrawn = new("取下げ済み", "withdrawn");
    public static readonly Words Erased = new("保存期間終了により消去済み", "erased when its time ended");
    public static readonly Words Quarantined = new("担当者の確認待ち", "waiting for a person to look at it");
}
