namespace Noroshi.MailAnatomy.Findings;

public static partial class FindingCodes
{
    /// <summary>Scripts.</summary>
    public static class Scripts
    {
        /// <summary>Fetches something.</summary>
        public static readonly FindingCode Download = new(
            "script.download",
            Severity.Suspicious,
            "スクリプトに、外部からファイルやデータを取得する命令があります。",
            "The script holds calls that fetch files or data from outside."
        );

        /// <summary>Starts something.</summary>
        public static readonly FindingCode Execute = new(
            "script.execute",
            Severity.Suspicious,
            "スクリプトに、別のプログラムや命令を実行する記述があります。",
            "The script holds calls that run other programs or code."
        );

        /// <summary>Stays.</summary>
        public static readonly FindingCode Persist = new(
            "script.persist",
            Severity.Suspicious,
            "スクリプトに、自動起動の登録など端末に居座る記述があります。",
            "The script holds calls that make something start again by itself."
        );

        /// <summary>Hides.</summary>
        public static readonly FindingCode Evade = new(
            "script.evade",
            Severity.Suspicious,
            "スクリプトに、画面を隠したり保護機能を避けたりする記述があります。",
            "The script hides its window or goes round protection."
        );

        /// <summary>Calls that show only after undoing disguises.</summary>
        public static readonly FindingCode Disguised = new(
            "script.disguised",
            Severity.Suspicious,
            "文字列の分割や文字コードなどで隠された命令が、復元すると現れます。",
            "Calls that were hidden by split strings, character codes or encodings show once these are undone."
        );

        /// <summary>An encoded command line.</summary>
        public static readonly FindingCode EncodedCommand = new(
            "script.encoded-command",
            Severity.Suspicious,
            "Base64で符号化されたPowerShellのコマンドを渡しています。",
            "A command is handed to PowerShell in encoded form."
        );

        /// <summary>A file carried as text.</summary>
        public static readonly FindingCode Payload = new(
            "script.payload",
            Severity.Suspicious,
            "スクリプトやページの中に、文字に置き換えられたファイルがあります。",
            "The script or page carries a file written out as text."
        );

        /// <summary>Microsoft's script encoder.</summary>
        public static readonly FindingCode Encoded = new(
            "script.encoded",
            Severity.Suspicious,
            "Microsoftのスクリプトエンコーダーで読めない形にされています。",
            "The source was made unreadable with Microsoft's script encoder."
        );

        /// <summary>A limit.</summary>
        public static readonly FindingCode Limit = new(
            "script.limit",
            Severity.Limit,
            "スクリプトが長すぎるか、埋め込まれたデータが多すぎるため、一部だけを調べました。",
            "The script is too long or carries too much; a part was looked at."
        );
    }
}
