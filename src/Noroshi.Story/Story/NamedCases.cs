namespace Noroshi.Makers.Story;

/// <summary>
/// Exchanges that are awkward to read and have nothing to do with the attacker: what windows see every day, and two people of whom nobody
/// knows yet what they want. Each has a name in cases.json.
/// </summary>
internal static class NamedCases
{
    /// <summary>All letters.</summary>
    public static IEnumerable<Letter> All() =>
        Enumerable
            .Empty<Letter>()
            .Concat(LockedArchive())
            .Concat(CannotOpen())
            .Concat(UnarchiverQuestion())
            .Concat(QuickCustomer())
            .Concat(Researcher())
            .Concat(WebForm())
            .Concat(Receipt())
            .Concat(CallCentre())
            .Concat(OwnDomain())
            .Concat(ListSystem())
            .Concat(PersonaJoin())
            .Concat(EncryptedUnopened())
            .Concat(LiveParallel())
            .Concat(LiveEnvironment());

    /// <summary>A line of the manifest without a mail: a call that the window noted down.</summary>
    public static (string Organization, string Window, Stated Event) Telephone { get; } =
        (
            "petroleum-d",
            "customer",
            new Stated("phone", Clock.At("2013-11-08 15:00"), "hour", "給油所の数を尋ねる電話があり、名乗りを求めると切れた(受付の申告)。")
        );

    private static Exchange Begin(
        string name,
        int number,
        string organization,
        string window,
        string subject,
        string verdict = "harmless",
        int style = 0
    )
    {
        var (person, local) = Names.Numbered(1_062 + number);
        var free = number % 4 != 1;
        var domain = free
            ? Services.Free[number % Services.Free.Count]
            : $"{local[..5].Replace('.', 'a').Replace('-', 'b').Replace('_', 'c')}-kensetsu.example";
        return new Exchange(
            organization,
            window,
            new Person(person, $"{local}@{domain}", $"{person}\n{local}@{domain}"),
            subject,
            $"named/{name}"
        )
        {
            Style = free ? MailStyles.Private[style] : MailStyles.Office[style % 4],
            WindowStyle = MailStyles.Office[(number + 1) % 4],
            Always = letter => letter with { Named = [name], Verdict = verdict },
        };
    }

    private static Func<Letter, Letter> With(string name, byte[] content) =>
        letter => letter with { Files = [new Enclosure(name, content)] };

    private static byte[] Locked(string seed, string name, string password, ZipLock by = ZipLock.ZipCrypto) =>
        ZipMaker.Zip(
            [new MadeFile(name, StoryFiles.Letter(new Maker(seed), seed))],
            new()
            {
                Lock = by,
                Password = password,
                Names = ZipNames.Cp932,
            }
        );

    private static IEnumerable<Letter> LockedArchive() =>
        Begin("benign-locked-zip-second-mail", 1, "equipment-f", "product-inquiry", "据付要領書のご送付")
            .In(
                "2013-06-12 10:12",
                "ポンプの据付で現場に入っている者です。\n要領書に当方の注記を入れたものを返送します。開封の鍵はもう一通に書きます。",
                With("据付要領書_注記.zip", Locked("benign/locked", "据付要領書.docx", "tatsumi-0612"))
            )
            .In("2013-06-12 10:14", "要領書の鍵です。\n\nパスワード：tatsumi-0612")
            .Out(
                "2013-06-12 14:20",
                "注記を拝見しました。基礎の寸法について、一点だけ設計から回答いたします。\n来週の月曜までお待ちください。"
            )
            .Letters;

    private static IEnumerable<Letter> CannotOpen() =>
        Begin("benign-cannot-open", 2, "chemical-f", "product-inquiry", "膜厚測定の結果", style: 1)
            .In(
                "2013-07-18 09:30",
                "お借りした試料の膜厚を測り終えました。\n結果の表を添えますのでお受け取りください。",
                With("膜厚.zip", Locked("benign/film", "膜厚.docx", "qx81-Kanda-uu", ZipLock.Aes256))
            )
            .Out(
                "2013-07-18 11:02",
                "測定をありがとうございます。\n届いた添付ファイルですが、当方では開くことができませんでした。お手数ですが形式を変えて頂戴できますか。"
            )
            .In(
                "2013-07-18 13:40",
                "そちらで開けないとのこと、失礼しました。\n表計算をやめて、文字だけの表にして再送いたします。",
                With("膜厚.csv", StoryFiles.Table(new Maker("benign/film/2")))
            )
            .Out("2013-07-18 14:05", "今度は読めました。数値の並びも問題ございません。\n試料の返却は着払いでお願いします。")
            .Letters;

