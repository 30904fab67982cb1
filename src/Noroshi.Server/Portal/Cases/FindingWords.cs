using Noroshi.Hub;
using Noroshi.Hub.Judgement;

namespace Noroshi.Server.Portal.Cases;

/// <summary>Words of cases, exchanges and campaigns.</summary>
internal static class FindingWords
{
    public static readonly Words CasesExplained = new(
        "分析者が事例としてまとめたものと、やり取り型の疑いがあるやり取りの一覧です。",
        "What analysts put together as cases, and the exchanges that may be conversational attacks."
    );
    public static readonly Words OpenCases = new("事例としてまとめたもの", "Cases");
    public static readonly Words NoCases = new(
        "事例はまだありません。受付一覧で受付を選び、「事例化」を押すと作られます。",
        "There are no cases yet. Choose rows of the intake list and press 'Open a case'."
    );
    public static readonly Words Exchanges = new("やり取りの一覧", "Exchanges");
    public static readonly Words NoExchanges = new(
        "知らせることのあるやり取りはまだありません。メールが提供されると、ここに現れます。",
        "No exchange has anything to tell yet. They appear here as mails are provided."
    );
    public static readonly Words CampaignsExplained = new(
        "同じ攻撃者によると思われるメールのまとまりです。名前を選ぶと、つながりの根拠を示します。",
        "Groups of mails that appear to be one attacker's. Choose one to see what the connection rests on."
    );
    public static readonly Words NoCampaigns = new(
        "つながりのあるメールはまだ見つかっていません。",
        "No connected mails have been found yet."
    );
    public static readonly Words Title = new("題名", "Title");
    public static readonly Words State = new("状態", "State");
    public static readonly Words Mails = new("メール", "Mails");
    public static readonly Words Changed = new("更新", "Changed");
    public static readonly Words Name = new("名前", "Name");
    public static readonly Words Organizations = new("組織", "Organisations");
    public static readonly Words Grade = new("疑い", "Suspicion");
    public static readonly Words Strength = new("根拠の強さ", "Strength");
    public static readonly Words Last = new("最後のメール", "Last mail");

    /// <summary>State of a case.</summary>
    public static Words Of(CaseState state) =>
        state switch
        {
            CaseState.Open => new("対応中", "open"),
            CaseState.Held => new("保留", "held"),
            CaseState.Excluded => new("対象外", "excluded"),
            CaseState.Merged => new("統合済み", "merged"),
            CaseState.Closed => new("終了", "closed"),
        };
}
