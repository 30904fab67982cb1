namespace Noroshi.Hub.Reports.Findings;

/// <summary>Words that every page uses.</summary>
internal static class PageWords
{
    public static readonly Phrase Hub = new("のろし", "Noroshi");
    public static readonly Phrase HubSecond = new("Noroshi 分析結果", "analysis result");
    public static readonly Phrase Index = new("分析結果の一覧", "Analysis result");
    public static readonly Phrase BackToIndex = new("一覧へ戻る", "Back to the overview");
    public static readonly Phrase OtherLanguage = new("English", "日本語");
    public static readonly Phrase Identity = new(
        "この文書には、提供元が分かる情報が含まれる。組織の外へ出す前に、匿名化と提供元の承認が必要である。",
        "This document names providers. Before it leaves the organisation it has to be sanitised and approved by the providers."
    );
    public static readonly Phrase TimesNote = new("時刻は日本標準時(JST)。", "Times are Japan Standard Time (JST).");
    public static readonly Phrase Links = new(
        "URL・ホスト名・アドレスは、誤って開かないよう hxxp、[.] の形で示す。",
        "URLs, hosts and addresses are written hxxp and [.] so that nobody opens them by mistake."
    );
    public static readonly Phrase Scroll = new("横にスクロールできます", "Scroll sideways");
    public static readonly Phrase UnknownOrganization = new("組織不明", "unknown organisation");
    public static readonly Phrase UnknownWindow = new("窓口不明", "unknown window");
    public static readonly Phrase Organization = new("組織", "Organisation");
    public static readonly Phrase Window = new("窓口", "Window");
    public static readonly Phrase Period = new("期間", "Period");
    public static readonly Phrase Counts = new("件数", "Counts");
    public static readonly Phrase Case = new("事例", "Case");
    public static readonly Phrase Campaign = new("一連の攻撃", "Campaign");
    public static readonly Phrase Finding = new("分かったこと", "Finding");
    public static readonly Phrase Bits = new("根拠の強さ(ビット)", "Evidence strength (bits)");
    public static readonly Phrase Share = new("出現頻度", "Rarity");
    public static readonly Phrase Sum = new("合計", "Sum");
    public static readonly Phrase None = new("なし", "none");
    public static readonly Phrase Details = new("内訳を見る", "Show details");

    public static Phrase More(int count) =>
        new($"ほか{count}件は省略した(JSONに全件がある)。", $"{count} more are left out here (the JSON output has all).");

    public static Phrase Mails(int count) => new($"{count}通", count == 1 ? "1 mail" : $"{count} mails");

    public static Phrase Organizations(int count) => new($"{count}組織", count == 1 ? "1 organisation" : $"{count} organisations");

    public static Phrase Windows(int count) => new($"{count}窓口", count == 1 ? "1 window" : $"{count} windows");

    public static Phrase Exchanges(int count) => new($"{count}件のやり取り", count == 1 ? "1 exchange" : $"{count} exchanges");

    public static Phrase Tables(string rarity, string rules) =>
        new($"出現頻度の表: {rarity}、規則: {rules}", $"Rarity table: {rarity}; rules: {rules}");
}
