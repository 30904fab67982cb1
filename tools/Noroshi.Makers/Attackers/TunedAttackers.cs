namespace Noroshi.Makers.Attackers;

/// <summary>The half on which weights may be tuned.</summary>
internal static class TunedAttackers
{
    public static IReadOnlyList<Attacker> All { get; } = [Kiri(), Kasumi(), Arashi(), Nami(), Harbour(), Lantern(), Mist()];

    /// <summary>A laboratory that wants data: first programs, then shortcuts; keeps its machine.</summary>
    private static Attacker Kiri()
    {
        var first = new AttackPhase
        {
            From = new DateOnly(2013, 4, 8),
            DaysApart = 2,
            Personas =
            [
                new("木村 誠", "kimura.lab@webmail.example", "木村 誠\n北陵工科大学 電力工学研究室\nTEL 050-5555-0101"),
                new("木村誠", "m.kimura77@webmail.example", "北陵工科大学 電力工学研究室 木村"),
            ],
            Lure = Lures.Laboratory,
            Style = MailStyle.WebmailOpen,
            Client = "2001:db8:a1::15",
            Payload = "exe",
            Container = "rar4",
            Workshop = new("wks-kl01", "kmr", @"D:\work\grid", 11),
            Host = "update.grid-lab.example",
            Targets = "01:RA 04:RAA 07:RA 11:R 12:RA",
        };
        var locked = first with { From = new DateOnly(2013, 5, 20), Container = "zip-aes", Host = "cdn.lab-data.example" };
        var shortcuts = locked with
        {
            From = new DateOnly(2013, 7, 1),
            Payload = "lnk",
            Personas = [new("佐伯 直人", "saeki.n@freepost.example", "佐伯 直人\n北陵工科大学 電力工学研究室")],
            Style = MailStyle.WebmailClosed,
            Targets = "02:RA 04:A 09:RAA 15:RA",
        };
        var defects = shortcuts with
        {
            From = new DateOnly(2013, 9, 2),
            Lure = Lures.Defect,
            Container = "lzh",
            Targets = "03:RA 07:A 16:RA 18:A",
        };
        return new Attacker("kiri", EvaluationHalf.Tuned, "kenkyu2013", [first, locked, shortcuts, defects]);
    }

    /// <summary>Applicants, each with an address of his own; the build of the program stays.</summary>
    private static Attacker Kasumi()
    {
        var first = new AttackPhase
        {
            From = new DateOnly(2013, 6, 3),
            Personas =
            [
                new("田所 恵", "tadokoro.megumi@freepost.example", "田所 恵\n080-5555-0122"),
                new("真鍋 亮", "r-manabe@freepost.example", "真鍋 亮"),
                new("戸川 彩", "togawa_aya@freepost.example", "戸川 彩\n080-5555-0123"),
            ],
            Lure = Lures.Applicant,
            Style = MailStyle.WebmailClosed,
            Client = "2001:db8:b2::7",
            Payload = "exe",
            Container = "zip-aes",
            Workshop = new("PC-20120817", "user", @"E:\rireki", 23),
            Host = "hr.entry-mail.example",
            Targets = "05:RA 06:A 08:RA 13:A 14:RA 17:A",
        };
        var documents = first with
        {
            From = new DateOnly(2013, 8, 5),
            Payload = "docx",
            Container = "none",
            Targets = "01:A 06:RA 10:A 19:A",
        };
        var other = documents with
        {
            From = new DateOnly(2013, 10, 7),
            Payload = "exe",
            Host = "files.jobmail.example",
            Container = "7z",
            Lure = Lures.Thesis,
            Targets = "08:RA 11:A 20:RA",
        };
        return new Attacker("kasumi", EvaluationHalf.Tuned, "oubo-0401", [first, documents, other]);
    }

    /// <summary>Ichitaro documents from one folder.</summary>
    private static Attacker Arashi()
    {
        var first = new AttackPhase
        {
            From = new DateOnly(2013, 9, 9),
            Personas = [new("防災フェア事務局", "office@bosai-fair.example", "防災フェア事務局\n電話 03-5555-0144")],
            Lure = Lures.Exhibition,
            Style = MailStyle.Becky,
            Client = "2001:db8:c3::22",
            Payload = "jtd",
            Container = "none",
            Workshop = new("arashi", "企画課共用", @"N:\kikaku\annai", 31),
            Host = "www.fair-info.example",
            Targets = "02:A 03:A 05:A 09:A 12:A 14:A",
        };
        var packed = first with
        {
            From = new DateOnly(2013, 10, 15),
            Container = "lzh",
            Personas = [new("取材班", "press@bosai-news.example", "防災通信 編集部")],
            Lure = Lures.Interview,
            Targets = "02:RA 06:RA 13:RA",
        };
        var web = packed with
        {
            From = new DateOnly(2013, 11, 18),
            Style = MailStyle.WebmailOpen,
            Client = "2001:db8:c3::9",
            Targets = "05:RA 16:A 18:RA",
        };
        return new Attacker("arashi", EvaluationHalf.Tuned, "", [first, packed, web]);
    }

