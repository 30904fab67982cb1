namespace Noroshi.MailAnatomy.Findings;

public static partial class FindingCodes
{
    /// <summary>Shortcuts of every system.</summary>
    public static class Shortcut
    {
        /// <summary>Tables of the link contradict each other.</summary>
        public static readonly FindingCode Damaged = new(
            "shortcut.damaged",
            Severity.Damaged,
            "ショートカットの管理情報に矛盾があり、読めた部分だけを調べました。",
            "The structures of the shortcut contradict each other; what could be read was looked at."
        );

        /// <summary>The target is a program that runs what it is told.</summary>
        public static readonly FindingCode Interpreter = new(
            "shortcut.interpreter",
            Severity.Suspicious,
            "ショートカットは文書ではなく、コマンドを実行するWindowsの標準プログラムを起動します。",
            "The shortcut starts a program of Windows that runs commands, not a document."
        );

        /// <summary>Arguments pushed out of the properties dialog.</summary>
        public static readonly FindingCode PaddedArguments = new(
            "shortcut.padded-arguments",
            Severity.Suspicious,
            "引数に長い空白や改行があり、プロパティ画面では実行内容が見えません。",
            "Runs of blanks or line feeds in the arguments keep the properties dialog from showing what runs."
        );

        /// <summary>More arguments than the dialog shows.</summary>
        public static readonly FindingCode LongArguments = new(
            "shortcut.long-arguments",
            Severity.Suspicious,
            "引数が260文字を超え、プロパティ画面では続きが見えません。",
            "The arguments are longer than the 260 characters that the properties dialog shows."
        );

        /// <summary>PowerShell's base64.</summary>
        public static readonly FindingCode EncodedCommand = new(
            "shortcut.encoded-command",
            Severity.Suspicious,
            "PowerShellの命令がBase64で隠されています。復号した内容も調べました。",
            "A PowerShell command is hidden in base64; the decoded text was looked at too."
        );

        /// <summary>The window stays out of sight.</summary>
        public static readonly FindingCode HiddenWindow = new(
            "shortcut.hidden-window",
            Severity.Suspicious,
            "起動したプログラムのウィンドウを最小化し、気づかれないようにしています。",
            "The window of the program that starts is kept minimised."
        );

        /// <summary>A document's icon on a program.</summary>
        public static readonly FindingCode DocumentIcon = new(
            "shortcut.document-icon",
            Severity.Suspicious,
            "文書やフォルダのアイコンを表示しますが、実際にはプログラムを起動します。",
            "The icon is that of a document or folder, but a program starts."
        );

        /// <summary>Target or icon over WebDAV or on a server outside.</summary>
        public static readonly FindingCode WebTarget = new(
            "shortcut.web-target",
            Severity.Suspicious,
            "外部のサーバー(WebDAVまたはインターネット上の共有)にあるファイルを開きます。",
            "The shortcut opens a file on a server outside, by WebDAV or as an open share."
        );

        /// <summary>Target on a share.</summary>
        public static readonly FindingCode ShareTarget = new(
            "shortcut.share-target",
            Severity.Note,
            "ネットワーク共有上のファイルを開きます。",
            "The shortcut opens a file on a network share."
        );

        /// <summary>Icon from elsewhere: showing the folder is enough to connect.</summary>
        public static readonly FindingCode RemoteIcon = new(
            "shortcut.remote-icon",
            Severity.Suspicious,
            "アイコンを別のサーバーから読み込みます。フォルダを表示しただけで接続し、認証情報が漏れるおそれがあります。",
            "The icon is loaded from another server; showing the folder is enough to connect and may leak credentials."
        );

        /// <summary>Variables in the target.</summary>
        public static readonly FindingCode EnvironmentTarget = new(
            "shortcut.environment-target",
            Severity.Note,
            "リンク先が環境変数で書かれています。",
            "The target is written with environment variables."
        );

        /// <summary>What is shown and what runs differ.</summary>
        public static readonly FindingCode TwoTargets = new(
            "shortcut.two-targets",
            Severity.Suspicious,
            "ショートカットに互いに異なるリンク先があり、表示と実行の内容が食い違います。",
            "The shortcut holds targets that differ, so that it shows one and runs another."
        );

        /// <summary>Bytes behind the link.</summary>
        public static readonly FindingCode AppendedData = new(
            "shortcut.appended-data",
            Severity.Suspicious,
            "ショートカットの末尾に別のデータが付け足されています。",
            "Other data stands behind the end of the shortcut."
        );

        /// <summary>A control panel item by path: showing the icon loads the library.</summary>
        public static readonly FindingCode ControlPanelFile = new(
            "shortcut.control-panel-file",
            Severity.Suspicious,
            "コントロールパネル項目としてファイルを直接読み込む形で、フォルダを表示しただけでプログラムが動く欠陥の悪用に使われます。",
            "A file is named as a control panel item; flaws that run it when the folder is merely shown are exploited this way."
        );

        /// <summary>A web shortcut that opens a local or remote program.</summary>
        public static readonly FindingCode FileUrl = new(
            "shortcut.file-url",
            Severity.Suspicious,
            "インターネットショートカットですが、Webページではなくファイルやプログラムを開きます。",
            "An internet shortcut that opens a file or program instead of a page."
        );

        /// <summary>A command in a settings or desktop file.</summary>
        public static readonly FindingCode RunsCommand = new(
            "shortcut.runs-command",
            Severity.Suspicious,
            "開くと、書かれたコマンドが実行されます。",
            "Opening the file runs the command written in it."
        );

        /// <summary>A remote session that hands local drives over.</summary>
        public static readonly FindingCode RemoteSession = new(
            "shortcut.remote-session",
            Severity.Suspicious,
            "リモート接続の設定で、接続先に手元のドライブやクリップボードなどを渡します。",
            "The remote session hands local drives, the clipboard or devices to the server."
        );
    }
}
