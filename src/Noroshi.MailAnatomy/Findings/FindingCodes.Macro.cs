namespace Noroshi.MailAnatomy.Findings;

public static partial class FindingCodes
{
    /// <summary>Macros of documents.</summary>
    public static class Macro
    {
        /// <summary>Streams of a project cannot be unpacked.</summary>
        public static readonly FindingCode Damaged = new(
            "macro.damaged",
            Severity.Damaged,
            "マクロの管理情報が壊れており、読めた部分だけを調べました。",
            "The tables of the macro project are damaged; what could be read was looked at."
        );

        /// <summary>A procedure that Office runs by itself.</summary>
        public static readonly FindingCode AutoRun = new(
            "macro.auto-run",
            Severity.Note,
            "文書を開く・閉じるなどの操作で自動的に実行されるマクロがあります。",
            "A macro runs by itself when the document is opened, closed or shown."
        );

        /// <summary>Runs by itself, and runs programs or fetches files.</summary>
        public static readonly FindingCode AutoRunProgram = new(
            "macro.auto-run-program",
            Severity.Suspicious,
            "自動的に実行されるマクロが、プログラムの起動や外部からの取得など、通常の業務ではまれな機能を使います。",
            "A macro that runs by itself starts programs, fetches files or uses other means seldom needed in an office."
        );

        /// <summary>Runs programs or fetches files when somebody starts it.</summary>
        public static readonly FindingCode Calls = new(
            "macro.calls",
            Severity.Note,
            "マクロが、プログラムの起動や外部からの取得などの機能を使います。",
            "A macro starts programs, fetches files or reaches into the system."
        );

        /// <summary>Strings taken apart.</summary>
        public static readonly FindingCode Obfuscated = new(
            "macro.obfuscated",
            Severity.Suspicious,
            "マクロの文字列が細かく分割・変換されており、内容を隠そうとしています。",
            "Strings of the macro are taken apart or turned around to hide what it does."
        );

        /// <summary>A compiled form without its source.</summary>
        public static readonly FindingCode SourceRemoved = new(
            "macro.source-removed",
            Severity.Suspicious,
            "マクロのソースコードが消されており、コンパイル済みの形だけが残っています。検査を避ける手口です。",
            "The source of the macro was taken out and only its compiled form is left, a way to escape inspection."
        );

        /// <summary>Names that only the compiled form has.</summary>
        public static readonly FindingCode CacheDiffers = new(
            "macro.cache-differs",
            Severity.Note,
            "コンパイル済みのマクロにだけ、自動実行される手続きの名前があります。編集の名残か、ソースの差し替えです。",
            "The compiled macro names a procedure that runs by itself and that the source lacks: a trace of editing, or an exchanged source."
        );

        /// <summary>The project cannot be viewed without more ado.</summary>
        public static readonly FindingCode Protected = new(
            "macro.protected",
            Severity.Note,
            "マクロのプロジェクトが、パスワードなどで表示できないように保護されています。",
            "The macro project is protected against viewing, by a password or otherwise."
        );

        /// <summary>Formulas of macro sheets that start programs or call libraries.</summary>
        public static readonly FindingCode SheetProgram = new(
            "macro.sheet-program",
            Severity.Suspicious,
            "Excel 4.0マクロが、プログラムの起動やライブラリの呼び出しなどを行います。",
            "An Excel 4.0 macro starts programs, calls libraries or writes formulas and files."
        );

        /// <summary>A macro sheet the program does not show.</summary>
        public static readonly FindingCode HiddenSheet = new(
            "macro.hidden-sheet",
            Severity.Suspicious,
            "Excel 4.0マクロのシートが、画面に表示されないように隠されています。",
            "A sheet of Excel 4.0 macros is hidden from view."
        );
    }

    /// <summary>Fields and links of documents.</summary>
    public static class Fields
    {
        /// <summary>Dynamic data exchange: starts a program.</summary>
        public static readonly FindingCode Dde = new(
            "field.dde",
            Severity.Suspicious,
            "文書に、別のプログラムを起動できるDDEの指定があります。",
            "The document has a DDE link, which can start another program."
        );

        /// <summary>Content that is fetched when the document is opened.</summary>
        public static readonly FindingCode RemoteContent = new(
            "field.remote-content",
            Severity.Suspicious,
            "文書を開くと、外部のサーバーから画像や文書、テンプレートを読み込みます。",
            "The document loads pictures, text or a template from another machine when it is opened."
        );

        /// <summary>A click in a presentation starts a program.</summary>
        public static readonly FindingCode RunsProgram = new(
            "field.runs-program",
            Severity.Suspicious,
            "スライド上の操作で、プログラムを起動する設定があります。",
            "A click or a pass of the mouse on a slide starts a program."
        );
    }
}
