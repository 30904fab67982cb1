namespace Noroshi.Makers.Story;

/// <summary>The fifteen cases of the one attacker, in the order of first contact. Case 4 is that of Table 1.</summary>
internal static partial class AttackerCases
{
    /// <summary>All letters.</summary>
    public static IEnumerable<Letter> All(bool control)
    {
        var traits = new AttackerTraits(control);
        return Enumerable
            .Empty<Letter>()
            .Concat(First(traits))
            .Concat(Second(traits))
            .Concat(Third(traits))
            .Concat(Fourth(traits))
            .Concat(Fifth(traits))
            .Concat(Sixth(traits))
            .Concat(Seventh(traits))
            .Concat(Eighth(traits))
            .Concat(Ninth(traits))
            .Concat(Tenth(traits))
            .Concat(Eleventh(traits))
            .Concat(Twelfth(traits))
            .Concat(Thirteenth(traits))
            .Concat(Fourteenth(traits))
            .Concat(Fifteenth(traits));
    }

    private static Exchange Begin(AttackerTraits traits, int number, string organization, string window, int persona, string subject)
    {
        var desk = organization.StartsWith("desk", StringComparison.Ordinal);
        var second = persona == 3;
        return new Exchange(organization, window, traits.Persona(number, persona), subject, $"x/{number:00}")
        {
            Style = traits.Style(number, second),
            WindowStyle = MailStyles.Office[number % MailStyles.Office.Count],
            PersonQuotes = number % 2 == 1,
            Always = letter =>
                letter with
                {
                    Case = number,
                    Intake = desk ? "desk" : "member",
                    WayStated = desk,
                    Verdict = "targeted",
                    Client = letter.Way == Way.In ? traits.Client(number, second) : null,
                },
        };
    }

    /// <summary>An attack: files, and where what is in them connects to.</summary>
    private static Func<Letter, Letter> With(
        AttackerTraits traits,
        int number,
        (bool First, bool Second) tools,
        params Enclosure[] files
    ) =>
        letter =>
            letter with
            {
                Files = files,
                Destinations = traits.Destinations(number, tools.First, tools.Second),
                Client = traits.Client(number, tools.Second),
                Style = traits.Style(number, tools.Second),
            };

    /// <summary>A program that looks like a document, with a document to show: what an archive of this attacker holds.</summary>
    private static MadeFile[] Inside(AttackerTraits traits, int number, string stem, bool first = true, bool second = true) =>
        [
            new($"{stem}.exe", StoryFiles.Program(traits.Maker(number, stem, first, second), icon: true)),
            new($"{stem}.jtd", StoryFiles.Ichitaro(traits.Maker(number, stem, first, second), stem, $"{stem}\n別紙のとおり。")),
        ];

    private static IEnumerable<Letter> First(AttackerTraits traits) =>
        Begin(traits, 1, "power-b", "product-inquiry", 1, "電気設備の容量変更について")
            .In(
                "2013-07-09 10:21",
                "東浦電力 お問い合わせご担当者様\n\n小さな設備事務所を営む三宅と申します。\n工場の契約容量を見直したいという客先から相談を受けており、申請の順序についてお尋ねします。\n申請書は客先と弊所のどちらから出すのが通例でしょうか。"
            )
            .Out(
                "2013-07-09 13:40",
                "三宅様\n\nご連絡をいただきありがとうございます。\n容量変更は、原則としてご契約者様からのお申し出が必要です。\n工事店様が代わって手続きされる場合は委任状をお付けください。"
            )
            .In(
                "2013-07-09 13:52",
                "早速のご教示、助かりました。\n客先の現状を一枚にまとめましたので、「容量見直し一覧」を添付でお送りします。\n記載に不足がないかご覧いただけますでしょうか。",
                With(
                    traits,
                    1,
                    (true, false),
                    new Enclosure(
                        "容量見直し一覧.zip",
                        ZipMaker.Zip(
                            [
                                new MadeFile(
                                    "容量見直し一覧.jtd",
                                    StoryFiles.Ichitaro(traits.Maker(1, "list", true, false), "容量見直し一覧", "契約容量の現状と希望")
                                ),
                            ],
                            new() { Names = ZipNames.Cp932 }
                        ),
                        "justsystems"
                    )
                )
            )
            .Letters;

    private static IEnumerable<Letter> Second(AttackerTraits traits) =>
        Begin(traits, 2, "chemical-d", "pr", 2, "窓口の確認")
            .In(
                "2013-08-06 16:32",
                "常盤原樹脂 御中\n\n技術士の沢村と申します。\n樹脂の耐熱性に関する調べものをしておりまして、御社の公開情報の引用についてご相談したいのですが、\nこの窓口でよろしいでしょうか。別の部署があればご紹介ください。"
            )
            .In(
                "2013-08-08 11:05",
                "沢村です。先日お送りしたメールの件、その後いかがでしょうか。\n担当の方がお盆前で手いっぱいでしたら、休み明けで結構です。"
            )
            .Letters;

