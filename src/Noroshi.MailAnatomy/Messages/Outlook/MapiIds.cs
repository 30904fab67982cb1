namespace Noroshi.MailAnatomy.Messages.Outlook;

/// <summary>Ids of the properties that are read ([MS-OXPROPS]); the summaries give their canonical names.</summary>
internal static class MapiIds
{
    /// <summary>PidTagImportance.</summary>
    public const int Importance = 0x0017;

    /// <summary>PidTagMessageClass.</summary>
    public const int MessageClass = 0x001A;

    /// <summary>PidTagSubject.</summary>
    public const int Subject = 0x0037;

    /// <summary>PidTagClientSubmitTime.</summary>
    public const int ClientSubmitTime = 0x0039;

    /// <summary>PidTagSubjectPrefix.</summary>
    public const int SubjectPrefix = 0x003D;

    /// <summary>PidTagSentRepresentingEntryId.</summary>
    public const int RepresentingEntryId = 0x0041;

    /// <summary>PidTagSentRepresentingName.</summary>
    public const int RepresentingName = 0x0042;

    /// <summary>PidTagReplyRecipientEntries.</summary>
    public const int ReplyEntries = 0x004F;

    /// <summary>PidTagReplyRecipientNames.</summary>
    public const int ReplyNames = 0x0050;

    /// <summary>PidTagSentRepresentingEmailAddress.</summary>
    public const int RepresentingAddress = 0x0065;

    /// <summary>PidTagConversationIndex.</summary>
    public const int ConversationIndex = 0x0071;

    /// <summary>PidTagTransportMessageHeaders.</summary>
    public const int TransportHeaders = 0x007D;

    /// <summary>PidTagTnefCorrelationKey.</summary>
    public const int TnefCorrelationKey = 0x007F;

    /// <summary>PidTagRecipientType.</summary>
    public const int RecipientType = 0x0C15;

    /// <summary>PidTagSenderEntryId.</summary>
    public const int SenderEntryId = 0x0C19;

    /// <summary>PidTagSenderName.</summary>
    public const int SenderName = 0x0C1A;

    /// <summary>PidTagSupplementaryInfo.</summary>
    public const int SupplementaryInfo = 0x0C1B;

    /// <summary>PidTagSenderEmailAddress.</summary>
    public const int SenderAddress = 0x0C1F;

    /// <summary>PidTagDisplayCc.</summary>
    public const int DisplayCc = 0x0E03;

    /// <summary>PidTagDisplayTo.</summary>
    public const int DisplayTo = 0x0E04;

    /// <summary>PidTagMessageDeliveryTime.</summary>
    public const int DeliveryTime = 0x0E06;

    /// <summary>PidTagMessageFlags.</summary>
    public const int MessageFlags = 0x0E07;

    /// <summary>PidTagNormalizedSubject.</summary>
    public const int NormalizedSubject = 0x0E1D;

    /// <summary>PidTagPrimarySendAccount.</summary>
    public const int PrimarySendAccount = 0x0E28;

    /// <summary>PidTagBody.</summary>
    public const int Body = 0x1000;

    /// <summary>PidTagReportText.</summary>
    public const int ReportText = 0x1001;

    /// <summary>PidTagRtfCompressed.</summary>
    public const int RtfCompressed = 0x1009;

    /// <summary>PidTagHtml, and PidTagBodyHtml when its type is a string.</summary>
    public const int Html = 0x1013;

    /// <summary>PidTagInternetMessageId.</summary>
    public const int InternetMessageId = 0x1035;

    /// <summary>PidTagInternetReferences.</summary>
    public const int InternetReferences = 0x1039;

    /// <summary>PidTagInReplyToId.</summary>
    public const int InReplyTo = 0x1042;

    /// <summary>PidTagListHelp.</summary>
    public const int ListHelp = 0x1043;

    /// <summary>PidTagListSubscribe.</summary>
    public const int ListSubscribe = 0x1044;

    /// <summary>PidTagListUnsubscribe.</summary>
    public const int ListUnsubscribe = 0x1045;

    /// <summary>PidTagRowid.</summary>
    public const int RowId = 0x3000;

    /// <summary>PidTagDisplayName.</summary>
    public const int DisplayName = 0x3001;

    /// <summary>PidTagEmailAddress.</summary>
    public const int EmailAddress = 0x3003;

    /// <summary>PidTagCreationTime.</summary>
    public const int CreationTime = 0x3007;

    /// <summary>PidTagLastModificationTime.</summary>
    public const int LastModificationTime = 0x3008;

    /// <summary>PidTagSearchKey.</summary>
    public const int SearchKey = 0x300B;

    /// <summary>PidTagAttachDataBinary or PidTagAttachDataObject.</summary>
    public const int AttachData = 0x3701;

    /// <summary>PidTagAttachExtension.</summary>
    public const int AttachExtension = 0x3703;

    /// <summary>PidTagAttachFilename.</summary>
    public const int AttachShortName = 0x3704;

    /// <summary>PidTagAttachMethod.</summary>
    public const int AttachMethod = 0x3705;

    /// <summary>PidTagAttachLongFilename.</summary>
    public const int AttachLongName = 0x3707;

    /// <summary>PidTagAttachPathname.</summary>
    public const int AttachPath = 0x3708;

    /// <summary>PidTagRenderingPosition.</summary>
    public const int RenderingPosition = 0x370B;

    /// <summary>PidTagAttachLongPathname.</summary>
    public const int AttachLongPath = 0x370D;

    /// <summary>PidTagAttachMimeTag.</summary>
    public const int AttachMimeTag = 0x370E;

    /// <summary>PidTagAttachContentId.</summary>
    public const int AttachContentId = 0x3712;

    /// <summary>PidTagSmtpAddress.</summary>
    public const int SmtpAddress = 0x39FE;

    /// <summary>PidTagInternetCodepage.</summary>
    public const int InternetCodePage = 0x3FDE;

    /// <summary>PidTagMessageLocaleId.</summary>
    public const int MessageLocale = 0x3FF1;

    /// <summary>PidTagCreatorName.</summary>
    public const int CreatorName = 0x3FF8;

    /// <summary>PidTagLastModifierName.</summary>
    public const int LastModifierName = 0x3FFA;

    /// <summary>PidTagMessageCodepage.</summary>
    public const int MessageCodePage = 0x3FFD;

    /// <summary>PidTagSenderSmtpAddress.</summary>
    public const int SenderSmtp = 0x5D01;

    /// <summary>PidTagSentRepresentingSmtpAddress.</summary>
    public const int RepresentingSmtp = 0x5D02;

    /// <summary>PidTagAttachmentHidden.</summary>
    public const int AttachHidden = 0x7FFE;
}
