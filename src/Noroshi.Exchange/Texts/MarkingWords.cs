using System.Globalization;
using Noroshi.Hub.Sharing;

namespace Noroshi.Exchange.Texts;

/// <summary>How a marking reads. Every alert and every file prints it (business rules 8 and 9).</summary>
internal static class MarkingWords
{
    private static readonly TimeSpan Japan = TimeSpan.FromHours(9);

    /// <summary><c>TLP:AMBER+STRICT</c>.</summary>
    public static string Label(Tlp tlp) => "TLP:" + Marking.NameOf(tlp);

    /// <summary><c>PAP:GREEN</c>, as the taxonomy spells it.</summary>
    public static string Label(Pap pap) =>
        pap switch
        {
            Pap.Clear => "PAP:CLEAR",
            Pap.Green => "PAP:GREEN",
            Pap.Amber => "PAP:AMBER",
            Pap.Red => "PAP:RED",
        };

    /// <summary>What a receiver may do with it.</summary>
    public static BothLanguages Actions(Pap pap) =>
        pap switch
        {
            Pap.Clear => new("制限なし", "anything"),
            Pap.Green => new("攻撃者に知られない範囲の対応(遮断など)まで可", "actions that do not show to the attacker, blocking included"),
            Pap.Amber => new(
                "照合のみ可(遮断・外部サービスへの照会は不可)",
                "passive checks only; no blocking, no services of third parties"
            ),
            Pap.Red => new("自組織の機器上での自組織のログの確認のみ可", "own logs on own machines only"),
        };

    /// <summary>To whom it may be handed on (展開可能範囲).</summary>
    public static BothLanguages Redistribution(Marking marking) =>
        marking.Tlp == Tlp.Clear
            ? new("制限なし(公開可)", "no restriction (public)")
            : (marking.Redistribution.GroupCompanies, marking.Redistribution.Contractors) switch
            {
                (false, false) => new(
                    "受領組織内のみ(グループ会社・委託先への展開不可)",
                    "the receiving organisation only (no group companies, no contractors)"
                ),
                (true, false) => new(
                    "受領組織内および登録済みのグループ会社(委託先への展開不可)",
                    "the receiving organisation and its registered group companies (no contractors)"
                ),
                (false, true) => new(
                    "受領組織内および秘密保持契約のある委託先(グループ会社への展開不可)",
                    "the receiving organisation and contractors under confidentiality (no group companies)"
                ),
                (true, true) => new(
                    "受領組織内、登録済みのグループ会社および秘密保持契約のある委託先",
                    "the receiving organisation, its registered group companies and contractors under confidentiality"
                ),
            };

    /// <summary>Whether a receiver may say where it comes from.</summary>
    public static BothLanguages Source(Marking marking) =>
        marking.NameTheHub
            ? new("情報元として本ハブの名称を示すことができます。", "The hub may be named as the source.")
            : new("情報元を示さないでください。", "Do not name the source.");

    /// <summary>When it ends, as it is shown.</summary>
    public static BothLanguages Expiry(Marking marking)
    {
        var at = marking.ExpiresAt.ToOffset(Japan);
        return new(
            at.ToString("yyyy年M月d日 HH:mm'(日本時間)'", CultureInfo.InvariantCulture),
            at.ToString("yyyy-MM-dd HH:mm 'JST'", CultureInfo.InvariantCulture)
        );
    }

    /// <summary>When it ends, for machines: RFC 3339 in Japanese standard time.</summary>
    public static string ExpiryForMachines(Marking marking) =>
        marking.ExpiresAt.ToOffset(Japan).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary>The Japanese day of a moment, <c>2013-10-17</c>.</summary>
    public static string Day(DateTimeOffset at) => at.ToOffset(Japan).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
