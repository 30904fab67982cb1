namespace Noroshi.MailAnatomy.Findings;

public static partial class FindingCodes
{
    /// <summary>Types of files by content, and names that pretend.</summary>
    public static class FileTypes
    {
        /// <summary>A second strong signature: programs disagree about what the file is.</summary>
        public static readonly FindingCode Polyglot = new(
            "type.polyglot",
            Severity.Suspicious,
            "一つのファイルが複数の形式を兼ねており、開くソフトによって別の内容になります。",
            "The file is of two formats at once; what it shows depends on the program that opens it."
        );

        /// <summary>A program that no system would load.</summary>
        public static readonly FindingCode OddProgram = new(
            "type.odd-program",
            Severity.Damaged,
            "プログラムの管理情報に、実行時にはあり得ない値があります。",
            "The headers of the program hold values that no loader accepts."
        );

        /// <summary>A compound file whose tables do not hold together.</summary>
        public static readonly FindingCode CompoundDamaged = new(
            "type.compound-damaged",
            Severity.Damaged,
            "複合ファイル（OLE）の管理情報に矛盾があり、読めた部分だけを調べました。",
            "The tables of the compound file contradict each other; what could be read was looked at."
        );

        /// <summary>A neighbouring format under a customary extension: RTF named .doc, HTML named .xls.</summary>
        public static readonly FindingCode OtherClothes = new(
            "type.other-clothes",
            Severity.Note,
            "拡張子とは別の形式ですが、同じソフトで開ける組み合わせで、通常の業務でも見られます。",
            "The format is not the one the extension names, but the same program opens it; honest files do this too."
        );

        /// <summary>A page that builds a file in the browser and saves it.</summary>
        public static readonly FindingCode HtmlSmuggling = new(
            "html.smuggling",
            Severity.Suspicious,
            "ページを開くと、内部のデータからファイルを組み立てて保存させる仕掛けがあります。",
            "The page builds a file from data inside it and has the browser save it."
        );
    }
}
