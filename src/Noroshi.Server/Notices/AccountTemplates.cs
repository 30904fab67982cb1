namespace Noroshi.Server.Notices;

/// <summary>Texts of the mails to people who have an account. None holds a name, an address or a way in.</summary>
internal static class AccountTemplates
{
    /// <summary>To the address that was registered: whoever did not expect it says so.</summary>
    public static TemplateTexts AddressRegistered { get; } =
        new(
            Replied: false,
            new TemplateText(
                "[Noroshi] メールアドレス登録のお知らせ",
                """
                ご担当者様

                情報ハブの利用者の連絡先として、このメールアドレスが登録されました。

                  登録日時: {at}

                今後、照会や担当者確認などのお知らせをこのアドレスへお送りします。
                パスワードや確認コードをメールでお尋ねすることはありません。
                お心当たりがない場合は、貴組織の管理者か下記までお知らせください。
                """
            ),
            new TemplateText(
                "[Noroshi] This address was registered",
                """
                To whom it may concern,

                this address was registered at the information hub as the address of one of its users.

                  Registered: {at}

                Inquiries, the yearly confirmation of staff and the like are sent here from now on.
                The hub never asks for passwords or codes by mail.
                If you know nothing of this, tell your organisation's administrator or the address below.
                """
            )
        );

    /// <summary>To somebody whose account is idle.</summary>
    public static TemplateTexts IdleAccount { get; } =
        new(
            Replied: false,
            new TemplateText(
                "[Noroshi] 利用停止の予告",
                """
                ご担当者様

                情報ハブのご利用が長い間ありません。引き続き利用される場合は、次の期日までにサインインしてください。

                  利用停止の予定: {deadline}

                今後利用されない場合は、何もしていただく必要はありません。期日の後に利用停止となります。
                お急ぎのときは、このメールのリンクではなく、いつもの方法で情報ハブを開いてください(このメールにリンクはありません)。
                """
            ),
            new TemplateText(
                "[Noroshi] Your account will be suspended",
                """
                To whom it may concern,

                your account at the information hub has not been used for a long time. To keep it, sign in by:

                  Suspended after: {deadline}

                If you do not need it any more there is nothing to do: it is suspended then.
                Open the hub in your usual way. This mail holds no link.
                """
            )
        );

    /// <summary>To those who administer an organisation's users.</summary>
    public static TemplateTexts AccountSuspended { get; } =
        new(
            Replied: false,
            new TemplateText(
                "[Noroshi] 利用者の利用停止のお知らせ",
                """
                ご担当者様

                長い間利用のない利用者を利用停止にしました。

                  利用者のID: {user}
                  利用停止日時: {at}
                  削除の予定: {deadline}

                利用を続ける場合は、利用者の管理画面で停止を解除してください。異動や退職の場合は削除してください。
                """
            ),
            new TemplateText(
                "[Noroshi] A user was suspended",
                """
                To whom it may concern,

                a user who had not used the hub for a long time was suspended.

                  Id of the user: {user}
                  Suspended:      {at}
                  Removed after:  {deadline}

                If he goes on using the hub, lift the suspension where you manage users; if he has left, remove him.
                """
            )
        );

    /// <summary>To the analyst who asked.</summary>
    public static TemplateTexts InquiryOverdue { get; } =
        new(
            Replied: false,
            new TemplateText(
                "[Noroshi] 回答期限を過ぎた照会(照会番号 {number})",
                """
                分析担当者様

                照会 {number} の回答期限を過ぎました。未回答の組織: {open}(全 {asked})
                期限: {deadline}

                電話で確かめるか、回答を待たずに分析を進めるかを決め、終わった照会は締め切ってください。
                """
            ),
            new TemplateText(
                "[Noroshi] An inquiry is overdue (number {number})",
                """
                To the analyst,

                inquiry {number} is past its deadline. Organisations without an answer: {open} of {asked}
                Deadline: {deadline}

                Decide whether to call them or to go on without, and close the inquiry when it has ended.
                """
            )
        );
}
