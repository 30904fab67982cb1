namespace Noroshi.Hub.Reports.Findings;

/// <summary>Words of the overview and of the page of what only all mails together show.</summary>
internal static class IndexWords
{
    public static readonly Phrase Read = new("読み取ったもの", "What was read");
    public static readonly Phrase Exchanges = new("やり取り", "Exchanges");
    public static readonly Phrase MailsByOrganization = new("組織ごとの通数", "Mails by organisation");
    public static readonly Phrase Received = new("受信", "Received");
    public static readonly Phrase Sent = new("送信", "Sent");
    public static readonly Phrase OtherMails = new("その他", "Other");
    public static readonly Phrase Warnings = new("いま警戒すべきやり取り", "Live warnings");
    public static readonly Phrase NoWarnings = new(
        "攻撃の前兆と判断したやり取りはない。新しいメールを受け取ったら、あらためて分析してください。",
        "No exchange gives reason to expect an attack. Analyse again when new mails come in."
    );
    public static readonly Phrase Campaigns = new("一連の攻撃", "Campaigns");
    public static readonly Phrase NoCampaigns = new(
        "同一の攻撃者によると思われるやり取りの組は見つからなかった。ほかの組織のメールを加えて分析すると、つながりが分かることがあります。",
        "No exchanges appear to be the work of the same attacker. Links may show when mails of further organisations are added."
    );
    public static readonly Phrase Conversations = new("事例(やり取り)", "Cases (exchanges)");
    public static readonly Phrase NoConversations = new(
        "攻撃や、やり取り型の疑いがあるやり取りは見つからなかった。窓口からの返信も一緒に分析すると、やり取りを復元しやすくなります。",
        "No exchange shows an attack or is suspected. Exchanges are rebuilt best when the window's own replies are given too."
    );
    public static readonly Phrase NoMails = new(
        "メールが1通も読み取れなかった。組織/窓口/ の形のフォルダ、またはマニフェストを指定して、もう一度実行してください。",
        "No mail was read. Name a folder ORGANISATION/WINDOW/ or a manifest, and run again."
    );
    public static readonly Phrase Together = new("単一組織の情報では分からなかったこと", "What no single organisation could see");
    public static readonly Phrase TogetherLead = new(
        "どの1組織のメールだけを分析しても現れず、複数の組織の情報を集めて初めて分かったことを示す。",
        "Findings that vanish when the mails of any one organisation stand alone, and show only when those of several are put together."
    );
    public static readonly Phrase NoTogether = new(
        "複数の組織の情報を集めて初めて分かったことは、今回はない。2組織以上のメールを一緒に分析しているか確かめてください。",
        "This time there is nothing that only several organisations together show. Make sure that mails of two or more are analysed."
    );
    public static readonly Phrase Involved = new("情報を合わせた組織", "Organisations that together show it");
    public static readonly Phrase See = new("詳しく見る", "Read more about these findings");
    public static readonly Phrase SeeCampaign = new("一連の攻撃の根拠を見る", "See what the campaign rests on");
    public static readonly Phrase Suggestions = new("参考: つながりの可能性", "Worth a look: possible links");
    public static readonly Phrase SuggestionsNote = new(
        "根拠が足りず、一連の攻撃には含めていない。",
        "The evidence is too little for a campaign."
    );
    public static readonly Phrase Mail = new("メール", "Mail");
    public static readonly Phrase OtherMail = new("もう一方のメール", "Other mail");

    public static Phrase OnlyTogetherCount(int count) =>
        new(
            $"複数の組織の情報を集めて初めて分かったことが{count}件ある。",
            $"{count} {(count == 1 ? "finding shows" : "findings show")} only when several organisations are put together."
        );

    public static Phrase Untold(int count) =>
        new(
            $"ほかに、特に伝えることのないやり取りが{count}件ある。",
            $"{count} further {(count == 1 ? "exchange has" : "exchanges have")} nothing to tell."
        );

    public static Phrase KindOf(string kind) =>
        kind switch
        {
            "campaign" => new("同一の攻撃者", "One attacker"),
            "parallel" => new("同時並行", "Parallel"),
            "sequential" => new("連続", "Sequential"),
            "careful" => new("慎重", "Careful"),
            "returning" => new("再来", "Returning"),
            "attended" => new("待機", "Attended"),
            "evolving" => new("変化", "Evolving"),
            _ => new(kind, kind),
        };
}
