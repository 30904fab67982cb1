namespace Noroshi.MailAnatomy.FileTypes.Traits;

public static partial class TraitKinds
{
    /// <summary>Outlook items and what is attached to them.</summary>
    public static class Outlook
    {
        /// <summary>Kind of the item, <c>IPM.Note</c> for a mail.</summary>
        public static readonly TraitKind MessageClass = new("messageClass", TraitWeight.Descriptive, "メッセージクラス", "Message class");

        /// <summary>GUID that all mails of a thread share.</summary>
        public static readonly TraitKind Conversation = new("conversationGuid", TraitWeight.Unique, "会話のGUID", "Conversation GUID");

        /// <summary>Key that copies of one message share.</summary>
        public static readonly TraitKind SearchKey = new("searchKey", TraitWeight.Unique, "検索キー", "Search key");

        /// <summary>Key that binds a message to its TNEF part.</summary>
        public static readonly TraitKind CorrelationKey = new("correlationKey", TraitWeight.Unique, "TNEF照合キー", "TNEF correlation key");

        /// <summary>Name of the sender in the directory of an Exchange organisation.</summary>
        public static readonly TraitKind DirectoryName = new(
            "directoryName",
            TraitWeight.Personal,
            "Exchangeの識別名",
            "Exchange directory name"
        );

        /// <summary>Account of the mail program that the message was sent or received with.</summary>
        public static readonly TraitKind Account = new("mailAccount", TraitWeight.Personal, "メールアカウント", "Mail account");

        /// <summary>Place of an appointment.</summary>
        public static readonly TraitKind Location = new("location", TraitWeight.Descriptive, "場所", "Location");

        /// <summary>Name of eight letters that an attachment also has.</summary>
        public static readonly TraitKind ShortName = new("shortName", TraitWeight.Descriptive, "短いファイル名", "Short file name");

        /// <summary>Media type stated for an attachment.</summary>
        public static readonly TraitKind ContentType = new("contentType", TraitWeight.Generic, "メディアタイプ", "Media type");

        /// <summary>Content-ID of an attachment; those of Outlook hold the time of its making.</summary>
        public static readonly TraitKind ContentId = new("contentId", TraitWeight.Personal, "Content-ID", "Content-ID");

        /// <summary>The attachment is not listed to the reader.</summary>
        public static readonly TraitKind Hidden = new("hidden", TraitWeight.Descriptive, "非表示の添付か", "Hidden attachment");

        /// <summary>Character of the body at which the attachment is shown.</summary>
        public static readonly TraitKind RenderingPosition = new(
            "renderingPosition",
            TraitWeight.Descriptive,
            "本文中の表示位置",
            "Position in the body"
        );
    }
}
