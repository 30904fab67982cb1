namespace Noroshi.MailAnatomy.Findings;

public static partial class FindingCodes
{
    /// <summary>Outlook items (.msg) and RTF bodies.</summary>
    public static class Outlook
    {
        /// <summary>No header block as received.</summary>
        public static readonly FindingCode NoTransportHeaders = new(
            "outlook.no-transport-headers",
            Severity.Note,
            "受信時のメールヘッダが含まれていません。差出人や日時などは、Outlookの項目に記録された値です。",
            "The item carries no header block as received; sender, times and the like are those of Outlook's properties."
        );

        /// <summary>Subject of header and property differ.</summary>
        public static readonly FindingCode SubjectDiffers = new(
            "outlook.subject-differs",
            Severity.Note,
            "メールヘッダの件名と、Outlookの項目に記録された件名が異なります。",
            "The subject of the mail header and the one in Outlook's properties differ."
        );

        /// <summary>Sender of header and property differ.</summary>
        public static readonly FindingCode SenderDiffers = new(
            "outlook.sender-differs",
            Severity.Note,
            "メールヘッダの差出人と、Outlookの項目に記録された差出人が異なります。",
            "The sender of the mail header and the one in Outlook's properties differ."
        );

        /// <summary>Never sent.</summary>
        public static readonly FindingCode Unsent = new(
            "outlook.unsent",
            Severity.Note,
            "送信されていない下書きです。",
            "The item is a draft that was not sent."
        );

        /// <summary>An appointment, a task, a report.</summary>
        public static readonly FindingCode OtherItem = new(
            "outlook.other-item",
            Severity.Note,
            "通常のメールではないOutlookの項目(予定、連絡先、配信レポートなど)です。",
            "The Outlook item is no ordinary mail (an appointment, a contact, a report or the like)."
        );

        /// <summary>A reminder's sound on a server.</summary>
        public static readonly FindingCode RemoteSound = new(
            "outlook.remote-reminder-sound",
            Severity.Suspicious,
            "アラームの音声ファイルに外部サーバのパスが指定されています。開くと認証情報が送られるおそれがあります(CVE-2023-23397)。",
            "The reminder's sound is a path on another server; Outlook may send credentials there (CVE-2023-23397)."
        );

        /// <summary>Content is elsewhere.</summary>
        public static readonly FindingCode ByReference = new(
            "outlook.attachment-by-reference",
            Severity.Note,
            "添付ファイルの中身は含まれておらず、別の場所への参照だけがあります。",
            "The attachment's content is not in the item; only a reference to another place is."
        );

        /// <summary>Not shown to the reader.</summary>
        public static readonly FindingCode HiddenAttachment = new(
            "outlook.hidden-attachment",
            Severity.Note,
            "本文から参照されていない添付ファイルが、非表示に設定されています。",
            "An attachment that the body does not refer to is set to be hidden."
        );

        /// <summary>Rebuilt from a storage.</summary>
        public static readonly FindingCode Rebuilt = new(
            "outlook.rebuilt",
            Severity.Note,
            "項目の中に埋め込まれていたものを、単独のファイルとして組み立てました。ハッシュ値は組み立てたファイルのものです。",
            "What was embedded in the item was rebuilt as a file of its own; the hashes are those of the rebuilt file."
        );

        /// <summary>S/MIME within the item.</summary>
        public static readonly FindingCode SecureMime = new(
            "outlook.smime",
            Severity.Note,
            "S/MIMEで署名されたメールです。署名の内側の本文と添付ファイルを取り出しました。",
            "The mail is signed with S/MIME; body and attachments were taken out of the signature."
        );

        /// <summary>RTF body damaged.</summary>
        public static readonly FindingCode RtfDamaged = new(
            "outlook.rtf-damaged",
            Severity.Damaged,
            "圧縮されたRTF本文が壊れています。読める部分を使いました。",
            "The compressed RTF body is damaged; what is readable was used."
        );

        /// <summary>Properties damaged.</summary>
        public static readonly FindingCode Damaged = new(
            "outlook.damaged",
            Severity.Damaged,
            "Outlookの項目の構造が壊れています。読める部分を使いました。",
            "The structure of the Outlook item is damaged; what is readable was used."
        );

        /// <summary>Stated number differs.</summary>
        public static readonly FindingCode CountDiffers = new(
            "outlook.count-differs",
            Severity.Note,
            "Outlookの項目に記録された宛先または添付ファイルの数と、実際の数が異なります。",
            "The item states another number of recipients or attachments than it holds."
        );

        /// <summary>A limit.</summary>
        public static readonly FindingCode Limit = new(
            "outlook.limit",
            Severity.Limit,
            "Outlookの項目が大きいため、一部を読んでいません。",
            "The Outlook item is too large; a part of it was not read."
        );
    }
}
