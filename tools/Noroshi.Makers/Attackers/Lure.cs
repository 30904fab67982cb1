namespace Noroshi.Makers.Attackers;

/// <summary>A story by which a window is made to answer and to open a file. Sentences are drawn from it, so that no two mails are equal.</summary>
/// <param name="Japanese">Language.</param>
/// <param name="Subjects">Subjects.</param>
/// <param name="Inquiry">Sentences of the harmless first mail.</param>
/// <param name="Attack">Sentences of the mail with the file.</param>
/// <param name="Documents">Names of the file.</param>
public sealed record Lure(
    bool Japanese,
    IReadOnlyList<string> Subjects,
    IReadOnlyList<string> Inquiry,
    IReadOnlyList<string> Attack,
    IReadOnlyList<string> Documents
);

/// <summary>The stories.</summary>
public static class Lures
{
    /// <summary>A laboratory asks for data.</summary>
    public static Lure Laboratory { get; } =
        new(
            true,
            ["研究調査へのご協力のお願い", "共同研究に関するお問い合わせ", "実験データの提供について"],
            [
                "当研究室では送電設備の劣化診断を研究しております。",
                "貴社の技術報告を拝読し、ぜひご意見を伺いたく存じます。",
                "どちらの部署にお送りすればよろしいでしょうか。",
                "学会での発表を来月に控え、現場の声を集めております。",
                "ご担当の方のお名前をお教えいただけますと幸いです。",
            ],
            [
                "調査項目をまとめた資料をお送りいたします。",
                "設問は全部で十二問、所要時間は十分ほどです。",
                "お手元でご覧いただき、ご意見をお聞かせください。",
                "集計結果は後日、研究室の冊子にてお返しいたします。",
            ],
            ["調査項目一覧", "劣化診断アンケート"]
        );

    /// <summary>A customer with a defect.</summary>
    public static Lure Defect { get; } =
        new(
            true,
            ["製品の不具合について", "購入した製品の動作不良", "修理のご相談"],
            [
                "先月購入した制御盤が起動しなくなりました。",
                "電源を入れると表示が点滅し、そのまま止まります。",
                "販売店に尋ねましたが、貴社に直接聞くように言われました。",
                "保証書は手元にございます。",
                "写真をお送りしてもよろしいでしょうか。",
            ],
            [
                "不具合の様子を撮影した写真をまとめました。",
                "型番と製造番号も中に記載してあります。",
                "原因が分かりましたらお知らせください。",
                "画面の状態がよく分かる二枚目をご覧ください。",
            ],
            ["不具合写真", "故障状況"]
        );

    /// <summary>An applicant.</summary>
    public static Lure Applicant { get; } =
        new(
            true,
            ["中途採用への応募", "採用に関するお問い合わせ", "エントリーの件"],
            [
                "貴社の採用情報を拝見し、設計職に応募したく思います。",
                "前職では七年間、計装の設計を担当しておりました。",
                "郵送ではなく電子メールでの応募は可能でしょうか。",
                "現在は離職中のため、面接の日程はいつでも調整できます。",
                "募集がまだ続いているか確認させてください。",
            ],
            [
                "履歴書と職務経歴書をお送りいたします。",
                "個人情報を含むため、書類には鍵を掛けております。",
                "書類選考の結果を心待ちにしております。",
                "不足の書類があればすぐにご用意いたします。",
            ],
            ["履歴書", "職務経歴書"]
        );

    /// <summary>A journalist.</summary>
    public static Lure Interview { get; } =
        new(
            true,
            ["取材のお願い", "誌面掲載に関するご相談"],
            [
                "業界誌の編集部におります。",
                "来春号で防災設備の特集を組むことになりました。",
                "貴社の取り組みを一頁で紹介させていただきたく存じます。",
                "広報のご担当者をご紹介いただけませんでしょうか。",
                "掲載に費用は一切かかりません。",
            ],
            [
                "企画の概要と質問事項をまとめました。",
                "校了は今月末ですので、それまでにお目通しください。",
                "写真の使用可否についても欄を設けてあります。",
                "過去の掲載例を二点付けております。",
            ],
            ["取材企画書", "質問事項"]
        );

    /// <summary>A buyer.</summary>
    public static Lure Quotation { get; } =
        new(
            true,
            ["お見積りのお願い", "見積依頼の件", "納期の確認"],
            [
                "設備更新に伴い、貴社の変換器の導入を検討しております。",
                "数量は四十台ほどを見込んでおります。",
                "九州地区への納入実績はございますでしょうか。",
                "予算の都合上、今月中にお返事を頂戴したく存じます。",
                "仕様は現行品と同等で構いません。",
            ],
            [
                "見積依頼書と仕様書をお送りします。",
                "別紙の数量表に単価をご記入ください。",
                "納入場所は図面の三頁目をご参照ください。",
                "ご不明の点は図面の番号でお尋ねください。",
            ],
            ["見積依頼書", "仕様書"]
        );

    /// <summary>Somebody found personal data.</summary>
    public static Lure Leak { get; } =
        new(
            true,
            ["個人情報の漏えいについて", "貴社の名簿が公開されています"],
            [
                "貴社の顧客名簿と思われるものを掲示板で見つけました。",
                "私の氏名と住所も載っていて、大変困っております。",
                "この件を担当されているのはどなたでしょうか。",
                "証拠となる画面は保存してあります。",
                "誠意ある対応がなければ監督官庁に届け出ます。",
            ],
            [
                "保存した画面と名簿の一部をお送りします。",
                "黄色の行が当方の情報です。",
                "いつまでに削除していただけるのかお答えください。",
                "ほかの被害者の分も含まれております。",
            ],
            ["漏えい名簿", "掲示板の写し"]
        );

