using System.Buffers;
using Noroshi.MailAnatomy.Text;

namespace Noroshi.MailAnatomy.Headers;

/// <summary>Words of automatic mail. Data: one line each.</summary>
internal static class AutomaticPhrases
{
    /// <summary>Subject beginnings; brackets and blanks before them are skipped.</summary>
    public static readonly (string Start, string Kind)[] SubjectStarts =
    [
        ("自動応答", "auto-reply"),
        ("自動返信", "auto-reply"),
        ("自動回答", "auto-reply"),
        ("自動送信", "auto-reply"),
        ("自動配信", "bulk"),
        ("不在通知", "auto-reply"),
        ("不在連絡", "auto-reply"),
        ("不在のお知らせ", "auto-reply"),
        ("不在のご連絡", "auto-reply"),
        ("不在:", "auto-reply"),
        ("不在:", "auto-reply"),
        ("外出中", "auto-reply"),
        ("休暇中", "auto-reply"),
        ("automatic reply", "auto-reply"),
        ("auto reply", "auto-reply"),
        ("auto-reply", "auto-reply"),
        ("autoreply", "auto-reply"),
        ("auto response", "auto-reply"),
        ("auto-response", "auto-reply"),
        ("autoresponse", "auto-reply"),
        ("automated response", "auto-reply"),
        ("out of office:", "auto-reply"),
        ("out of office]", "auto-reply"),
        ("out of office auto", "auto-reply"),
        ("out of office reply", "auto-reply"),
        ("out of the office:", "auto-reply"),
        ("out of the office]", "auto-reply"),
        ("out-of-office:", "auto-reply"),
        ("out-of-office]", "auto-reply"),
        ("out-of-office reply", "auto-reply"),
        ("vacation reply", "auto-reply"),
        ("automatische antwort", "auto-reply"),
        ("réponse automatique", "auto-reply"),
        ("respuesta automática", "auto-reply"),
        ("自动回复", "auto-reply"),
        ("自動回覆", "auto-reply"),
        ("자동 회신", "auto-reply"),
        ("受付完了", "receipt"),
        ("受付確認", "receipt"),
        ("お問い合わせ受付", "receipt"),
        ("お問合せ受付", "receipt"),
        ("お問合わせ受付", "receipt"),
        ("undeliverable", "report"),
        ("undelivered mail", "report"),
        ("delivery status notification", "report"),
        ("returned mail", "report"),
        ("mail delivery failed", "report"),
        ("delivery failure", "report"),
        ("failure notice", "report"),
        ("配信不能", "report"),
        ("配信されませんでした", "report"),
        ("配信できませんでした", "report"),
        ("開封済み", "report"),
        ("開封確認", "report"),
        ("未開封のまま削除", "report"),
        ("read receipt", "report"),
        ("return receipt", "report"),
    ];

    /// <summary>Endings of those beginnings that keep their meaning; any other letter makes them part of a person's sentence.</summary>
    public static readonly string[] SubjectEndings = ["メール", "のお知らせ", "のご連絡", "のご案内", "通知", "のため", "です"];

    /// <summary>Sentences that a subject holds anywhere, when it is no reply.</summary>
    public static readonly (string Text, string Kind)[] SubjectSentences =
    [
        ("受け付けました", "receipt"),
        ("受けつけました", "receipt"),
        ("受付けました", "receipt"),
        ("受付しました", "receipt"),
        ("受付いたしました", "receipt"),
        ("受付致しました", "receipt"),
        ("受付完了のお知らせ", "receipt"),
        ("受付のお知らせ", "receipt"),
        ("受付完了メール", "receipt"),
        ("自動返信メール", "auto-reply"),
        ("(自動返信)", "auto-reply"),
        ("(自動返信)", "auto-reply"),
        ("【自動返信】", "auto-reply"),
        ("【自動応答】", "auto-reply"),
        ("away from my mail", "auto-reply"),
        ("we have received your", "receipt"),
        ("has been received", "receipt"),
        ("[auto", "auto-reply"),
    ];