    /// <summary>Few mails: one persona, links only.</summary>
    private static Attacker Nami() =>
        new(
            "nami",
            EvaluationHalf.Tuned,
            "",
            [
                new AttackPhase
                {
                    From = new DateOnly(2013, 5, 13),
                    DaysApart = 3,
                    Personas = [new("経理担当 大浦", "oura-keiri@freepost.example", "大浦商会 経理\n03-5555-0161")],
                    Lure = Lures.Invoice,
                    Style = MailStyle.WebmailClosed,
                    Client = "2001:db8:d4::3",
                    Payload = "exe",
                    Container = "link",
                    Workshop = new("n", "n", "n", 41),
                    Host = "dl.seikyu-box.example",
                    Analysed = 2,
                    Targets = "03:RA 08:A 10:RA 15:A",
                },
            ]
        );

    /// <summary>A trading house, in English, through a service that sends for others.</summary>
    private static Attacker Harbour()
    {
        var first = new AttackPhase
        {
            From = new DateOnly(2013, 3, 4),
            Personas = [new("Martin Oakes", "m.oakes@oakes-trading.example", "Martin Oakes\nOakes Trading Ltd\nPhone +44 20 7946 0301")],
            Lure = Lures.Tender,
            Style = MailStyle.Service,
            Client = "2001:db8:e5::44",
            Payload = "rtf",
            Container = "none",
            Workshop = new("HARBOUR-7", "oakes", @"C:\tender", 51),
            Host = "drawings.oakes-trading.example",
            Targets = "01:A 02:A 04:A 06:A 07:A 09:A 11:A",
        };
        var second = first with
        {
            From = new DateOnly(2013, 4, 22),
            Container = "rar5",
            Payload = "exe",
            Targets = "03:RA 05:A 08:A 12:RA",
        };
        var third = second with
        {
            From = new DateOnly(2013, 6, 10),
            Personas =
            [
                new("Lydia Marsh", "lydia.marsh@marsh-export.example", "Lydia Marsh\nMarsh Export Corporation"),
                new("Paul Denham", "p.denham@marsh-export.example", "Paul Denham\nMarsh Export Corporation"),
            ],
            Host = "plans.marsh-export.example",
            Style = MailStyle.Express,
            Targets = "10:A 13:A 14:RA 16:A 17:A",
        };
        var fourth = third with
        {
            From = new DateOnly(2013, 9, 16),
            Lure = Lures.Complaint,
            Container = "zip-aes",
            Targets = "01:RA 04:A 18:A 19:RA",
        };
        return new Attacker("harbour", EvaluationHalf.Tuned, "vlv-2013", [first, second, third, fourth]);
    }

    /// <summary>A conference; the program of a neighbouring country throughout.</summary>
    private static Attacker Lantern()
    {
        var first = new AttackPhase
        {
            From = new DateOnly(2013, 7, 8),
            Personas = [new("Programme Committee", "committee@gridforum.example", "Pacific Grid Forum\nProgramme Committee")],
            Lure = Lures.Conference,
            Style = MailStyle.Fox,
            Client = "2001:db8:f6::81",
            Payload = "docx",
            Container = "none",
            Workshop = new("lantern", "zhzh", @"F:\hui", 61),
            Host = "www.gridforum-papers.example",
            Targets = "02:RA 05:RA 07:A 10:RA",
        };
        var second = first with { From = new DateOnly(2013, 8, 26), Payload = "lnk", Container = "zip", Targets = "03:A 09:A 12:RA 20:A" };
        return new Attacker("lantern", EvaluationHalf.Tuned, "", [first, second]);
    }

    /// <summary>Changes personas at every mail and links; one machine in the network.</summary>
    private static Attacker Mist()
    {
        var first = new AttackPhase
        {
            From = new DateOnly(2013, 10, 1),
            Personas =
            [
                new("Ann Keller", "ann.keller81@webmail.example", "Ann Keller"),
                new("Tom Reyes", "treyes.eng@webmail.example", "Tom Reyes\nPhone +1 202 555 0171"),
                new("Ivan Holt", "holt_ivan@webmail.example", "Ivan Holt"),
                new("Sara Lindt", "lindt.sara@webmail.example", "Sara Lindt"),
            ],
            Lure = Lures.Resume,
            Style = MailStyle.WebmailOpen,
            Client = "2001:db8:a7::2",
            Payload = "lnk",
            Container = "zip-aes",
            Workshop = new("mist-pc", "sl", @"C:\cv", 71),
            Host = "cv.cloudletter.example",
            Targets = "01:A 06:A 08:A 13:A 15:A 17:RA",
        };
        var second = first with
        {
            From = new DateOnly(2013, 11, 11),
            Payload = "exe",
            Lure = Lures.Audit,
            Container = "rar4",
            Targets = "02:A 04:RA 06:A 18:A 20:RA",
        };
        return new Attacker("mist", EvaluationHalf.Tuned, "cv4you", [first, second]);
    }
}
