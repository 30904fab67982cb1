namespace Noroshi.MailAnatomy.Findings;

public static partial class FindingCodes
{
    /// <summary>The password search.</summary>
    public static class Passwords
    {
        /// <summary>A locked file was opened; the detail names the source and the place of the password.</summary>
        public static readonly FindingCode Found = new(
            "password.found",
            Severity.Note,
            "暗号化されたファイルのパスワードが見つかりました。",
            "The password of a locked file was found."
        );

        /// <summary>Nothing fitted; the file waits for a later mail.</summary>
        public static readonly FindingCode NotFound = new(
            "password.not-found",
            Severity.Note,
            "パスワードが見つかっていません。後から届くメールを待って、もう一度試します。",
            "No password has fitted so far; the file waits and is tried again when a later mail arrives."
        );

        /// <summary>The time for the search ran out before the candidates did.</summary>
        public static readonly FindingCode Budget = new(
            "password.budget",
            Severity.Limit,
            "パスワードの探索が制限時間に達したため、残りの候補は試していません。",
            "The password search reached its time limit; the remaining candidates were not tried."
        );

        /// <summary>The mail says that the password comes separately.</summary>
        public static readonly FindingCode PromisedSeparately = new(
            "password.promised-separately",
            Severity.Note,
            "パスワードを別途送ると本文に書かれています。",
            "The text says that the password is sent separately."
        );

        /// <summary>The mail says that the password is the one of an earlier mail.</summary>
        public static readonly FindingCode SameAsBefore = new(
            "password.same-as-before",
            Severity.Note,
            "パスワードは以前と同じだと本文に書かれています。",
            "The text says that the password is the same as before."
        );
    }
}
