using System.Text.Json.Serialization;

namespace Noroshi.Server.Notices;

/// <summary>The mails that the hub writes.</summary>
internal enum NoticeTemplate
{
    /// <summary>受付のお知らせ.</summary>
    [JsonStringEnumMemberName("acknowledgement")]
    Acknowledgement,

    /// <summary>自動判定の結果.</summary>
    [JsonStringEnumMemberName("answer")]
    Answer,

    /// <summary>分析者の確認結果.</summary>
    [JsonStringEnumMemberName("analyst-answer")]
    AnalystAnswer,

    /// <summary>追加提供のお願い.</summary>
    [JsonStringEnumMemberName("request")]
    Request,

    /// <summary>その督促.</summary>
    [JsonStringEnumMemberName("reminder")]
    Reminder,

    /// <summary>照会.</summary>
    [JsonStringEnumMemberName("rfi")]
    Rfi,

    /// <summary>担当者確認.</summary>
    [JsonStringEnumMemberName("staff-confirmation")]
    StaffConfirmation,

    /// <summary>判定の確定.</summary>
    [JsonStringEnumMemberName("closing-verdict")]
    ClosingVerdict,

    /// <summary>メールアドレス登録のお知らせ.</summary>
    [JsonStringEnumMemberName("address-registered")]
    AddressRegistered,

    /// <summary>利用のない利用者への予告.</summary>
    [JsonStringEnumMemberName("idle-account")]
    IdleAccount,

    /// <summary>利用停止のお知らせ(管理者へ).</summary>
    [JsonStringEnumMemberName("account-suspended")]
    AccountSuspended,

    /// <summary>回答期限を過ぎた照会(照会した分析者へ).</summary>
    [JsonStringEnumMemberName("inquiry-overdue")]
    InquiryOverdue,

    /// <summary>承認のお願い.</summary>
    [JsonStringEnumMemberName("approval-asked")]
    ApprovalAsked,

    /// <summary>その督促.</summary>
    [JsonStringEnumMemberName("approval-reminder")]
    ApprovalReminder,

    /// <summary>承認依頼の結果(分析者へ).</summary>
    [JsonStringEnumMemberName("approval-answered")]
    ApprovalAnswered,
}

/// <summary>A mail's text in one language.</summary>
/// <param name="Subject">Constant but for the receipt number; nothing of the giver's words.</param>
/// <param name="Body">Body, with places <c>{name}</c>.</param>
internal sealed record TemplateText(string Subject, string Body);

/// <summary>A mail's text.</summary>
/// <param name="Replied">It answers something that was handed in (RFC 3834), rather than begins something.</param>
/// <param name="Ja">Japanese.</param>
/// <param name="En">English.</param>
internal sealed record TemplateTexts(bool Replied, TemplateText Ja, TemplateText En);

/// <summary>All texts. A place that takes several lines stands alone on its line.</summary>
internal static class NoticeTemplates
{
    /// <summary>Ends every mail.</summary>
    public static TemplateText Footer { get; } =
        new(
            "",
            """
            --
            {hub}
            このメールは自動で送信しています。返信いただいても担当者には届きません。
            お問い合わせ: {contact}
            """
        );

    /// <summary>The same in English.</summary>
    public static TemplateText FooterEn { get; } =
        new(
            "",
            """
            --
            {hub}
            This mail was sent automatically. Nobody reads replies to it.
            Questions: {contact}
            """
        );

