namespace Noroshi.Makers.Attackers;

/// <summary>The half that is only reported.</summary>
internal static class ReportedAttackers
{
    public static IReadOnlyList<Attacker> All { get; } = [Hoshi(), Yuki(), Tsuki(), Kage(), Cedar(), Quarry(), Ferry()];

    /// <summary>Complains of a leak, then asks for quotations.</summary>
    private static Attacker Hoshi()
    {
        var first = new AttackPhase
        {
            From = new DateOnly(2013, 4, 15),
            Personas =
            [
                new("倉田 洋", "kurata.hiroshi@freepost.example", "倉田 洋\n090-5555-0201"),
                new("倉田", "kurata-h2@freepost.example", "倉田 洋"),
            ],
            Lure = Lures.Leak,
            Style = MailStyle.WebmailClosed,
            Client = "2001:db8:1a1::5",
            Payload = "exe",
            Container = "zip",
            Workshop = new("hoshi", "hs", @"D:\meibo", 111),
            Host = "img.meibo-check.example",
            Targets = "02:RA 05:RA 08:RAA 13:RA",
        };
        var locked = first with
        {
            From = new DateOnly(2013, 6, 17),
            Container = "rar5",
            Workshop = first.Workshop with { Build = 112 },
            Targets = "03:RA 06:A 10:RA",
        };
        var buyer = locked with
        {
            From = new DateOnly(2013, 8, 19),
            Lure = Lures.Quotation,
            Personas = [new("早川電設 購買", "hayakawa.kobai@webmail.example", "早川電設株式会社 購買部\nTEL 050-5555-0202")],
            Style = MailStyle.WebmailOpen,
            Targets = "01:RA 05:A 11:RA 17:RA",
        };
        var late = buyer with
        {
            From = new DateOnly(2013, 11, 5),
            Payload = "lnk",
            Host = "mitsumori.dl-box.example",
            Targets = "02:A 14:RA 19:A",
        };
        return new Attacker("hoshi", EvaluationHalf.Reported, "meibo77", [first, locked, buyer, late]);
    }

    /// <summary>A student with Ichitaro documents.</summary>
    private static Attacker Yuki()
    {
        var first = new AttackPhase
        {
            From = new DateOnly(2013, 10, 21),
            Personas = [new("三上 葵", "mikami.aoi@webmail.example", "三上 葵\n東浜大学 環境工学部")],
            Lure = Lures.Thesis,
            Style = MailStyle.WebmailOpen,
            Client = "2001:db8:1b2::31",
            Payload = "jtd",
            Container = "zip",
            Workshop = new("yuki-note", "mikami", @"C:\sotsuron", 121),
            Host = "www.maku-shiryo.example",
            Targets = "04:RA 07:RA 09:RA 12:RA",
        };
        var second = first with
        {
            From = new DateOnly(2013, 12, 2),
            Personas =
            [
                new("三上葵", "aoi.mikami@freepost.example", "三上 葵\n東浜大学 環境工学部"),
                new("沢 健", "sawa-ken@freepost.example", "沢 健\n東浜大学 環境工学部"),
            ],
            Style = MailStyle.WebmailClosed,
            Container = "lzh",
            Targets = "01:RA 03:RA 16:A 18:R",
        };
        return new Attacker("yuki", EvaluationHalf.Reported, "", [first, second]);
    }

    /// <summary>An editor: documents with a template on a server.</summary>
    private static Attacker Tsuki()
    {
        var first = new AttackPhase
        {
            From = new DateOnly(2013, 5, 7),
            Personas = [new("月刊設備 編集部", "henshu@gekkan-setsubi.example", "月刊設備 編集部\n03-5555-0221")],
            Lure = Lures.Interview,
            Style = MailStyle.Office,
            Client = "2001:db8:1c3::8",
            Payload = "docx",
            Container = "none",
            Workshop = new("tsuki", "henshu01", @"C:\tokushu", 131),
            Host = "tmpl.setsubi-web.example",
            Targets = "01:RA 04:RA 06:RA 09:RA 15:RA 20:R",
        };
        var second = first with
        {
            From = new DateOnly(2013, 7, 16),
            Lure = Lures.Exhibition,
            Personas = [new("設備展 事務局", "jimukyoku@setsubi-ten.example", "設備展 事務局")],
            Targets = "02:A 05:A 08:A 10:A 12:A",
        };
        var third = second with
        {
            From = new DateOnly(2013, 9, 24),
            Payload = "rtf",
            Host = "form.setsubi-ten.example",
            Client = "2001:db8:1c3::19",
            Targets = "03:A 07:A 13:A 17:A",
        };
        return new Attacker("tsuki", EvaluationHalf.Reported, "", [first, second, third]);
    }