    /// <summary>An exhibition.</summary>
    public static Lure Exhibition { get; } =
        new(
            true,
            ["展示会出展のご案内", "防災フェアのご出展について"],
            [
                "秋に開かれる防災フェアの事務局でございます。",
                "昨年ご来場いただいた企業の皆様にお声を掛けております。",
                "ご出展を検討される部署をお教えください。",
                "小間の割り当ては先着順となります。",
                "会場は臨海地区の国際展示場です。",
            ],
            [
                "出展要項と小間の配置図をお送りします。",
                "申込書は最後の頁にございます。",
                "締切は来週の金曜日でございます。",
                "昨年の来場者数もご参照ください。",
            ],
            ["出展要項", "小間配置図"]
        );

    /// <summary>A student.</summary>
    public static Lure Thesis { get; } =
        new(
            true,
            ["卒業論文のための質問", "アンケートのお願い(学生)"],
            [
                "卒業論文で水処理膜を取り上げている学生です。",
                "御社の資料館を先日見学いたしました。",
                "指導教員から直接伺うように勧められました。",
                "文献では見つからない数値があり困っております。",
                "お電話でも構いませんのでお時間を頂けないでしょうか。",
            ],
            [
                "質問を一枚の表にまとめました。",
                "分かる範囲で空欄を埋めていただけますでしょうか。",
                "論文が完成しましたら一部お送りいたします。",
                "図の三番についてもご教示ください。",
            ],
            ["質問表", "論文の図"]
        );

    /// <summary>A supplier changes its bank.</summary>
    public static Lure Invoice { get; } =
        new(
            true,
            ["請求書送付のご連絡", "お支払い口座変更のお知らせ"],
            [
                "経理の窓口はこちらでよろしいでしょうか。",
                "先月分のお支払いについて確認したいことがございます。",
                "担当者が交代いたしましたのでご挨拶申し上げます。",
                "当社の取引銀行が統合により変わりました。",
                "締め日に間に合うようお手続きをお願いできますか。",
            ],
            [
                "改訂した請求書をお送りいたします。",
                "新しい口座は二頁目の下段に記しております。",
                "先にお送りした分は破棄してください。",
                "押印した原本は後日郵送いたします。",
            ],
            ["請求書", "口座変更届"]
        );

    /// <summary>A buyer, in English.</summary>
    public static Lure Tender { get; } =
        new(
            false,
            ["Request for quotation", "Inquiry about your valves", "Tender documents"],
            [
                "We are a trading house looking for a supplier of gate valves.",
                "Our customer intends to refit two desalination plants next year.",
                "Could you tell me who handles overseas orders?",
                "We found your company through the chamber of commerce.",
                "The delivery term would be six months from the contract.",
            ],
            [
                "Please find the drawings and the list of quantities in the file.",
                "Prices should be quoted per unit including sea freight.",
                "The tender closes at the end of this month.",
                "Sheet four shows the flanges that we need.",
            ],
            ["drawings", "quantities"]
        );

    /// <summary>A conference, in English.</summary>
    public static Lure Conference { get; } =
        new(
            false,
            ["Invitation to speak", "Programme committee: your contribution"],
            [
                "I write on behalf of the programme committee of the Pacific Grid Forum.",
                "Your group's article on islanding was discussed with interest.",
                "May I ask whether a colleague of yours would give a talk?",
                "Travel and lodging would be covered by the organisers.",
                "The forum takes place in the second week of November.",
            ],
            [
                "The draft programme with your slot is in the document.",
                "Kindly complete the speaker form on the last page.",
                "We need your abstract before the printing date.",
                "The hotel voucher is included as well.",
            ],
            ["programme", "speaker form"]
        );

    /// <summary>A résumé, in English.</summary>
    public static Lure Resume { get; } =
        new(
            false,
            ["Application for the engineer position", "Job application"],
            [
                "I noticed the opening for a field engineer on your site.",
                "For nine years I maintained turbines in two shipyards.",
                "Is it acceptable to apply from abroad?",
                "My family will move to your area in spring.",
                "I hold the licences named in your advertisement.",
            ],
            [
                "My résumé and two letters of reference are enclosed.",
                "The file is locked because of the personal data in it.",
                "I would be glad to take part in an online interview.",
                "The certificates are on the pages after the letters.",
            ],
            ["resume", "references"]
        );

    /// <summary>A complaint, in English.</summary>
    public static Lure Complaint { get; } =
        new(
            false,
            ["Complaint about a delivery", "Damaged goods received"],
            [
                "The pallet that arrived on Tuesday was soaked with oil.",
                "Our warehouse refused to sign for half of the cartons.",
                "To whom should I address the claim?",
                "The forwarder says that the packing was at fault.",
                "We have ordered from you since the nineties and never had this.",
            ],
            [
                "The photographs of the cartons are in the archive.",
                "Please compare the seals with those on your packing list.",
                "Our surveyor's statement is enclosed too.",
                "We expect a credit note within ten days.",
            ],
            ["photographs", "survey"]
        );

    /// <summary>A partner's audit, in English.</summary>
    public static Lure Audit { get; } =
        new(
            false,
            ["Supplier audit questionnaire", "Annual compliance review"],
            [
                "Our quality department reviews all suppliers once a year.",
                "Your firm is on the list for this quarter.",
                "Who is in charge of certificates at your works?",
                "The review is done on paper; nobody will visit you.",
                "Last year's answers came from a colleague who has retired.",
            ],
            [
                "The questionnaire is in the file; green cells are for you.",
                "Open it with macros allowed so that the totals are computed.",
                "Return it by Friday so that your rating stays valid.",
                "Section seven asks about your sub-contractors.",
            ],
            ["questionnaire", "compliance review"]
        );
}
