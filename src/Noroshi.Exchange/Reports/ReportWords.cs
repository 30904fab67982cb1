using Noroshi.Hub;
using Noroshi.Hub.Reports.Documents;
using Noroshi.Hub.Statistics;

namespace Noroshi.Exchange.Reports;

/// <summary>What formats add of their own: names of what they print, never anything about the content.</summary>
internal static class ReportWords
{
    public static readonly Words Skip = new("本文へ", "Skip to the content");
    public static readonly Words Contents = new("目次", "Contents");
    public static readonly Words Footnotes = new("脚注", "Footnotes");
    public static readonly Words Back = new("本文に戻る", "Back to the text");
    public static readonly Words Contacts = new("お問い合わせ先", "Contacts");
    public static readonly Words Definitions = new("数値の定義", "Definitions of the figures");
    public static readonly Words DefinitionsLead = new(
        "本文と表の数値は、次の定義によって集計しています。",
        "The numbers in the text and the tables are counted by these definitions."
    );
    public static readonly Words Number = new("数値", "Number");
    public static readonly Words Definition = new("定義", "Definition");
    public static readonly Words Made = new("算出", "From");
    public static readonly Words Population = new("母集団", "Population");
    public static readonly Words LeftOut = new("除外", "Left out");
    public static readonly Words Version = new("区分の版", "Categories");
    public static readonly Words StateName = new("状態", "State");
    public static readonly Words Data = new("図の数値", "Numbers of the figure");
    public static readonly Words CaseList = new("事例の一覧", "list of cases");
    public static readonly Words Table = new("表", "table");
    public static readonly Words Download = new("データ", "Data");
    public static readonly Words Scroll = new("横に動かして読めます", "Scroll sideways to read");
    public static readonly Words Period = new("対象期間", "Period");
    public static readonly Words Issued = new("発行", "Issued by");
    public static readonly Words On = new("発行日", "Date");
    public static readonly Words Handling = new("取扱い", "Handling");
    public static readonly Words NotTold = new("非公表", "not told");
    public static readonly Words Unknown = new("-", "-");
    public static readonly Words Id = new("指標", "Figure");
    public static readonly Words Numerator = new("分子", "Numerator");
    public static readonly Words Denominator = new("分母", "Denominator");
    public static readonly Words Unit = new("単位", "Unit");
    public static readonly Words Value = new("値", "Value");
    public static readonly Words NoPicture = new(
        "この図の画像は作成できなかったため、数値を表で示します。",
        "The picture of this figure could not be made; its numbers are in the table."
    );

    private static readonly Dictionary<string, Words> Units = new(StringComparer.Ordinal)
    {
        ["organization"] = new("組織", "organisations"),
        ["group"] = new("業界", "industries"),
        ["provision"] = new("件", "provisions"),
        ["sharedItem"] = new("件", "items"),
        ["mail"] = new("通", "mails"),
        ["judgedMail"] = new("件", "mails"),
        ["uniqueMail"] = new("種類", "different mails"),
        ["sample"] = new("検体", "samples"),
        ["destination"] = new("件", "destinations"),
        ["case"] = new("件", "cases"),
        ["day"] = new("日", "days"),
        ["window"] = new("窓口", "windows"),
        ["address"] = new("宛先", "addresses"),
        ["minute"] = new("分", "minutes"),
        ["percent"] = new("%", "%"),
    };

    private static readonly Dictionary<string, Words> Reasons = new(StringComparer.Ordinal)
    {
        ["senderUnknown"] = new("送信元が不明", "sender unknown"),
        ["noAttachment"] = new("添付ファイルなし", "no attachment"),
        ["analyst"] = new("分析者が対象外と判断", "taken out by an analyst"),
        ["erased"] = new("保存期間の終了", "retention ended"),
        ["desk"] = new("相談窓口", "help desk"),
        ["hub"] = new("ハブ自身", "the hub itself"),
        ["repeat"] = new("同じ情報の再提供", "repeats"),
        ["addition"] = new("追加提供", "additions"),
        ["sameInProvision"] = new("同じ提供の中の同じメール", "the same within a provision"),
    };

    /// <summary>Whether figures may still change.</summary>
    public static Words State(StatisticState state) =>
        state switch
        {
            StatisticState.Preliminary => new Words("速報値", "Preliminary"),
            StatisticState.Final => new Words("確定値", "Final"),
        };

    /// <summary>A unit; its code where nothing is known of it.</summary>
    public static string UnitOf(string code, bool ja) => Units.TryGetValue(code, out var words) ? words.In(ja) : code;

    /// <summary>A reason; its code where nothing is known of it.</summary>
    public static string ReasonOf(string code, bool ja) => Reasons.TryGetValue(code, out var words) ? words.In(ja) : code;

    /// <summary>A population in words; its code where nothing is known of it.</summary>
    public static string PopulationOf(Statistic figure, bool ja) =>
        StatisticDefinitions.Knows(figure.Id) ? StatisticDefinitions.Of(figure.Id).Of.In(ja)
        : figure.Population == "caseList" ? CaseList.In(ja)
        : figure.Population;

    /// <summary>What kind of report it is, for the properties of files.</summary>
    public static Words FormOf(ReportForm form) =>
        form switch
        {
            ReportForm.Activity => new Words("活動レポート", "Activity report"),
            ReportForm.Quarterly => new Words("四半期レポート", "Quarterly report"),
            ReportForm.PressRelease => new Words("プレス発表", "Press release"),
            ReportForm.Dossier => new Words("一連の攻撃の記録", "Campaign dossier"),
            ReportForm.IssuerProfile => new Words("発行者の概要", "Issuer profile"),
        };
}