    /// <summary>Invoices with scripts; the same sample for many.</summary>
    private static Attacker Kage()
    {
        var first = new AttackPhase
        {
            From = new DateOnly(2013, 8, 1),
            Personas =
            [
                new("請求担当", "billing01@kage-shoji.example", "影山商事 請求担当"),
                new("請求担当", "billing02@kage-shoji.example", "影山商事 請求担当"),
            ],
            Lure = Lures.Invoice,
            Style = MailStyle.Service,
            Client = "2001:db8:1d4::60",
            Payload = "js",
            Container = "zip",
            Workshop = new("kage", "kg", @"C:\s", 141),
            Host = "js.kage-cdn.example",
            Targets = "01:A 02:A 03:A 05:A 06:A 08:A 09:A 11:A 14:A 16:A",
        };
        var second = first with
        {
            From = new DateOnly(2013, 9, 10),
            Personas =
            [
                new("経理部", "keiri@fuji-denzai.example", "富士電材 経理部"),
                new("経理部", "account@fuji-denzai.example", "富士電材 経理部"),
            ],
            Container = "7z",
            Targets = "04:A 07:A 10:A 12:A 13:A 15:A 18:A 19:A",
        };
        return new Attacker("kage", EvaluationHalf.Reported, "", [first, second]);
    }

    /// <summary>Complaints in English.</summary>
    private static Attacker Cedar()
    {
        var first = new AttackPhase
        {
            From = new DateOnly(2013, 2, 12),
            DaysApart = 2,
            Personas = [new("Helen Ruiz", "helen.ruiz@cedar-retail.example", "Helen Ruiz\nCedar Retail Inc.\nPhone +1 202 555 0231")],
            Lure = Lures.Complaint,
            Style = MailStyle.Bird,
            Client = "2001:db8:1e5::77",
            Payload = "exe",
            Container = "rar5",
            Workshop = new("CEDAR", "hr", @"C:\claims", 151),
            Host = "photos.cedar-claims.example",
            Targets = "02:RA 04:RA 07:RA 10:RAA",
        };
        var second = first with { From = new DateOnly(2013, 4, 9), Payload = "lnk", Container = "zip-aes", Targets = "01:RA 06:A 12:RA" };
        var third = second with
        {
            From = new DateOnly(2013, 6, 25),
            Lure = Lures.Resume,
            Personas =
            [
                new("Nora Finch", "nora.finch@freepost.example", "Nora Finch"),
                new("Owen Pratt", "opratt88@freepost.example", "Owen Pratt"),
            ],
            Style = MailStyle.WebmailClosed,
            Targets = "03:A 08:RA 14:A 19:RA",
        };
        var fourth = third with
        {
            From = new DateOnly(2013, 10, 8),
            Workshop = third.Workshop with { Build = 152 },
            Host = "cv.finch-mail.example",
            Targets = "02:A 05:A 16:RA",
        };
        return new Attacker("cedar", EvaluationHalf.Reported, "claim#9", [first, second, third, fourth]);
    }

    /// <summary>An audit; keeps nothing but its hosts and its network.</summary>
    private static Attacker Quarry()
    {
        var first = new AttackPhase
        {
            From = new DateOnly(2013, 3, 18),
            Personas = [new("Supplier Quality", "quality@quarry-group.example", "Supplier Quality\nQuarry Group Ltd")],
            Lure = Lures.Audit,
            Style = MailStyle.Office,
            Client = "2001:db8:1f6::4",
            Payload = "docx",
            Container = "none",
            Workshop = new("quarry-a", "sq", @"C:\audit", 161),
            Host = "forms.quarry-audit.example",
            Analysed = 1,
            Targets = "03:A 06:A 09:A 12:A 15:A",
        };
        var second = first with
        {
            From = new DateOnly(2013, 5, 27),
            Payload = "exe",
            Container = "zip",
            Workshop = new("quarry-b", "qq", @"E:\x", 162),
            Targets = "01:A 04:A 07:RA 10:A",
        };
        var third = second with
        {
            From = new DateOnly(2013, 8, 12),
            Lure = Lures.Tender,
            Personas =
            [
                new("Purchasing", "buy@stonegate.example", "Purchasing\nStonegate Ltd"),
                new("Purchasing", "rfq@stonegate.example", "Purchasing\nStonegate Ltd"),
            ],
            Style = MailStyle.Express,
            Targets = "02:A 05:A 08:A 11:RA",
        };
        return new Attacker("quarry", EvaluationHalf.Reported, "", [first, second, third]);
    }

    /// <summary>A few mails with different samples.</summary>
    private static Attacker Ferry() =>
        new(
            "ferry",
            EvaluationHalf.Reported,
            "",
            [
                new AttackPhase
                {
                    From = new DateOnly(2013, 11, 4),
                    DaysApart = 4,
                    Personas = [new("Jonas Berg", "jonas.berg@webmail.example", "Jonas Berg\nNorth Ferry Institute")],
                    Lure = Lures.Conference,
                    Style = MailStyle.WebmailOpen,
                    Client = "2001:db8:2a7::90",
                    Payload = "rtf",
                    Container = "none",
                    Workshop = new("ferry", "jb", @"C:\f", 171),
                    Host = "www.ferry-institute.example",
                    Targets = "07:RA 11:RA 14:A",
                },
            ]
        );
}
