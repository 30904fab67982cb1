namespace Noroshi.MailAnatomy.Findings;

public static partial class FindingCodes
{
    /// <summary>Documents in compound files.</summary>
    public static class Compound
    {
        /// <summary>Offsets or counts of a property stream lie.</summary>
        public static readonly FindingCode PropertiesDamaged = new(
            "compound.properties-damaged",
            Severity.Damaged,
            "文書のプロパティの管理情報に矛盾があり、読めた項目だけを示しています。",
            "The tables of the document's properties contradict the bytes; what could be read is shown."
        );

        /// <summary>Bytes behind the last sector in use.</summary>
        public static readonly FindingCode TrailingData = new(
            "compound.trailing-data",
            Severity.Note,
            "複合ファイルの末尾に、どの構成要素にも属さないデータがあります。",
            "Behind the last part of the compound file there is data that belongs to none of its parts."
        );

        /// <summary>Entries nothing leads to.</summary>
        public static readonly FindingCode Orphan = new(
            "compound.orphan",
            Severity.Note,
            "複合ファイルの中に、通常の方法ではたどれない（見えない）データがあります。",
            "The compound file has data that no path leads to; programs do not show it."
        );

        /// <summary>More or larger objects inside than are handed on.</summary>
        public static readonly FindingCode InnerLimit = new(
            "compound.inner-limit",
            Severity.Limit,
            "埋め込まれたデータの数または合計サイズが上限に達したため、残りは調べていません。",
            "The number or total size of the objects inside reached its limit; the rest was not looked at."
        );

        /// <summary>An object of a class that exploits are known for.</summary>
        public static readonly FindingCode ExploitedClass = new(
            "compound.exploited-class",
            Severity.Suspicious,
            "脆弱性の悪用によく使われる種類のオブジェクト（数式エディターなど）が埋め込まれています。",
            "An object is embedded of a class that exploits often use, such as the equation editor."
        );

        /// <summary>A linked object that is fetched from elsewhere.</summary>
        public static readonly FindingCode RemoteLink = new(
            "compound.remote-link",
            Severity.Suspicious,
            "文書を開くと外部のサーバーからデータを読み込む設定のオブジェクトがあります。",
            "An object of the document is loaded from another machine when the document is opened."
        );

        /// <summary>A packaged file that the reader is meant to open by a click.</summary>
        public static readonly FindingCode Package = new(
            "compound.package",
            Severity.Note,
            "文書にファイルがそのまま埋め込まれており、クリックすると開きます。",
            "A file is packed into the document and opens when it is clicked."
        );
    }
}
