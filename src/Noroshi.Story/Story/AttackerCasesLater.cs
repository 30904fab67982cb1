namespace Noroshi.Makers.Story;

internal static partial class AttackerCases
{
    private static IEnumerable<Letter> Eighth(AttackerTraits traits)
    {
        var key = traits.Control ? "Yuka-4471" : "Miyake-1028";
        byte[] Locked(string stem) =>
            ZipMaker.Zip(
                Inside(traits, 8, stem),
                new()
                {
                    Lock = ZipLock.ZipCrypto,
                    Password = key,
                    Names = ZipNames.Cp932,
                }
            );
        return Begin(traits, 8, "chemical-a", "product-inquiry", 1, "洗浄剤のサンプル提供")
            .In(
                "2013-10-28 10:15",
                "朝霧化学工業 営業窓口 御中\n\n配管洗浄の現場を担当しております三宅です。\n展示会で拝見した中性洗浄剤に関心があり、少量のサンプルを分けていただけるか伺いたく連絡しました。"
            )
            .Out(
                "2013-10-28 11:50",
                "三宅様\n\n展示会にお越しいただき、ありがとうございました。\n五百ミリリットルまで無償でご用意できます。用途と送り先をお知らせください。"
            )
            .In(
                "2013-10-28 12:05",
                "助かります。用途の欄が細かいので、「洗浄対象と工程」というファイルに書いて送ります。\n念のため鍵をかけてありますので、開くための文字列は次のメールでお伝えします。",
                With(traits, 8, (true, true), new Enclosure("洗浄対象と工程.zip", Locked("洗浄対象と工程"), "executable"))
            )
            .In("2013-10-28 12:07", $"先ほどのファイルのパスワードをお送りします。\n\nパスワード：{key}")
            .Out(
                "2013-10-28 13:30",
                "三宅様\n\nお送りいただいた圧縮ファイルを開こうとしましたが、途中で止まってしまい、中身を確認できませんでした。"
            )
            .In(
                "2013-10-28 13:45",
                $"申し訳ないです、保存の仕方が悪かったかもしれません。\n「洗浄対象と工程」を別の形式で再送いたします。パスワードは {key} のままです。",
                With(
                    traits,
                    8,
                    (true, true),
                    new Enclosure(
                        "洗浄対象と工程.zip",
                        ZipMaker.Zip(Inside(traits, 8, "洗浄対象と工程"), new() { Lock = ZipLock.Aes256, Password = key }),
                        "executable"
                    )
                )
            )
            .Letters.Select(letter => letter with { Named = ["locked-zip-second-mail"] });
    }

    /// <summary>The reply was not handed in; the attacker's mail quotes it.</summary>
    private static IEnumerable<Letter> Ninth(AttackerTraits traits) =>
        Begin(traits, 9, "desk-n2", "info", 2, "流量計の取り扱いについて")
            .In(
                "2013-11-20 09:33",
                "あすなろ計測 様\n\n沢村技術士事務所の沢村です。\n古い流量計の部品を探しております。製造の終わった型でも修理の相談に乗っていただけますか。"
            )
            .Out("2013-11-20 13:02", "沢村様\n\n部品の在庫が残っている型でしたら、修理を承れます。\n銘板の写真か型番をお送りください。")
            .In(
                "2013-11-20 13:17",
                "恐れ入ります。「銘板の写真と図面」をひとまとめにしました。\nどの部品が残っているか、見ていただけると助かります。",
                With(
                    traits,
                    9,
                    (true, true),
                    new Enclosure("銘板の写真と図面.7z", SevenZipMaker.SevenZip(Inside(traits, 9, "銘板の写真と図面")), "executable")
                )
            )
            .Letters.Where(letter => letter.Way == Way.In)
            .Select(letter => letter with { Named = ["ghost-reply-from-quotes"] });

    /// <summary>The reply is known by word only, and only to the hour.</summary>
    private static IEnumerable<Letter> Tenth(AttackerTraits traits) =>
        Begin(traits, 10, "equipment-h", "recruit", 1, "中途採用の応募方法")
            .In(
                "2013-12-10 10:40",
                "東雲制御 採用ご担当者様\n\n求人のページを拝見しました三宅です。計装の経験が八年ほどあります。\n応募書類は郵送のほかにメールでも受け付けておられますか。",
                letter =>
                    letter with
                    {
                        Events =
                        [
                            new Stated(
                                "reply",
                                Clock.At("2013-12-10 14:00"),
                                "hour",
                                "メールでも受け付けると窓口から返信した(担当者の申告)。"
                            ),
                        ],
                    }
            )
            .In(
                "2013-12-10 15:20",
                "ご返信に感謝いたします。お言葉に甘えて「職務経歴書」をお送りします。\n書式が古くて恐縮ですが、お目通しください。",
                With(
                    traits,
                    10,
                    (true, true),
                    new Enclosure(
                        "職務経歴書.lzh",
                        Lzh.LzhMaker.Make([.. Inside(traits, 10, "職務経歴書").Select(file => new Lzh.LzhMember(file.Name, file.Content))]),
                        "executable"
                    )
                )
            )
            .Letters.Select(letter => letter with { Named = ["stated-reply-hour"] });

