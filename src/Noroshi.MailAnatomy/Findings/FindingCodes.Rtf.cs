namespace Noroshi.MailAnatomy.Findings;

public static partial class FindingCodes
{
    /// <summary>Rich Text Format.</summary>
    public static class Rtf
    {
        /// <summary>The header is not as any program writes it.</summary>
        public static readonly FindingCode Header = new(
            "rtf.header",
            Severity.Suspicious,
            "RTFの先頭が規格と異なります。検査を避けつつWordでは開けるようにする手口で見られます。",
            "The RTF header is not the one of the standard; Word opens it all the same, scanners may not."
        );

        /// <summary>Hex data of an object broken up.</summary>
        public static readonly FindingCode Obfuscated = new(
            "rtf.obfuscated-object",
            Severity.Suspicious,
            "埋め込みオブジェクトのデータが、余分な制御語や空白などで読みにくくされています。",
            "The data of an embedded object are broken up by control words, groups or blanks so as not to be recognised."
        );

        /// <summary>An equation object, whose editor had holes.</summary>
        public static readonly FindingCode Equation = new(
            "rtf.equation",
            Severity.Suspicious,
            "数式エディターのオブジェクトが含まれています。既知の脆弱性の悪用によく使われます。",
            "The document holds an object of the equation editor, whose flaws are often exploited."
        );

        /// <summary>An object that updates itself at opening.</summary>
        public static readonly FindingCode AutoUpdate = new(
            "rtf.auto-update",
            Severity.Suspicious,
            "文書を開くと自動的に更新される埋め込みオブジェクトがあります。",
            "The document holds an object that updates itself at opening."
        );

        /// <summary>A linked object.</summary>
        public static readonly FindingCode LinkedObject = new(
            "rtf.linked-object",
            Severity.Suspicious,
            "外部のファイルにリンクしたオブジェクトがあります。",
            "The document holds an object that is linked to a file elsewhere."
        );

        /// <summary>Embedded objects.</summary>
        public static readonly FindingCode Object = new(
            "rtf.object",
            Severity.Note,
            "オブジェクトが埋め込まれています。",
            "The document holds embedded objects."
        );

        /// <summary>An object whose data make no sense.</summary>
        public static readonly FindingCode BrokenObject = new(
            "rtf.broken-object",
            Severity.Damaged,
            "埋め込みオブジェクトのデータが壊れています。",
            "The data of an embedded object are broken."
        );

        /// <summary>A template from elsewhere.</summary>
        public static readonly FindingCode RemoteTemplate = new(
            "rtf.remote-template",
            Severity.Suspicious,
            "文書を開くと、外部のサーバーからテンプレートを読み込みます。",
            "Opening the document loads a template from another server."
        );

        /// <summary>Pictures or the like from elsewhere.</summary>
        public static readonly FindingCode RemoteContent = new(
            "rtf.remote-content",
            Severity.Note,
            "外部にある画像などを参照しています。",
            "The document refers to pictures or the like outside itself."
        );

        /// <summary>Dynamic data exchange.</summary>
        public static readonly FindingCode Dde = new(
            "rtf.dde",
            Severity.Suspicious,
            "DDE（動的データ交換）により、ほかのプログラムを起動させる記述があります。",
            "The document asks another program to run by dynamic data exchange (DDE)."
        );

        /// <summary>A link whose scheme starts a program.</summary>
        public static readonly FindingCode OddLink = new(
            "rtf.odd-link",
            Severity.Suspicious,
            "文書のリンクに、プログラムやスクリプトを起動する特殊な形式のURLが使われています。",
            "A link of the document has an address that starts a program or a script."
        );

        /// <summary>Bytes behind the end.</summary>
        public static readonly FindingCode Trailing = new(
            "rtf.trailing",
            Severity.Note,
            "文書の終わりの後に、さらにデータが続いています。",
            "Data follow behind the end of the document."
        );

        /// <summary>Groups within groups beyond any writer.</summary>
        public static readonly FindingCode Limit = new(
            "limit.rtf",
            Severity.Limit,
            "RTFの入れ子やオブジェクトが異常に多いため、一部だけを調べました。",
            "The RTF has abnormally many nested groups or objects; only some were looked at."
        );
    }
}