    private static IEnumerable<Letter> UnarchiverQuestion() =>
        Begin("benign-unarchiver-question", 3, "petroleum-a", "customer", "給油カードの明細", style: 2)
            .In(
                "2013-09-03 16:10",
                "八月分の明細に覚えのない給油が混じっています。\n控えを写真に撮りましたので、まとめてお送りします。",
                With("控え.zip", Locked("benign/card", "控え.docx", "8gatsu-hikae"))
            )
            .Out(
                "2013-09-04 09:25",
                "ご不便をおかけしております。\nお送りの圧縮ファイルが解凍できませんでした。控えの番号だけでもお知らせ願えますか。"
            )
            .In(
                "2013-09-04 12:15",
                "番号は手元になくて申し訳ないです。\nちなみに、そちらの解凍ソフトは何をお使いでしょう。合わせて作り直します。"
            )
            .Out("2013-09-04 13:00", "窓口のパソコンでは 7-Zip を使用しています。")
            .In(
                "2013-09-04 19:48",
                "では、鍵を外したものを再送します。写真は二枚です。",
                With("控え.7z", SevenZipMaker.SevenZip([MadeFile.Text("控え.txt", "8月4日 32L\n8月19日 28L\n")]))
            )
            .Letters;

    private static IEnumerable<Letter> QuickCustomer() =>
        Begin("benign-quick-customer", 4, "gas-c", "customer", "開栓の時間", style: 4)
            .In("2013-08-22 13:00", "引っ越しの開栓をお願いしている者です。\n午後の便は何時頃になりますか。")
            .Out(
                "2013-08-22 13:20",
                "お問い合わせありがとうございます。\n午後は一時から四時のあいだに伺います。お車を止められる場所はございますか。"
            )
            .In(
                "2013-08-22 13:26",
                "建物の裏に一台分あります。地図の写真を付けておきます。",
                With("地図.pdf", StoryFiles.Pdf(new Maker("benign/map"), active: false))
            )
            .Out("2013-08-22 13:45", "確かに拝受しました。当日は担当の者がお電話してから参ります。")
            .In("2013-08-22 13:50", "承知しました。当日はよろしくお願いします。")
            .Letters;

    private static IEnumerable<Letter> Researcher() =>
        Begin("benign-researcher-free-mail", 6, "equipment-c", "product-inquiry", "翼列データの引用許可", style: 1)
            .In(
                "2013-11-26 18:22",
                "大学院で蒸気タービンの翼列を扱っております。\n貴社の技報に載った図を学位論文で引用してもよいか、お伺いしたく存じます。"
            )
            .Out(
                "2013-11-27 10:05",
                "技報をお読みくださりありがとうございます。\n該当の図と掲載頁、論文の題目をお知らせいただければ、知財の者が確認します。"
            )
            .In(
                "2013-11-27 21:40",
                "図は第十二巻の七番です。論文の要旨を添付いたしますので、ご参照ください。",
                With("要旨.docx", StoryFiles.Letter(new Maker("benign/abstract"), "翼列まわりの二次流れについて"))
            )
            .Out("2013-12-03 11:30", "引用を許可いたします。出典の書き方は別紙の例に従ってください。")
            .Letters;

