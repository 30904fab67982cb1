namespace Noroshi.MailAnatomy.Findings;

public static partial class FindingCodes
{
    /// <summary>What became of the process that took the bytes apart. Made by the hub, never by the worker.</summary>
    public static class Worker
    {
        /// <summary>The deadline passed.</summary>
        public static readonly FindingCode KilledDeadline = new(
            "worker.killed-deadline",
            Severity.Limit,
            "解析が制限時間内に終わらなかったため、解析プロセスを強制終了しました。",
            "The analysis did not end in time; its process was killed."
        );

        /// <summary>The process ended by itself.</summary>
        public static readonly FindingCode Died = new(
            "worker.died",
            Severity.Damaged,
            "解析プロセスが途中で異常終了しました。",
            "The analysis process ended abnormally."
        );

        /// <summary>The process took too much memory.</summary>
        public static readonly FindingCode Memory = new(
            "worker.memory",
            Severity.Limit,
            "解析プロセスのメモリ使用量が上限を超えたため、強制終了しました。",
            "The analysis process used more memory than allowed and was killed."
        );

        /// <summary>Headers and hashes only, after the first try failed.</summary>
        public static readonly FindingCode Retried = new(
            "worker.retried",
            Severity.Limit,
            "最初の解析が失敗したため、ヘッダーとハッシュ値だけを読み直しました。",
            "The first analysis failed; only headers and hashes were read again."
        );

        /// <summary>Neither try gave anything.</summary>
        public static readonly FindingCode Unparseable = new(
            "worker.unparseable",
            Severity.Limit,
            "解析できませんでした。原本はそのまま保存されています。",
            "The input could not be analysed; the original is kept as it is."
        );

        /// <summary>The answer did not follow the protocol.</summary>
        public static readonly FindingCode OutputInvalid = new(
            "worker.output-invalid",
            Severity.Damaged,
            "解析プロセスの応答が規定の形式と異なるため、破棄しました。",
            "The answer of the analysis process did not follow the protocol and was discarded."
        );

        /// <summary>The answer was too large.</summary>
        public static readonly FindingCode OutputTooLarge = new(
            "worker.output-too-large",
            Severity.Limit,
            "解析結果が大きすぎるため、一部を破棄しました。",
            "The result of the analysis was too large; part of it was discarded."
        );
    }
}
