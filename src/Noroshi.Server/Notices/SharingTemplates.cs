namespace Noroshi.Server.Notices;

/// <summary>Mails about approvals. None tells anything of the content: what is asked is looked at in the hub.</summary>
internal static class SharingTemplates
{
    /// <summary>To those who approve for an organisation.</summary>
    public static TemplateTexts ApprovalAsked { get; } =
        new(
            Replied: false,
            new TemplateText(
                "[Noroshi] 情報共有の承認のお願い(整理番号 {number})",
                """
                ご担当者様

                貴組織からご提供いただいた情報を匿名化し、共有の準備ができました。
                共有される内容の全項目を情報ハブでご確認のうえ、承認・修正要望・共有不可のいずれかをお答えください。

                  整理番号: {number}
                  回答期限: {deadline}
                  期限までにお答えがない場合: {silence}

                提供した本人は承認できません。別の方がご確認ください。
                このメールには内容を記載していません。いつもの方法で情報ハブを開いてください。
                """
            ),
            new TemplateText(
                "[Noroshi] Please approve what would be shared (number {number})",
                """
                To whom it may concern,

                what your organisation provided was anonymised and is ready to be shared.
                Please look at every field of it in the information hub, and approve it, wish changes, or refuse.

                  Number:          {number}
                  Answer by:       {deadline}
                  Without answer:  {silence}

                Who handed it in cannot approve it: somebody else has to look.
                This mail holds no content. Open the hub in your usual way.
                """
            )
        );

    /// <summary>The same once more.</summary>
    public static TemplateTexts ApprovalReminder { get; } =
        new(
            Replied: false,
            new TemplateText(
                "[Noroshi] 情報共有の承認の期限が近づいています(整理番号 {number})",
                """
                ご担当者様

                先にお願いした情報共有の承認に、まだお答えをいただいていません。

                  整理番号: {number}
                  回答期限: {deadline}
                  期限までにお答えがない場合: {silence}

                情報ハブで内容をご確認のうえ、お答えください。
                """
            ),
            new TemplateText(
                "[Noroshi] Your approval is still awaited (number {number})",
                """
                To whom it may concern,

                we asked for your approval and have no answer yet.

                  Number:          {number}
                  Answer by:       {deadline}
                  Without answer:  {silence}

                Please look at it in the hub and answer.
                """
            )
        );

    /// <summary>To the analysts of the hub.</summary>
    public static TemplateTexts ApprovalAnswered { get; } =
        new(
            Replied: false,
            new TemplateText(
                "[Noroshi] 承認依頼の結果(下書き {draft})",
                """
                分析担当者様

                承認依頼に動きがありました。

                  下書き: {draft}
                  結果: {result}

                詳しくは情報ハブの下書きの画面でご確認ください。
                """
            ),
            new TemplateText(
                "[Noroshi] An approval was answered (draft {draft})",
                """
                To the analysts,

                a question for approval has moved on.

                  Draft:  {draft}
                  Result: {result}

                The draft in the hub shows the rest.
                """
            )
        );
}