    private static IEnumerable<Letter> Third(AttackerTraits traits) =>
        Begin(traits, 3, "desk-n1", "info", 1, "部品加工の見積依頼")
            .In(
                "2013-09-10 09:48",
                "ことぶき金属加工 営業ご担当様\n\n三宅設備企画の三宅です。\n試作部品の加工をお願いしたく、「加工依頼図面」をお付けします。\n数量は二十個、納期は十月上旬を考えております。",
                letter =>
                    With(
                        traits,
                        3,
                        (true, true),
                        new Enclosure(
                            "加工依頼図面.zip",
                            ZipMaker.Zip([
                                new MadeFile("加工依頼図面.pdf.lnk", StoryFiles.Link(traits.Maker(3, "link", true, true))),
                                new MadeFile(
                                    "部品表.jtd",
                                    StoryFiles.Ichitaro(traits.Maker(3, "parts", true, true), "部品表", "部品の一覧")
                                ),
                            ]),
                            "shortcut"
                        )
                    )(letter) with
                    {
                        Named = ["attack-first"],
                    }
            )
            .Out(
                "2013-09-10 11:15",
                "三宅様\n\nお引き合いありがとうございます。\n届いた図面ですが、こちらのパソコンでは内容を表示できませんでした。\nほかの形でいただくことはできますか。",
                letter => letter with { Named = ["attack-first"] }
            )
            .In(
                "2013-09-10 11:29",
                "ご不便をおかけしました。\n図面を作り直して、「加工依頼図面」をもう一度お送りいたします。",
                letter =>
                    With(
                        traits,
                        3,
                        (true, true),
                        new Enclosure("加工依頼図面.zip", ZipMaker.Zip(Inside(traits, 3, "加工依頼図面")), "executable")
                    )(letter) with
                    {
                        Named = ["attack-first"],
                    }
            )
            .Letters;

    /// <summary>The same files in the old format, which Lhaplus opens, or in the one of 2013, which it does not.</summary>
    private static Enclosure Rar(AttackerTraits traits, bool old)
    {
        var (files, password) = (Inside(traits, 4, "研究室資料"), traits.Password(4));
        return new("研究室資料.rar", old ? RarMaker.Rar4(files, password) : RarMaker.Rar5(files, password), "executable");
    }

    /// <summary>Nine mails.</summary>
    private static IEnumerable<Letter> Fourth(AttackerTraits traits)
    {
        var password = traits.Password(4);
        var word = new Enclosure(
            "研究室資料.doc",
            StoryFiles.Word(traits.Maker(4, "word", true, true), "研究室資料", "研究室のご紹介と評価条件"),
            "office"
        );
        return Begin(traits, 4, "equipment-d", "product-inquiry", 0, "小型減速機の仕様に関するお尋ね")
            .In(
                "2013-10-15 10:07",
                "桐生原精機 製品お問い合わせ係 御中\n\n東都先端材料研究室の星野と申します。\n真空槽の中で使う駆動部を検討しておりまして、貴社の小型減速機についてお尋ねいたします。\nカタログにある潤滑剤を、低温用のものに替えた品はございますでしょうか。"
            )
            .Out(
                "2013-10-15 15:27",
                "星野様\n\nお問い合わせをいただき、ありがとうございます。\n低温用の潤滑剤をご指定いただける型番は三種類ございます。\n使われる温度と回転数をお知らせくだされば、候補をご案内いたします。"
            )
            .In(
                "2013-10-15 15:41",
                "ご丁寧にありがとうございます。\n条件を文章で書くと長くなりますので、「本研究室の資料」をお送りします。\n三ページ目の表に温度と回転数を載せております。",
                With(traits, 4, (true, true), word)
            )
            .Out(
                "2013-10-16 09:20",
                "星野様\n\n資料をお送りくださりありがとうございます。\nただ、添付の文書は弊社の環境では内容を確認することができませんでした。\n別の方法でお知らせいただけますでしょうか。"
            )
            .In(
                "2013-10-16 10:02",
                $"お手間をおかけして申し訳ありません。\n「本研究室の資料」を圧縮して再送いたします。\nパスワードは {password} です。",
                With(traits, 4, (true, true), Rar(traits, old: false))
            )
            .Out(
                "2013-10-16 13:05",
                "星野様\n\n再度お送りいただきありがとうございました。\n頂戴した圧縮ファイルですが、解凍できませんでした。\n恐れ入りますが、条件をメールの本文に書いていただくことは可能でしょうか。"
            )
            .In(
                "2013-10-16 13:18",
                "そうでしたか。図が入っておりますので、本文では伝わりにくいかと思います。\n差し支えなければ、解凍ソフトは何をお使いか教えてください。"
            )
            .Out(
                "2013-10-16 14:02",
                "星野様\n\n弊社では Lhaplus を使用しております。\nお手数をおかけいたしますが、どうぞよろしくお願いいたします。"
            )
            .In(
                "2013-10-16 14:53",
                $"承知しました。そのソフトで開けることをこちらでも確かめました。\nあらためて「本研究室の資料」を再送いたします。\nパスワードは先ほどと同じ {password} です。",
                With(traits, 4, (true, true), Rar(traits, old: true))
            )
            .Letters.Select((letter, at) => letter with { Named = ["table-1"], Provision = at < 5 ? "x/04a" : "x/04b" });
    }