    /// <summary>The form's server sends the notice; the person stands in the text.</summary>
    private static IEnumerable<Letter> WebForm()
    {
        var home = StoryMembers.Homes["power-c"];
        var (person, local) = Names.Numbered(1_070);
        var address = $"{local}@{Services.Free[1]}";
        var notice = new Letter
        {
            Organization = home.Id,
            Window = "customer",
            At = Clock.At("2013-05-21 22:14"),
            From = new Person("お問い合わせフォーム", $"form@{home.Domain}"),
            To = home.AddressOf("customer"),
            Subject = "【ホームページ】お問い合わせがありました",
            Text =
                $"ホームページのお問い合わせフォームより、以下の内容で送信されました。\n\nお名前: {person}\nメールアドレス: {address}\n件名: 停電情報の通知\nお問い合わせ内容:\n自宅の地区が登録の一覧に見当たりません。\n隣の町名で登録しておけば通知は届きますか。\n",
            Style = MailStyles.Bulk("web-form"),
            Handed = ("www3.hosting-asahi.example", "203.0.113.245"),
            Provision = "named/web-form",
            Verdict = "harmless",
            Channel = "form",
            Named = ["web-form-notice"],
        };
        notice = notice with { Id = LetterWriter.IdOf(notice) };
        var reply = notice with
        {
            Way = Way.Out,
            At = Clock.At("2013-05-22 09:40"),
            From = new Person($"{home.NameJa} お客様相談窓口", home.AddressOf("customer")),
            To = address,
            Subject = "停電情報の通知について",
            Text =
                $"{person} 様\n\nホームページよりお寄せいただいた件にお答えします。\n一覧に無い地区は、変電所の名前でご登録いただけます。\n\n--\n{home.NameJa}\n",
            Style = MailStyles.Office[3],
            Verdict = null,
            Channel = null,
        };
        return [notice, reply with { Id = LetterWriter.IdOf(reply) }];
    }

    private static IEnumerable<Letter> Receipt() =>
        Begin("auto-reply-receipt-number", 8, "gas-d", "product-inquiry", "床暖房の不具合", style: 2)
            .In("2013-12-16 20:05", "床暖房の片側だけが温まりません。取扱説明書の通りに操作しています。\n見に来ていただけますでしょうか。")
            .Out(
                "2013-12-16 20:05:30",
                "お問い合わせを受け付けました。\n受付番号: 20131216-0083\n営業日に担当者からご連絡いたします。\n本メールは自動で送信しています。",
                letter => letter with { Subject = "【受付完了】お問い合わせ受付のお知らせ", Extra = [("Auto-Submitted", "auto-replied")] }
            )
            .Out("2013-12-17 10:12", "床暖房の件、あすの午前に係の者がお伺いします。\nそれまで主電源はお切りください。")
            .Letters;

    private static IEnumerable<Letter> CallCentre() =>
        Begin("contractor-answers", 10, "gas-a", "customer", "検針日の変更", style: 0)
            .In("2013-07-02 14:31", "出張が続くため、検針の日をずらしていただくことはできますか。")
            .Out(
                "2013-07-02 15:48",
                "千歳坂ガスの受付を承っております、おとどけコンタクトです。\n検針日は地区ごとに決まっており、個別の変更は致しかねます。",
                letter => letter with { From = new Person("千歳坂ガス 受付センター", $"chitosezaka@{StoryMembers.CallCentre}") }
            )
            .Letters;

    /// <summary>The sender's address is the organisation's own; the server that hands it in is not.</summary>
    private static IEnumerable<Letter> OwnDomain()
    {
        var home = StoryMembers.Homes["chemical-e"];
        var letter = new Letter
        {
            Organization = home.Id,
            Window = "recruit",
            At = Clock.At("2013-06-27 07:51"),
            From = new Person("社内システム係", $"system@{home.Domain}"),
            To = home.AddressOf("recruit"),
            Subject = "メールボックスの容量超過",
            Text =
                "ご利用の容量が上限に近づいています。\n次の場所で本人確認をしないと受信が止まります。\nhttp://box-kakunin.example/limit/qpvwz\n",
            Style = MailStyles.Bulk("own-domain"),
            Handed = ("vps41.yasui-rental.example", "203.0.113.246"),
            Provision = "named/own-domain",
            Verdict = "spam",
            Named = ["own-domain-spoof"],
        };
        return [letter with { Id = LetterWriter.IdOf(letter) }];
    }

