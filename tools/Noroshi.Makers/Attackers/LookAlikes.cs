using System.Globalization;
using System.Text;

namespace Noroshi.Makers.Attackers;

/// <summary>
/// Genuine mails that look like an attacker's: the same free-mail service, program, sending host, subject or words. Each comes from
/// somebody of his own, so none may join a campaign.
/// </summary>
public static class LookAlikes
{
    private static readonly string[] FamilyNames = ["相沢", "石橋", "内海", "江藤", "小野寺", "神谷", "久保田", "桜庭", "滝沢", "中条"];
    private static readonly string[] GivenNames = ["健太", "美咲", "隆", "陽子", "悟", "千尋", "浩二", "真理"];
    private static readonly string[] Companies = ["川辺製作所", "青葉設備", "港南電機", "若松工務店", "東雲化学", "緑野精機"];
    private static readonly string[] Firms =
    [
        "Alder Works",
        "Brook Supply",
        "Dale Pumps",
        "Elm Street Tools",
        "Fern Logistics",
        "Glen Motors",
    ];
    private static readonly string[] Givens = ["Alice", "Brian", "Carol", "David", "Erin", "Frank", "Gina", "Henry"];
    private static readonly string[] Families = ["Abbott", "Barnes", "Chapman", "Dixon", "Ellis", "Fowler", "Grant", "Hughes", "Ingram"];

    private static readonly string[] Own =
    [
        "先日お電話した件の続きでございます。",
        "型番は銘板に書いてあるとおりです。",
        "来週の火曜日に伺ってもよろしいでしょうか。",
        "前任の者から引き継ぎました。",
        "取扱説明書の十五頁について教えてください。",
        "部品の在庫があるかお知らせください。",
        "送り先の住所が変わりました。",
        "領収書の宛名を直していただけますか。",
        "子供の自由研究で使わせていただきます。",
        "工場見学の申し込みはまだ間に合いますか。",
    ];

    private static readonly string[] OwnEnglish =
    [
        "This follows up on our call of last week.",
        "The part number is the one on the plate.",
        "Could somebody visit us next Tuesday?",
        "I took over from a colleague who has left.",
        "My question is about page fifteen of the manual.",
        "Is the spare still in stock?",
        "Our delivery address has changed.",
        "Please correct the name on the receipt.",
        "The lamp on the left stays dark after a restart.",
        "We would like to renew the service contract.",
    ];

    /// <summary>Ways in which a genuine mail resembles an attacker's.</summary>
    private static readonly string[] Kinds = ["same-service", "same-subject", "same-words", "same-host-of-files", "own-document"];

    /// <summary>Look-alikes of an attacker: for each phase one of every kind.</summary>
    public static IEnumerable<AuthoredMail> Of(Attacker attacker)
    {
        ArgumentNullException.ThrowIfNull(attacker);
        var seed = new Random(AttackRenderer.SeedOf(attacker.Name + " look-alikes"));
        foreach (var phase in attacker.Phases)
        {
            foreach (var kind in Kinds)
            {
                yield return One(attacker, phase, kind, seed);
            }
        }
    }

    private static AuthoredMail One(Attacker attacker, AttackPhase phase, string kind, Random seed)
    {
        var lure = phase.Lure;
        var organization = seed.Next(1, 21).ToString("D2", CultureInfo.InvariantCulture);
        var person = PersonLike(phase, seed);
        var at = new DateTimeOffset(
            phase.From.AddDays(seed.Next(12)),
            new TimeOnly(9 + seed.Next(8), seed.Next(60)),
            TimeSpan.FromHours(9)
        );
        var words =
            kind == "same-words"
                ? AttackRenderer.Draw(lure.Inquiry, 2, seed).Concat(AttackRenderer.Draw(lure.Japanese ? Own : OwnEnglish, 2, seed))
                : AttackRenderer.Draw(lure.Japanese ? Own : OwnEnglish, 3, seed);
        var text = new StringBuilder(lure.Japanese ? "お世話になっております。\n\n" : "Hello,\n\n");
        text.AppendJoin('\n', words).Append('\n');
        if (kind == "same-host-of-files")
        {
            text.Append(CultureInfo.InvariantCulture, $"http://share.bigfiles.example/{seed.Next(1_000_000)}\n");
        }

        text.Append(lure.Japanese ? "\nよろしくお願いいたします。\n-- \n" : "\nBest regards,\n-- \n").Append(person.Signature).Append('\n');
        var subject =
            kind is "same-subject" or "same-words" ? lure.Subjects[seed.Next(lure.Subjects.Count)]
            : lure.Japanese ? "お問い合わせ"
            : "Question";
        var letter = new Letter(person, AttackRenderer.WindowOf(organization), subject, text.ToString(), at, lure.Japanese)
        {
            Files =
                kind == "own-document"
                    ? [($"{lure.Documents[0]}.docx", PayloadMaker.Document(seed.Next(2) == 0 ? "user" : person.Name, "", seed))]
                    : [],
        };
        // The network of the client is the neighbour's: many customers of one provider write from it.
        var client = string.Create(CultureInfo.InvariantCulture, $"192.0.2.{seed.Next(1, 255)}");
        return new AuthoredMail(
            kind,
            Genuine: true,
            attacker.Half,
            $"member-{organization}",
            at,
            FirstContact: true,
            null,
            StyledMail.Of(letter, phase.Style, client, seed)
        );
    }

    private static Persona PersonLike(AttackPhase phase, Random seed)
    {
        var service = phase.Style switch
        {
            MailStyle.WebmailOpen => "webmail.example",
            MailStyle.WebmailClosed => "freepost.example",
            MailStyle.Fox or MailStyle.Express or MailStyle.Office or MailStyle.Bird or MailStyle.Becky or MailStyle.Service =>
                string.Create(CultureInfo.InvariantCulture, $"firm{seed.Next(10_000)}.example"),
            _ => throw new ArgumentOutOfRangeException(nameof(phase), phase.Style, "no style"),
        };
        var number = seed.Next(1_000, 10_000);
        if (phase.Lure.Japanese)
        {
            var name = $"{FamilyNames[seed.Next(FamilyNames.Length)]} {GivenNames[seed.Next(GivenNames.Length)]}";
            return new Persona(name, $"user{number}@{service}", $"{name}\n{Companies[seed.Next(Companies.Length)]}\nTEL 050-5555-{number}");
        }

        var english = $"{Givens[seed.Next(Givens.Length)]} {Families[seed.Next(Families.Length)]}";
        return new Persona(
            english,
            $"user{number}@{service}",
            $"{english}\n{Firms[seed.Next(Firms.Length)]} Ltd\nPhone +1 202 555 {number}"
        );
    }
}