    /// <summary>Sentences of the opening lines that only a program writes about its own mail.</summary>
    public static readonly (string Text, string Kind)[] OpeningSentences =
    [
        ("このメールは自動", "auto-reply"),
        ("本メールは自動", "auto-reply"),
        ("このメールはシステムより自動", "auto-reply"),
        ("このメールは、システムより自動", "auto-reply"),
        ("このメールは、自動", "auto-reply"),
        ("本メールは、自動", "auto-reply"),
        ("このメールはシステムから自動", "auto-reply"),
        ("本メールはシステムより自動", "auto-reply"),
        ("こちらは自動返信", "auto-reply"),
        ("自動返信メールです", "auto-reply"),
        ("自動応答メールです", "auto-reply"),
        ("自動返信でお送りし", "auto-reply"),
        ("自動的に返信", "auto-reply"),
        ("自動返信しております", "auto-reply"),
        ("自動送信しております", "auto-reply"),
        ("自動配信しております", "auto-reply"),
        ("自動送信されています", "auto-reply"),
        ("自動的に送信しております", "auto-reply"),
        ("自動的に送信されています", "auto-reply"),
        ("自動送信メールです", "auto-reply"),
        ("送信専用アドレス", "auto-reply"),
        ("送信専用のメールアドレス", "auto-reply"),
        ("送信専用メールアドレス", "auto-reply"),
        ("お問い合わせを受け付けました", "receipt"),
        ("お問合せを受け付けました", "receipt"),
        ("お問い合わせを受付", "receipt"),
        ("お問合せを受付", "receipt"),
        ("お問い合わせを受け付けいたしました", "receipt"),
        ("お問い合わせ内容を受け付けました", "receipt"),
        ("以下の内容で受け付けました", "receipt"),
        ("下記の内容で受け付けました", "receipt"),
        ("以下の内容で受付", "receipt"),
        ("下記の内容で受付", "receipt"),
        ("以下の内容でお問い合わせを受け", "receipt"),
        ("下記の内容でお問い合わせを受け", "receipt"),
        ("お申し込みを受け付けました", "receipt"),
        ("お申込みを受け付けました", "receipt"),
        ("ご応募を受け付けました", "receipt"),
        ("受付が完了しました", "receipt"),
        ("受付が完了いたしました", "receipt"),
        ("受付を完了しました", "receipt"),
        ("受付を完了いたしました", "receipt"),
        ("this is an automatic", "auto-reply"),
        ("this is an automated", "auto-reply"),
        ("this is an auto-generated", "auto-reply"),
        ("this message was automatically generated", "auto-reply"),
        ("this email was automatically generated", "auto-reply"),
        ("this e-mail was automatically generated", "auto-reply"),
        ("please do not reply to this", "auto-reply"),
        ("do not reply directly to this", "auto-reply"),
        ("we have received your inquiry", "receipt"),
        ("we have received your enquiry", "receipt"),
        ("we have received your request", "receipt"),
        ("we have received your message", "receipt"),
        ("your request has been received", "receipt"),
        ("your inquiry has been received", "receipt"),
        ("your ticket has been", "receipt"),
        ("a ticket has been created", "receipt"),
    ];

    /// <summary>Labels of a receipt number; they count beside an acknowledgement only.</summary>
    public static readonly string[] ReceiptLabels =
    [
        "受付番号",
        "お問い合わせ番号",
        "お問合せ番号",
        "問い合わせ番号",
        "受付no",
        "ticket number",
        "ticket id",
        "reference number",
        "case number",
    ];

    /// <summary>Acknowledgements that give a receipt label its meaning.</summary>
    public static readonly string[] Acknowledgements =
    [
        "ありがとうございま",
        "有難うございま",
        "受け付け",
        "受付いたし",
        "受付致し",
        "承りました",
        "thank you for",
        "has been received",
        "have received your",
    ];

    /// <summary>What people write behind such words when they speak about them.</summary>
    public static readonly string[] Spoken = ["と", "」", "』", "か?", "か?", "か。", "でしょうか", "が届", "を受け取", "の件", "\""];

    /// <summary>Lines with which the earlier mail begins.</summary>
    public static readonly string[] QuoteStarts =
    [
        "-----original",
        "----- original",
        "-----元の",
        "----- 元の",
        "________________",
        "差出人:",
        "差出人:",
        "from:",
        "-------- forwarded",
        "---------- forwarded",
        "----- forwarded",
    ];

    /// <summary>Beginnings of subjects that answer or forward.</summary>
    public static readonly string[] ReplyStarts =
    [
        "re",
        "fw",
        "fwd",
        "aw",
        "sv",
        "vs",
        "wg",
        "tr",
        "返信",
        "転送",
        "回复",
        "回覆",
        "答复",
        "转发",
        "답장",
        "res",
        "rv",
        "antw",
    ];

    /// <summary>Any word of a subject: one search instead of a hundred for the ordinary mail that has none.</summary>
    public static readonly PhraseSet InSubject = PhraseSet.AnyCase([
        .. SubjectStarts.Select(row => row.Start),
        .. SubjectSentences.Select(row => row.Text),
    ]);

    /// <summary>Any word of the opening lines.</summary>
    public static readonly PhraseSet InOpening = PhraseSet.AnyCase([.. OpeningSentences.Select(row => row.Text), .. ReceiptLabels]);
}