    /// <summary>The window is a list: its system writes its own sender and a number into the subject.</summary>
    private static IEnumerable<Letter> ListSystem()
    {
        var home = StoryMembers.Homes["chemical-b"];
        var exchange = Begin("rewriting-list-system", 11, "chemical-b", "product-inquiry", "離型剤の安全データ", style: 1)
            .In(
                "2013-10-03 11:16",
                "離型剤の安全データシートを最新のものに差し替えたいと考えています。\n改訂の日付だけでも教えてください。"
            );
        var asked = exchange.Letters[0];
        var person = asked.From;
        var rewritten = asked with
        {
            From = new Person($"{person.Name} via 製品窓口", home.AddressOf("product-inquiry")),
            Subject = $"[seihin:00417] {asked.Subject}",
            Handed = (home.MailHost, home.Inner),
            Extra =
            [
                ("Reply-To", person.Address),
                ("X-ML-Name", "seihin"),
                ("X-ML-Count", "417"),
                ("List-Post", $"<mailto:{home.AddressOf("product-inquiry")}>"),
            ],
            WayStated = true,
        };
        var reply = asked with
        {
            Way = Way.Out,
            At = Clock.At("2013-10-03 15:02"),
            From = new Person(home.NameJa, home.AddressOf("product-inquiry")),
            To = person.Address,
            Subject = $"Re: [seihin:00417] {asked.Subject}",
            Text =
                $"お問い合わせの安全データシートは、八月二十日に改めております。\n最新版は製品の頁から取得いただけます。\n\n--\n{home.NameJa}\n\n"
                + Quoting.Of(rewritten),
            Style = MailStyles.Office[2],
            Verdict = null,
            Parents = [asked.Id],
        };
        return [rewritten, reply with { Id = LetterWriter.IdOf(reply) }];
    }

    /// <summary>The same person asks another window of the organisation a week later.</summary>
    private static IEnumerable<Letter> PersonaJoin()
    {
        var first = Begin("persona-join", 12, "power-d", "recruit", "説明会の持ち物", style: 4)
            .In("2013-05-08 12:02", "来週の説明会に伺います。筆記具のほかに要るものはありますか。")
            .Out("2013-05-08 17:30", "当日は筆記具と学生証をお持ちください。上履きはこちらで用意いたします。");
        var second = new Exchange("power-d", "pr", first.Person, "構内の写真", first.Provision)
        {
            Style = first.Style,
            WindowStyle = MailStyles.Office[1],
            Always = first.Always,
        }
            .In("2013-05-15 19:44", "説明会でお世話になりました。\n見学のときに撮った構内の写真を、ゼミの発表で使っても構いませんか。")
            .Out("2013-05-16 10:20", "ゼミでのご利用は差し支えございません。門と計器盤が写るものはお控えください。");
        return first.Letters.Concat(second.Letters);
    }

    private static IEnumerable<Letter> EncryptedUnopened() =>
        Begin("encrypted-unopened", 14, "petroleum-e", "pr", "寄稿文の件", "unknown", style: 3)
            .In(
                "2013-08-30 17:55",
                "会誌に載せる寄稿文をお預けします。\n鍵は追って電話でお知らせします。",
                With("寄稿文.zip", Locked("named/unopened", "寄稿文.docx", "Zq7-vvR2-0pLe-44x", ZipLock.Aes256))
            )
            .Letters;

    /// <summary>Two windows of one organisation within minutes, each asked something else; nothing has come of it yet.</summary>
    private static IEnumerable<Letter> LiveParallel()
    {
        var first = Begin("live-parallel", 15, "equipment-b", "product-inquiry", "配電盤の予備部品", "unknown", style: 2)
            .In("2014-03-20 13:11", "配電盤の予備の部品を取り寄せたい場合、この窓口で合っていますか。\n型の古いものも混じっています。");
        var second = new Exchange("equipment-b", "recruit", first.Person, "経験者の採用", "named/live-parallel")
        {
            Style = first.Style,
            Always = first.Always,
        }.In(
            "2014-03-20 13:14",
            "経験者の採用を通年で行っておられるか、お聞きしたいです。\n応募先の部署がいくつかあれば、それぞれ教えてください。"
        );
        return first.Letters.Concat(second.Letters);
    }

    /// <summary>Somebody wants to know with what the window opens files before he has sent any.</summary>
    private static IEnumerable<Letter> LiveEnvironment() =>
        Begin("live-environment", 16, "gas-e", "pr", "広報誌の原稿", "unknown", style: 0)
            .In("2014-03-24 10:03", "広報誌に季節の短い記事を寄せたいのですが、持ち込みの原稿は受け付けておられますか。")
            .Out("2014-03-24 15:36", "湖東ガス広報です。読者の皆さまの原稿は歓迎しております。八百字までにまとめてお寄せください。")
            .In(
                "2014-03-24 16:20",
                "早々のお返事に感謝します。写真が多いので圧縮して送るつもりです。\n念のためですが、そちらの解凍ソフトは何をお使いでしょうか。"
            )
            .Letters;
}
