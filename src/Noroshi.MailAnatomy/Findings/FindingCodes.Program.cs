namespace Noroshi.MailAnatomy.Findings;

public static partial class FindingCodes
{
    /// <summary>Programs.</summary>
    public static class Program
    {
        /// <summary>Tables that lead nowhere.</summary>
        public static readonly FindingCode TablesDamaged = new(
            "program.tables-damaged",
            Severity.Damaged,
            "プログラムの表(インポート・エクスポート・リソース)に矛盾があり、読めた部分だけを調べました。",
            "Tables of the program (imports, exports, resources) contradict each other; what could be read was looked at."
        );

        /// <summary>No usable time of building.</summary>
        public static readonly FindingCode Stamp = new(
            "program.stamp",
            Severity.Note,
            "コンパイル日時が空か、あり得ない値です。",
            "The time stamp of the build is empty or impossible."
        );

        /// <summary>The checksum is wrong.</summary>
        public static readonly FindingCode Checksum = new(
            "program.checksum",
            Severity.Note,
            "ヘッダーのチェックサムが内容と一致しません。作成後に変更された可能性があります。",
            "The checksum in the header is not that of the content; the file may have been changed after it was built."
        );

        /// <summary>The Rich header lies.</summary>
        public static readonly FindingCode RichForged = new(
            "program.rich-forged",
            Severity.Suspicious,
            "ビルド環境の記録(Richヘッダー)のチェックサムが合わず、改変か偽装のおそれがあります。",
            "The record of the build tools (Rich header) does not fit its checksum; it was changed or forged."
        );

        /// <summary>A packer's sections.</summary>
        public static readonly FindingCode Packed = new(
            "program.packed",
            Severity.Note,
            "パッカーで圧縮または難読化されたプログラムです。",
            "The program is packed."
        );

        /// <summary>Code and writing in one section.</summary>
        public static readonly FindingCode WritableCode = new(
            "program.writable-code",
            Severity.Note,
            "実行領域に書き込みが許可されており、自己書き換えや展開を行う可能性があります。",
            "Code lies in writable memory; the program may unpack or rewrite itself."
        );

        /// <summary>The entry point is nowhere.</summary>
        public static readonly FindingCode EntryOutside = new(
            "program.entry-outside",
            Severity.Suspicious,
            "実行開始位置がどのセクションにも属していません。",
            "The entry point lies in no section."
        );

        /// <summary>An icon that lies.</summary>
        public static readonly FindingCode DocumentIcon = new(
            "program.document-icon",
            Severity.Suspicious,
            "プログラムなのに、文書やフォルダのアイコンを表示します。",
            "A program that shows the icon of a document or folder."
        );

        /// <summary>A program within.</summary>
        public static readonly FindingCode InnerProgram = new(
            "program.inner-program",
            Severity.Suspicious,
            "プログラムの中に別のプログラムが入っています。",
            "Another program is hidden inside the program."
        );

        /// <summary>A signature of something else.</summary>
        public static readonly FindingCode SignatureMismatch = new(
            "program.signature-mismatch",
            Severity.Suspicious,
            "電子署名の対象とファイルの内容が一致しません。署名後に改変されたか、他から写された署名です。",
            "The signature is not that of this file; the file was changed afterwards, or the signature was copied."
        );
    }
}