    /// <summary>The texts of a mail.</summary>
    public static TemplateTexts Of(NoticeTemplate template) =>
        template switch
        {
            NoticeTemplate.Acknowledgement => Acknowledgement,
            NoticeTemplate.Answer => Answer,
            NoticeTemplate.AnalystAnswer => AnalystAnswer,
            NoticeTemplate.Request => Request,
            NoticeTemplate.Reminder => Reminder,
            NoticeTemplate.Rfi => Rfi,
            NoticeTemplate.StaffConfirmation => StaffConfirmation,
            NoticeTemplate.ClosingVerdict => ClosingVerdict,
            NoticeTemplate.AddressRegistered => AccountTemplates.AddressRegistered,
            NoticeTemplate.IdleAccount => AccountTemplates.IdleAccount,
            NoticeTemplate.AccountSuspended => AccountTemplates.AccountSuspended,
            NoticeTemplate.InquiryOverdue => AccountTemplates.InquiryOverdue,
            NoticeTemplate.ApprovalAsked => SharingTemplates.ApprovalAsked,
            NoticeTemplate.ApprovalReminder => SharingTemplates.ApprovalReminder,
            NoticeTemplate.ApprovalAnswered => SharingTemplates.ApprovalAnswered,
        };

    private static readonly TemplateTexts Acknowledgement = new(
        Replied: true,
        new TemplateText(
            "[Noroshi] 受付のお知らせ(受付番号 {receipt})",
            """
            ご担当者様

            ご提供を受け付けました。

              受付番号: {receipt}
              受付日時: {received}

            自動判定の結果は、通常1分以内にこのアドレスへお知らせします。
            その後、分析者が確認し、結果をあらためてお知らせします。
            それまでは、ご提供のメールの添付ファイルやリンクを開かず、返信もお控えください。

            ご提供の内容は、このメールには記載しておりません。
            """
        ),
        new TemplateText(
            "[Noroshi] Received (receipt number {receipt})",
            """
            To whom it may concern,

            we have received what you handed in.

              Receipt number: {receipt}
              Received:       {received}

            The automatic answer usually follows at this address within a minute.
            An analyst will then look at it, and you will be told the result.
            Until then, please open neither attachment nor link of the mail, and do not reply to it.

            Nothing of what you handed in is repeated in this mail.
            """
        )
    );

    private static readonly TemplateTexts Answer = new(
        Replied: true,
        new TemplateText(
            "[Noroshi] 判定のお知らせ(受付番号 {receipt})",
            """
            ご担当者様

            受付番号 {receipt} のご提供について、判定をお知らせします。

            ■ 判定
            「{answer}」
            {basis} {at}

            ■ 理由
            {reasons}

            ■ お願い
            {advice}

            この判定は暫定です。分析者の確認が終わり次第、あらためてお知らせします。
            """
        ),
        new TemplateText(
            "[Noroshi] Answer (receipt number {receipt})",
            """
            To whom it may concern,

            this is the answer about receipt number {receipt}.

            Answer
              {answer}
              {basis}, {at}

            Reasons
            {reasons}

            What to do
            {advice}

            This answer is provisional. You will be told when an analyst has looked at it.
            """
        )
    );

    private static readonly TemplateTexts AnalystAnswer = new(
        Replied: true,
        new TemplateText(
            "[Noroshi] 分析者による判定のお知らせ(受付番号 {receipt})",
            """
            ご担当者様

            受付番号 {receipt} のご提供について、分析者が確認しました。

            ■ 判定
            「{answer}」
            {basis} {at}

            ■ 理由
            {reasons}

            ■ お願い
            {advice}

            先にお知らせした自動判定と異なる場合は、こちらの判定に従ってください。
            """
        ),
        new TemplateText(
            "[Noroshi] Answer of an analyst (receipt number {receipt})",
            """
            To whom it may concern,

            an analyst has looked at receipt number {receipt}.

            Answer
              {answer}
              {basis}, {at}

            Reasons
            {reasons}

            What to do
            {advice}

            Where it differs from the automatic answer, please go by this one.
            """
        )
    );