    /// <summary>A call centre answers for the organisation, and the attacker goes on under another name.</summary>
    private static IEnumerable<Letter> Eleventh(AttackerTraits traits) =>
        Begin(traits, 11, "power-g", "customer", 1, "検針票の表示について")
            .In(
                "2014-01-14 11:20",
                "西津電力 お客様窓口 御中\n\n三宅といいます。事務所の検針票に見慣れない項目が増えました。\n力率の欄の読み方をお聞きしたいのですが、どこかに説明はありますか。"
            )
            .Out(
                "2014-01-14 14:33",
                "三宅様\n\n西津電力の受付を担当しております、おとどけコンタクトです。\n力率の欄は前月分の平均でございます。ご不明の箇所を具体的にお知らせください。",
                letter => letter with { From = new Person("西津電力 受付センター", $"nishitsu@{StoryMembers.CallCentre}") }
            )
            .In(
                "2014-01-14 14:44",
                "三宅から引き継ぎました星野です。話の途中で担当が代わり失礼いたします。\n見ていただきたい箇所に印を付けた「検針票の写し」を添えます。",
                letter =>
                    With(
                        traits,
                        11,
                        (true, true),
                        new Enclosure("検針票の写し.zip", ZipMaker.Zip(Inside(traits, 11, "検針票の写し")), "executable")
                    )(letter) with
                    {
                        From = traits.Persona(11, 0),
                    }
            )
            .Letters.Select(letter => letter with { Named = ["contractor-answers", "persona-change"] });

    private static IEnumerable<Letter> Twelfth(AttackerTraits traits) =>
        Begin(traits, 12, "desk-n3", "info", 2, "助成制度の問い合わせ先")
            .In(
                "2014-01-30 10:12",
                "みらい技術振興会 事務局 御中\n\n沢村と申します。中小の事業者向けの助成について質問があります。\n制度に詳しい方は、本日ご在席でしょうか。"
            )
            .Letters;

    /// <summary>Seven months after the first case, the same organisation, with the other set of tools.</summary>
    private static IEnumerable<Letter> Thirteenth(AttackerTraits traits)
    {
        var exchange = Begin(traits, 13, "power-b", "pr", 3, "社史資料の閲覧");
        return new Exchange("power-b", "pr", exchange.Person, "社史資料の閲覧", exchange.Provision)
        {
            Style = exchange.Style,
            WindowStyle = MailStyles.Office[1],
            Always = exchange.Always,
            Threaded = false,
        }
            .In(
                "2014-02-12 09:55",
                "広報ご担当 様\n\n長浜計画工房の長浜です。郷土の発電所の歴史をまとめた冊子を編んでいます。\n昭和三十年代の写真を所蔵しておられるか、教えて頂ければと思い筆を執りました。"
            )
            .Out(
                "2014-02-12 13:10",
                "長浜様\n\n弊社の資料室に当時の写真が数点ございます。\n使われる場面を企画書などでお示しいただければ、貸し出しを検討いたします。"
            )
            .In(
                "2014-02-12 13:22",
                "ご検討いただけるとのこと、嬉しく思います。\nまだ下書きですが「冊子の企画書」をお届けしますので、写真の入る頁をご覧ください。",
                With(
                    traits,
                    13,
                    (false, true),
                    new Enclosure(
                        "冊子の企画書.zip",
                        ZipMaker.Zip([
                            new MadeFile("冊子の企画書.exe", StoryFiles.Program(traits.Maker(13, "plan", false, true), icon: true)),
                        ]),
                        "executable"
                    )
                )
            )
            .Letters.Select(letter => letter with { Named = ["header-less-replies"] });
    }

    /// <summary>Four months after the fifth case, the same organisation, with the other set of tools.</summary>
    private static IEnumerable<Letter> Fourteenth(AttackerTraits traits) =>
        Begin(traits, 14, "gas-b", "customer", 3, "給湯器の交換時期")
            .In(
                "2014-02-27 11:02",
                "お客様相談窓口 ご担当者様\n\n長浜と申します。賃貸の建物を何棟か預かっています。\n給湯器を入れ替える目安の年数を伺えますでしょうか。"
            )
            .Out(
                "2014-02-27 14:06",
                "長浜様\n\nお問い合わせの件ですが、十年を目安にご案内しております。\n台数が多い場合は、設置の年が分かる一覧をいただけますと見積もりができます。"
            )
            .In(
                "2014-02-27 14:21",
                "それでは「給湯器台帳」を付けます。古い順に並べてあります。\n見積もりは急ぎませんので、よろしくご検討ください。",
                With(
                    traits,
                    14,
                    (false, true),
                    new Enclosure(
                        "給湯器台帳.zip",
                        ZipMaker.Zip([new MadeFile("給湯器台帳.xls.lnk", StoryFiles.Link(traits.Maker(14, "ledger", false, true)))]),
                        "shortcut"
                    )
                )
            )
            .Letters;

    /// <summary>The first mail of an attack that has not come yet when the year ends.</summary>
    private static IEnumerable<Letter> Fifteenth(AttackerTraits traits) =>
        Begin(traits, 15, "chemical-h", "product-inquiry", 2, "塗料の耐候試験")
            .In(
                "2014-03-26 10:48",
                "星見塗料 製品窓口 御中\n\n技術士の沢村です。屋外盤の塗り替えを計画しております。\n貴社の水性塗料について、海沿いでの耐候試験の結果を公開しておられるか伺いたく存じます。"
            )
            .Letters.Select(letter => letter with { Named = ["live-resembles-known"], ProvidedAt = Clock.At("2014-03-26 11:20") });
}