    private static IEnumerable<Letter> Fifth(AttackerTraits traits) =>
        Begin(traits, 5, "gas-b", "product-inquiry", 0, "ガス検知器の校正について")
            .In(
                "2013-10-22 13:02:10",
                "中洲ガス ご担当者様\n\n星野と申します。実験棟で都市ガスを引いており、検知器の校正周期を調べています。\n御社の推奨される周期を教えていただけないでしょうか。"
            )
            .Out(
                "2013-10-22 15:10",
                "星野様\n\n中洲ガスでございます。\n検知器は一年に一度の点検をお勧めしております。\n機種が分かりましたら、詳しくご案内いたします。"
            )
            .In(
                "2013-10-22 15:24",
                "ありがとうございます。機種が六つほどありますので、「検知器一覧」にまとめました。\nご覧のうえ、対象になるものを教えていただければ幸いです。",
                With(
                    traits,
                    5,
                    (true, false),
                    new Enclosure(
                        "検知器一覧.zip",
                        ZipMaker.Zip(Inside(traits, 5, "検知器一覧", second: false), new() { Names = ZipNames.Cp932 }),
                        "executable"
                    )
                )
            )
            .Letters.Select(letter => letter with { Damage = Damages.GatewayLine, Named = ["gateway-damaged-headers"] });

    private static IEnumerable<Letter> Sixth(AttackerTraits traits)
    {
        var home = StoryMembers.Homes["power-e"];
        var exchange = Begin(traits, 6, "power-e", "product-inquiry", 0, "揚水設備の見学")
            .In(
                "2013-10-22 13:03:40",
                "海原電源開発 御中\n\n大学に籍を置く星野です。学生数名と揚水発電の設備を見学したいと思っております。\n申し込みの受付はこちらのアドレスで間違いないでしょうか。"
            );
        var forward = exchange.Letters[0] with
        {
            Way = Way.Inside,
            At = Clock.At("2013-10-22 13:31"),
            From = new Person("", home.AddressOf("product-inquiry")),
            To = home.AddressOf("pr"),
            Subject = "Fw: 揚水設備の見学",
            Text = "広報ご担当\n\n見学の件のようです。そちらで回答をお願いします。\n\n" + Quoting.Of(exchange.Letters[0]),
            Client = null,
            Verdict = null,
            Style = MailStyles.Office[2],
            Parents = [exchange.Letters[0].Id],
        };
        forward = forward with { Id = LetterWriter.IdOf(forward) };
        return exchange
            .Put(forward)
            .Out(
                "2013-10-22 16:05",
                "星野様\n\n広報の窓口から返信いたします。\n見学は五名様から承っております。ご希望の日を三つほどお知らせください。",
                letter => letter with { Window = "pr", From = new Person($"{home.NameJa} 広報窓口", home.AddressOf("pr")) }
            )
            .Letters.Select(letter => letter with { Named = ["internal-forward-second-window"] });
    }

    private static IEnumerable<Letter> Seventh(AttackerTraits traits) =>
        Begin(traits, 7, "petroleum-c", "customer", 0, "お尋ね(潤滑油の取り扱い)")
            .In(
                "2013-10-22 13:06:05",
                "日和石油開発 お客様相談窓口\n\n突然失礼します、星野です。\n少量の高粘度油を研究用に譲っていただく制度があると耳にしました。\nどの部門にご相談すればよいか、担当部署を教えてください。"
            )
            .Letters;
}

/// <summary>What gateways and list systems do to mails.</summary>
internal static class Damages
{
    /// <summary>A line that is no header stands first, as an old gateway writes it.</summary>
    public static byte[] GatewayLine(byte[] mail) => [.. "Microsoft Mail Internet Headers Version 2.0\r\n"u8, .. mail];
}
