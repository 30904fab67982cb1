namespace Noroshi.MailAnatomy.Findings;

public static partial class FindingCodes
{
    /// <summary>Office Open XML and OpenDocument packages.</summary>
    public static class OpenXml
    {
        /// <summary>A template from elsewhere.</summary>
        public static readonly FindingCode RemoteTemplate = new(
            "ooxml.remote-template",
            Severity.Suspicious,
            "文書を開くと、外部のサーバーからテンプレートを読み込みます。",
            "Opening the document loads a template from another server."
        );

        /// <summary>An object, frame or document part from elsewhere.</summary>
        public static readonly FindingCode RemoteObject = new(
            "ooxml.remote-object",
            Severity.Suspicious,
            "文書を開くと、外部にあるオブジェクトや文書を読み込みます。",
            "Opening the document loads an object or another document from outside."
        );

        /// <summary>Pictures, media or workbooks from elsewhere.</summary>
        public static readonly FindingCode RemoteContent = new(
            "ooxml.remote-content",
            Severity.Note,
            "外部にある画像やブックなどを参照しています。",
            "The document refers to pictures, workbooks or the like outside itself."
        );

        /// <summary>A link whose scheme starts a program or runs a script.</summary>
        public static readonly FindingCode OddLink = new(
            "ooxml.odd-link",
            Severity.Suspicious,
            "文書のリンクに、プログラムやスクリプトを起動する特殊な形式のURLが使われています。",
            "A link of the document has an address that starts a program or a script."
        );

        /// <summary>Dynamic data exchange.</summary>
        public static readonly FindingCode Dde = new(
            "ooxml.dde",
            Severity.Suspicious,
            "DDE（動的データ交換）により、ほかのプログラムを起動させる記述があります。",
            "The document asks another program to run by dynamic data exchange (DDE)."
        );

        /// <summary>Excel 4.0 macro sheets.</summary>
        public static readonly FindingCode MacroSheet = new(
            "ooxml.macro-sheet",
            Severity.Suspicious,
            "Excel 4.0マクロのシートが含まれています。",
            "The workbook holds a sheet of Excel 4.0 macros."
        );

        /// <summary>Sheets that only a macro can show.</summary>
        public static readonly FindingCode HiddenSheet = new(
            "ooxml.hidden-sheet",
            Severity.Note,
            "通常の操作では表示できないシートがあります。",
            "The workbook has a sheet that cannot be shown by ordinary means."
        );

        /// <summary>A defined name that runs at opening.</summary>
        public static readonly FindingCode AutoName = new(
            "ooxml.auto-name",
            Severity.Suspicious,
            "ブックを開いたときなどに自動実行される名前（Auto_Openなど）が定義されています。",
            "The workbook defines a name that runs by itself, such as Auto_Open."
        );

        /// <summary>A ribbon that calls a macro as it loads.</summary>
        public static readonly FindingCode RibbonCallback = new(
            "ooxml.ribbon-callback",
            Severity.Note,
            "リボンの読み込み時にマクロを呼び出す設定があります。",
            "The ribbon of the document calls a macro as it loads."
        );

        /// <summary>ActiveX controls.</summary>
        public static readonly FindingCode ActiveX = new(
            "ooxml.activex",
            Severity.Note,
            "ActiveXコントロールが含まれています。",
            "The document holds ActiveX controls."
        );

        /// <summary>A slide that runs a program.</summary>
        public static readonly FindingCode RunAction = new(
            "ooxml.run-action",
            Severity.Suspicious,
            "クリックやマウスの移動でプログラムやマクロを実行する設定があります。",
            "A click or a move of the mouse runs a program or a macro."
        );

        /// <summary>Another document imported at opening.</summary>
        public static readonly FindingCode AltChunk = new(
            "ooxml.alt-chunk",
            Severity.Note,
            "開いたときに取り込まれる別形式の文書が埋め込まれています。",
            "Another document is embedded that is taken in at opening."
        );

        /// <summary>The declared main part is not there.</summary>
        public static readonly FindingCode PartMissing = new(
            "ooxml.part-missing",
            Severity.Damaged,
            "文書の本体となる部分が見つかりません。",
            "The main part of the document is missing."
        );

        /// <summary>Macros in a type that must not have any.</summary>
        public static readonly FindingCode MacroInPlain = new(
            "ooxml.macro-in-plain",
            Severity.Suspicious,
            "マクロなしの形式と宣言されていますが、マクロが入っています。",
            "The document says it is of a type without macros, yet a macro project is inside."
        );

        /// <summary>A macro that runs at opening (OpenDocument events).</summary>
        public static readonly FindingCode AutoScript = new(
            "odf.auto-script",
            Severity.Suspicious,
            "文書を開いたときなどに、マクロが自動的に実行されます。",
            "A macro runs by itself when the document is opened or otherwise used."
        );

        /// <summary>DTD or entities in XML.</summary>
        public static readonly FindingCode Entities = new(
            "ooxml.xml-entities",
            Severity.Suspicious,
            "文書内のXMLに、通常は使われない文書型宣言や実体があります。その部分は読んでいません。",
            "XML of the document declares a document type or entities, which Office never writes; that part was not read."
        );

        /// <summary>XML that does not follow the rules.</summary>
        public static readonly FindingCode XmlBroken = new(
            "ooxml.xml-broken",
            Severity.Damaged,
            "文書内のXMLが途中から読めません。",
            "XML of the document cannot be read from some point on."
        );

        /// <summary>XML beyond any honest size.</summary>
        public static readonly FindingCode XmlLimit = new(
            "limit.document-xml",
            Severity.Limit,
            "文書内のXMLが上限を超えて大きいか複雑なため、先頭部分だけを調べました。",
            "XML of the document is too large or too intricate; only its beginning was looked at."
        );

        /// <summary>Very many parts.</summary>
        public static readonly FindingCode PartLimit = new(
            "limit.document-parts",
            Severity.Limit,
            "文書を構成する部分が多いため、一部だけを調べました。",
            "The document has very many parts; only some were looked at."
        );

        /// <summary>Part names that point elsewhere or come twice.</summary>
        public static readonly FindingCode PartName = new(
            "ooxml.part-name",
            Severity.Suspicious,
            "文書を構成する部分の名前が重複しているか、文書の外を指しています。",
            "A part of the document has a name that comes twice or points outside the document."
        );

        /// <summary>Backslashes.</summary>
        public static readonly FindingCode Backslash = new(
            "ooxml.backslash",
            Severity.Note,
            "文書を構成する部分の名前に、規格では使えない円記号（\\）の区切りが使われています。",
            "Part names of the document are written with backslashes, which the standard does not allow."
        );

        /// <summary>An OpenDocument file under a password.</summary>
        public static readonly FindingCode OpenDocumentLocked = new(
            "odf.locked",
            Severity.Note,
            "OpenDocument文書がパスワードで暗号化されています。この方式の解除には対応していないため、内容は調べていません。",
            "The OpenDocument file is locked by a password. This lock is not opened, so its content was not looked at."
        );

        /// <summary>Parts that need a password.</summary>
        public static readonly FindingCode PartLocked = new(
            "ooxml.part-locked",
            Severity.Suspicious,
            "文書を構成する部分の一部に暗号化の印が付いており、読めません。",
            "Some part of the document is marked as encrypted and cannot be read."
        );
    }
}
