using Noroshi.Hub;

namespace Noroshi.Server.Portal.Figures;

/// <summary>Words of the figures' screen.</summary>
internal static class StatisticsWords
{
    public static readonly Words Explained = new(
        "期間ごとの統計値を、前の年の同じ期間と並べて示します。",
        "Figures of a period beside those of the year before."
    );
    public static readonly Words Period = new("期間(例 FY2013、FY2013Q3、2013-10)", "Period (FY2013, FY2013Q3, 2013-10)");
    public static readonly Words Show = new("表示", "Show");
    public static readonly Words Preliminary = new("速報値", "preliminary");
    public static readonly Words Final = new("確定値", "final");
    public static readonly Words Figure = new("項目", "Figure");
    public static readonly Words Value = new("値", "Value");
    public static readonly Words Of = new("母数", "Of");
    public static readonly Words Before = new("前年", "Year before");
    public static readonly Words Excluded = new("除いたもの", "Not counted");
    public static readonly Words Csv = new("CSVで保存", "Save as CSV");
    public static readonly Words Main = new("件数と割合", "Counts and shares");
    public static readonly Words Groups = new("業界別", "By industry group");
    public static readonly Words Group = new("業界", "Group");
    public static readonly Words Hidden = new("非公表", "not told");
    public static readonly Words NotFinal = new(
        "この期間の統計値はまだ確定していません。確定すると、ここに示します。",
        "The figures of this period are not final yet. They appear here when they are."
    );
    public static readonly Words WrongPeriod = new(
        "期間は FY2013、FY2013Q3、2013-10 のいずれかの形で入力してください。",
        "Write the period as FY2013, FY2013Q3 or 2013-10."
    );
    public static readonly Words Percent = new("%", "%");
    public static readonly Words Minutes = new("分", "min");
}