    private static readonly TemplateTexts Request = new(
        Replied: false,
        new TemplateText(
            "[Noroshi] 追加提供のお願い(受付番号 {receipt})",
            """
            ご担当者様

            受付番号 {receipt} のご提供について、分析のため次のものをお願いします。

            {checklist}

            期限: {deadline}
            ご提供の際は、受付番号をお書き添えください。お手元にないものは、その旨をお知らせください。
            ファイルを開いて確かめる必要はありません。
            """
        ),
        new TemplateText(
            "[Noroshi] Request for more (receipt number {receipt})",
            """
            To whom it may concern,

            for the analysis of receipt number {receipt} we ask you for the following.

            {checklist}

            By: {deadline}
            Please state the receipt number with it, and tell us what you do not have.
            There is no need to open any file.
            """
        )
    );

    private static readonly TemplateTexts Reminder = new(
        Replied: false,
        new TemplateText(
            "[Noroshi] 追加提供のお願い(再送、受付番号 {receipt})",
            """
            ご担当者様

            受付番号 {receipt} のご提供について、次のものをお願いしておりますが、まだ確認できておりません。
            行き違いの場合はご容赦ください。

            {checklist}

            期限: {deadline}
            ご提供が難しい場合は、その旨をお知らせいただければ分析を進めます。
            """
        ),
        new TemplateText(
            "[Noroshi] Reminder: request for more (receipt number {receipt})",
            """
            To whom it may concern,

            we asked you for the following about receipt number {receipt} and have not seen it yet.
            Please excuse us if this mail crosses yours.

            {checklist}

            By: {deadline}
            If you cannot provide it, please say so; the analysis will then go on without it.
            """
        )
    );

    private static readonly TemplateTexts Rfi = new(
        Replied: false,
        new TemplateText(
            "[Noroshi] 照会のお願い(照会番号 {number})",
            """
            ご担当者様

            次の事項について、貴組織での受信の有無などをご確認ください。

            {question}

            回答期限: {deadline}
            回答は「受信あり」「受信なし(確認した範囲と期間)」「未確認」のいずれかでお願いします。
            照会番号 {number} をお書き添えください。

            展開可能範囲: {audience}
            """
        ),
        new TemplateText(
            "[Noroshi] Request for information (number {number})",
            """
            To whom it may concern,

            please check the following in your organisation.

            {question}

            Answer by: {deadline}
            Please answer with "received", "not received (what was checked, for which period)" or "not checked",
            and state the number {number}.

            May be passed on to: {audience}
            """
        )
    );

    private static readonly TemplateTexts StaffConfirmation = new(
        Replied: false,
        new TemplateText(
            "[Noroshi] 担当者確認のお願い({year}年度)",
            """
            ご担当者様

            年度の初めにあたり、ご登録の窓口と担当者の確認をお願いします。

            {entries}

            期限: {deadline}
            変更や削除があるときは、貴組織の管理者の画面で改めるか、下記までお知らせください。
            期限までに確認が取れない登録は、利用を停止することがあります。
            """
        ),
        new TemplateText(
            "[Noroshi] Please confirm your staff (fiscal {year})",
            """
            To whom it may concern,

            at the beginning of the fiscal year, please confirm the registered windows and staff.

            {entries}

            By: {deadline}
            Changes are made on your administrator's page, or tell us at the address below.
            Entries that nobody confirms by then may be suspended.
            """
        )
    );

    private static readonly TemplateTexts ClosingVerdict = new(
        Replied: false,
        new TemplateText(
            "[Noroshi] 分析終了のお知らせ(受付番号 {receipt})",
            """
            ご担当者様

            受付番号 {receipt} のご提供について、分析を終えました。

            ■ 判定
            {verdict}

            ご提供ありがとうございました。新たに関係するメールが届いた場合は、あらためてご提供ください。
            """
        ),
        new TemplateText(
            "[Noroshi] Analysis ended (receipt number {receipt})",
            """
            To whom it may concern,

            the analysis of receipt number {receipt} has ended.

            Verdict
              {verdict}

            Thank you for providing it. Should related mails come, please hand them in as well.
            """
        )
    );
}
