namespace Noroshi.Hub.Judgement.Answers;

/// <summary>Words of the answers. None says that anything is safe.</summary>
public static class AnswerWords
{
    /// <summary>The answer in its fixed words.</summary>
    public static (string Ja, string En) Headline(AnswerKind kind) =>
        kind switch
        {
            AnswerKind.DoNotOpen => ("開かないでください", "Do not open it"),
            AnswerKind.HoldReply => ("返信を保留してください", "Hold your reply"),
            AnswerKind.NothingFound => (
                "不審な点は見つかりませんでした(安全を保証するものではありません)",
                "Nothing suspicious was found (this is no guarantee of safety)"
            ),
            AnswerKind.CannotTell => ("判定できません", "It cannot be told"),
        };

    /// <summary>Said when there is no reason to name.</summary>
    public static (string Ja, string En) NoReason { get; } =
        (
            "メールと添付ファイルの内容に、既知の不審な特徴はありませんでした。",
            "Neither the mail nor its attachments show a known suspicious feature."
        );

    /// <summary>The giver's own organisation has provided the same mail before.</summary>
    /// <param name="receipt">Receipt code of that provision.</param>
    public static (string Ja, string En) Same(string receipt) =>
        (
            $"同じメールは、貴組織から受付番号 {receipt} として既にご提供いただいています。",
            $"Your organisation provided the same mail before, under receipt number {receipt}."
        );

    /// <summary>Whose word it is.</summary>
    public static (string Ja, string En) Basis(AnswerBasis basis) =>
        basis switch
        {
            AnswerBasis.Automatic => ("自動判定(暫定)", "automatic (provisional)"),
            AnswerBasis.Analyst => ("分析者確認済み", "confirmed by an analyst"),
        };

    /// <summary>What to do, also with a genuine customer meanwhile.</summary>
    public static (string Ja, string En) Advice(AnswerKind kind) =>
        kind switch
        {
            AnswerKind.DoNotOpen => (
                "添付ファイルとリンクを開かず、返信もしないでください。すでに開いた場合は、その端末をネットワークから切り離し、直ちに貴組織の情報セキュリティ担当へ連絡してください。"
                    + "実在のお客様の可能性があるときは、メールに書かれた連絡先ではなく、貴組織の記録や公開情報にある電話番号で本人に確認してください。",
                "Open neither attachment nor link, and do not answer. If something was opened, take that machine off the network and tell your own security staff at once. "
                    + "If it may be a genuine customer, call a number from your own records or public sources, not one given in the mail."
            ),
            AnswerKind.HoldReply => (
                "分析者の確認が終わるまで、返信をお待ちください。これまでの例では、返信から11～15分ほどで添付ファイルやリンクのあるメールが届いています。届いた場合は、開かずにご提供ください。"
                    + "お客様をお待たせできないときは、貴組織の記録や公開情報にある電話番号で本人と確認できた場合に限り、電話で対応してください。",
                "Please wait with the reply until an analyst has looked at it. In known cases a mail with an attachment or a link came about 11 to 15 minutes after the reply; should one come, do not open it and hand it in. "
                    + "If the customer cannot wait, help by telephone, and only after calling a number from your own records or public sources."
            ),
            AnswerKind.CannotTell => (
                "差出人に電話など別の手段で確認できるまで、添付ファイルとリンクを開かないでください。"
                    + "お客様への返信は、添付ファイルやリンクを開かずにお答えできる範囲にとどめ、内容を本文に書いて送り直していただくようお願いする方法もあります。",
                "Open neither attachment nor link until the sender has confirmed it by another way, such as a call to a number you already have. "
                    + "Answer the customer only as far as that is possible without opening anything, or ask for the matter in the text of a mail."
            ),
            AnswerKind.NothingFound => (
                "お客様には通常どおり対応していただけます。ただし、最初の問い合わせに不審な点がなく、返信から11～15分ほどで添付ファイルやリンクのあるメールが届いた例があります。"
                    + "この後に添付ファイルやリンクが届いたとき、または担当者の氏名や連絡先、名簿、お使いのソフトや設定を尋ねられたときは、開いたり答えたりする前に、あらためてご提供ください。",
                "You may deal with the customer as usual. There have been cases, though, in which the first inquiry showed nothing, and a mail with an attachment or a link followed about 11 to 15 minutes after the reply. "
                    + "Should an attachment or a link come later, or a question about names, contacts, lists of people, your software or settings, hand it in before you open it or answer."
            ),
        };
}
