namespace Noroshi.MailAnatomy.Findings;

public static partial class FindingCodes
{
    /// <summary>The Received chain (RFC 5321 4.4).</summary>
    public static class Received
    {
        /// <summary>Neither a host nor a time could be read.</summary>
        public static readonly FindingCode Unreadable = new(
            "received.unreadable",
            Severity.Damaged,
            "Received ヘッダーを読み取れません。",
            "A Received header could not be read."
        );

        /// <summary>The hosts were read, the time was not.</summary>
        public static readonly FindingCode NoTime = new(
            "received.no-time",
            Severity.Note,
            "Received ヘッダーに読み取れる時刻がありません。",
            "A Received header has no readable time."
        );

        /// <summary>The time has no zone.</summary>
        public static readonly FindingCode NoZone = new(
            "received.no-zone",
            Severity.Note,
            "Received ヘッダーの時刻に時間帯がないため、UTC とみなしました。",
            "The time of a Received header has no zone; UTC was taken."
        );

        /// <summary>A newer header tells an earlier time.</summary>
        public static readonly FindingCode TimeOrder = new(
            "received.time-order",
            Severity.Suspicious,
            "Received ヘッダーの時刻が前後しています。時計のずれか、偽造の可能性があります。",
            "The times of the Received headers run backwards: a wrong clock or a forged header."
        );

        /// <summary>More than a day between two hops.</summary>
        public static readonly FindingCode LongDelay = new(
            "received.long-delay",
            Severity.Note,
            "中継に 1 日以上かかっています。",
            "More than a day passed between two hops."
        );

        /// <summary>Below an outside host a header claims to be of the own estate.</summary>
        public static readonly FindingCode OwnHostBelowOutside = new(
            "received.own-host-below-outside",
            Severity.Note,
            "外部サーバーより前の Received ヘッダーが自組織のサーバーを名乗っています。偽造か、外部を経由して戻ったメールです。",
            "A Received header older than an outside host names an own server: it is forged, or the mail went out and came back."
        );

        /// <summary>An outside peer greets with a name of the own estate.</summary>
        public static readonly FindingCode OwnNameFromOutside = new(
            "received.own-name-from-outside",
            Severity.Suspicious,
            "外部の接続元が自組織のサーバー名を名乗っています。",
            "A peer from outside calls itself by the name of an own server."
        );

        /// <summary>More headers than are read.</summary>
        public static readonly FindingCode TooMany = new(
            "received.too-many",
            Severity.Limit,
            "Received ヘッダーが多すぎるため、新しいものだけを読みました。",
            "There are too many Received headers; only the newest were read."
        );
    }

    /// <summary>The Date header.</summary>
    public static class Dates
    {
        /// <summary>Not a date.</summary>
        public static readonly FindingCode Unreadable = new(
            "date.unreadable",
            Severity.Damaged,
            "日付を読み取れません。",
            "The date could not be read."
        );

        /// <summary>No zone.</summary>
        public static readonly FindingCode NoZone = new(
            "date.no-zone",
            Severity.Note,
            "日付に時間帯がないため、UTC とみなしました。",
            "The date has no zone; UTC was taken."
        );

        /// <summary>Read, but not in the form of RFC 5322.</summary>
        public static readonly FindingCode OddForm = new(
            "date.odd-form",
            Severity.Note,
            "日付の書き方が RFC 5322 と異なります。",
            "The date is not written as RFC 5322 says."
        );
    }

    /// <summary>Mailboxes in headers.</summary>
    public static class Addresses
    {
        /// <summary>The display name shows another address.</summary>
        public static readonly FindingCode DisplayNameSpoof = new(
            "address.display-name-spoof",
            Severity.Suspicious,
            "表示名に、実際とは異なるメールアドレスが書かれています。",
            "The display name shows an address that is not the real one."
        );

        /// <summary>Outside RFC 5321, as Japanese carriers once gave out.</summary>
        public static readonly FindingCode NotByRfc = new(
            "address.not-by-rfc",
            Severity.Note,
            "RFC に合わないメールアドレスです(ピリオドの連続など)。",
            "An address does not follow the RFC, by repeated dots for instance."
        );

        /// <summary>Brackets, quotes or separators had to be guessed.</summary>
        public static readonly FindingCode Repaired = new(
            "address.repaired",
            Severity.Note,
            "宛先の書式が崩れていたため、補って読みました。",
            "The address list is malformed and was read with repairs."
        );

        /// <summary>The address itself stood in an encoded word.</summary>
        public static readonly FindingCode EncodedAddress = new(
            "address.encoded",
            Severity.Note,
            "メールアドレスまで MIME 符号化されています。",
            "The address itself is inside a MIME encoded word."
        );

        /// <summary>Text that holds no address.</summary>
        public static readonly FindingCode NoAddress = new(
            "address.none",
            Severity.Note,
            "ヘッダーにメールアドレスがありません。",
            "The header names nobody that has an address."
        );

        /// <summary>More mailboxes than are kept.</summary>
        public static readonly FindingCode TooMany = new(
            "address.too-many",
            Severity.Limit,
            "宛先が多すぎるため、先頭の分だけを残しました。",
            "There are too many addresses; only the first were kept."
        );
    }

    /// <summary>Message-ID, In-Reply-To and References.</summary>
    public static class MessageIdentifiers
    {
        /// <summary>No Message-ID.</summary>
        public static readonly FindingCode Missing = new(
            "message-id.missing",
            Severity.Note,
            "Message-ID がありません。",
            "There is no Message-ID."
        );

        /// <summary>Not in angle brackets or without a domain.</summary>
        public static readonly FindingCode Malformed = new(
            "message-id.malformed",
            Severity.Note,
            "Message-ID の書式が崩れています。",
            "A message identifier is malformed."
        );

        /// <summary>More references than are kept.</summary>
        public static readonly FindingCode TooManyReferences = new(
            "message-id.too-many-references",
            Severity.Limit,
            "References が多すぎるため、先頭と末尾だけを残しました。",
            "There are too many references; the first and the last were kept."
        );
    }
}
