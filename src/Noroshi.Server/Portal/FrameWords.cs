using Noroshi.Hub;

namespace Noroshi.Server.Portal;

/// <summary>Words of the frame and of what every screen needs.</summary>
internal static class FrameWords
{
    public static readonly Words Hub = new("のろし", "Noroshi");
    public static readonly Words HubSecond = new("Noroshi 情報ハブ", "information hub");
    public static readonly Words Skip = new("本文へ移動", "Skip to the content");
    public static readonly Words Bar = new("主な画面", "Main screens");
    public static readonly Words Own = new("自組織の状況", "Our provisions");
    public static readonly Words AllProvisions = new("提供の状況", "Provisions");
    public static readonly Words Triage = new("受付一覧", "Intake list");
    public static readonly Words Cases = new("事例", "Cases");
    public static readonly Words Campaigns = new("一連の攻撃", "Campaigns");
    public static readonly Words Items = new("共有", "Shared");
    public static readonly Words Statistics = new("統計", "Statistics");
    public static readonly Words SignOut = new("サインアウト", "Sign out");
    public static readonly Words OtherLanguage = new("English", "日本語");
    public static readonly Words DemoLabel = new("デモについて", "About this demo");
    public static readonly Words Demo = new(
        "デモ: 組織・人物・メールはすべて架空です。実際の情報を入力しないでください。",
        "Demo: every organisation, person and mail is invented. Enter nothing real."
    );
    public static readonly Words Building = new("構築中です。しばらくすると増えます。", "It is still being built; more will come.");
    public static readonly Words TimesNote = new("時刻は日本標準時(JST)です。", "Times are Japan Standard Time (JST).");
    public static readonly Words LinksNote = new(
        "URL・ホスト名は、誤って開かないよう hxxp、[.] の形で示します。",
        "URLs and hosts are written hxxp and [.] so that nobody opens them by mistake."
    );
    public static readonly Words Next = new("次のページ", "Next page");
    public static readonly Words First = new("最初のページ", "First page");
    public static readonly Words Scroll = new("横にスクロールできます", "Scroll sideways");
    public static readonly Words Kept = new("保存されたもの", "What was kept");
    public static readonly Words Todo = new("次にすること", "What to do");
    public static readonly Words Back = new("はじめの画面へ", "To the first screen");
    public static readonly Words RequestId = new("お問い合わせ番号", "Request number");
}
