using System.Globalization;
using System.Text;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Judgement;
using Noroshi.Hub.Sharing;
using Noroshi.Hub.Sharing.Drafts;
using Noroshi.Hub.Sharing.Gate;
using Noroshi.Hub.Sharing.Sanitising;
using Noroshi.MailAnatomy;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Sharing.Sanitising;

/// <summary>
/// Two organisations of one group, and one attack that meets either the one or the other: names, domains, hosts, addresses, people differ, and
/// nothing else. What leaves the hub is the same, byte for byte.
/// </summary>
public sealed class ProviderSwapTests
{
    private const int Pairs = 500;

    private static readonly string[] Family = ["佐藤", "鈴木", "高橋", "伊藤", "渡辺", "山本", "中村", "小林"];
    private static readonly string[] Given = ["花子", "太郎", "一郎", "恵子", "健", "由美", "誠", "明"];
    private static readonly string[] Place = ["青葉", "若葉", "北野", "南原", "東雲", "西浜", "朝霧", "夕凪"];
    private static readonly string[] PlaceRomaji =
    [
        "aoba",
        "wakaba",
        "kitano",
        "minamihara",
        "shinonome",
        "nishihama",
        "asagiri",
        "yunagi",
    ];
    private static readonly string[] Trade = ["電力", "重工", "瓦斯", "化学", "石油", "製作所"];
    private static readonly string[] TradeRomaji = ["denryoku", "jukou", "gasu", "kagaku", "sekiyu", "seisakusho"];

    [Fact]
    public void Nobody_can_tell_which_of_two_organisations_was_attacked()
    {
        var random = new Random(20131017);
        for (var pair = 0; pair < Pairs; pair++)
        {
            var (a, b) = Two(random);
            var seed = random.Next();
            var one = Encoding.UTF8.GetString(Shared(a, b, a, seed));
            var other = Encoding.UTF8.GetString(Shared(a, b, b, seed));
            other.ShouldBe(one, $"pair {pair}: {a.Organization.NameJa} and {b.Organization.NameJa}");
            one.Length.ShouldBeGreaterThan(2_000);
        }
    }

    private static byte[] Shared(Victim a, Victim b, Victim attacked, int seed)
    {
        var members = new Members { Organizations = [a.Organization, b.Organization] };
        var mails = Thread(attacked, new Random(seed)).Select((raw, at) => Provided(raw, at, attacked)).ToList();
        var situation = Situations.Of([.. mails.Select(mail => KnownMail.Of(mail, attacked.Organization))], members, []);
        var guard = new IdentityGuard(
            members
                .Organizations.SelectMany(IdentityTerms.Of)
                .Concat(mails.SelectMany(mail => IdentityTerms.Harvested(mail, Estates.Of(attacked.Organization))))
        );
        var made = DraftMaker.Make(
            new DraftOrder
            {
                Kind = ItemKind.Case,
                Audience = new Audience { Reach = AudienceReach.AllGroups },
                Marking = new Marking
                {
                    Tlp = Tlp.Amber,
                    Pap = Pap.Amber,
                    Redistribution = Redistribution.OwnOrganizationOnly,
                    ExpiresAt = new DateTimeOffset(2014, 3, 31, 0, 0, 0, TimeSpan.FromHours(9)),
                },
                Contact = new BothLanguages("情報ハブ", "the hub"),
            },
            new DraftMaterial
            {
                Mails = [.. mails.Select(mail => new GivenMail(mail, "p-" + attacked.Organization.Id))],
                Conversations = situation.Conversations,
                Members = members,
            },
            guard
        );
        var item = ItemAssembly.Assemble(made.Draft, _ => true);
        item.Conversations.Single().Messages.Count.ShouldBe(3);
        item.Mails.Count.ShouldBe(2);
        guard.Gate.Inspect(ItemForm.Bytes(item)).Hits.ShouldBeEmpty();
        return ItemForm.Bytes(item);
    }

    /// <summary>Inquiry, reply, attack; the attacker writes the victim's names wherever people write them.</summary>
    private static IEnumerable<string> Thread(Victim victim, Random random)
    {
        var persona = $"tanaka.lab{random.Next(1_000)}@free.example";
        var organization = victim.Organization;
        var at = new DateTimeOffset(2013, 10, 17, 9, random.Next(50), 0, TimeSpan.FromHours(9));
        var latency = random.Next(11, 16);
        var id = random.Next();
        var named = random.Next(2) == 0;
        yield return Letter(
            (persona, "田中"),
            organization.Windows[0].Address ?? "",
            (named ? $"{organization.NameJa} 製品についての問い合わせ" : "製品についての問い合わせ", $"q{id}@free.example", null),
            at,
            victim,
            $"{organization.NameJa} ご担当者様\n\n{victim.Person}様にご紹介いただきました田中と申します。\n貴社の製品の仕様について教えてください。",
            null
        );
        yield return Letter(
            (organization.Windows[0].Address ?? "", victim.Person),
            persona,
            ("Re: 製品についての問い合わせ", $"r{id}@{organization.MailHosts[0]}", $"q{id}@free.example"),
            at.AddMinutes(60),
            victim,
            $"田中様\n\n{organization.NameJa}の{victim.Person}です。\n資料をお送りください。\n電話 {victim.Phone}",
            null
        );
        yield return Letter(
            (persona, "田中"),
            organization.Windows[0].Address ?? "",
            ($"Re: {victim.Person}様 資料の送付", $"s{id}@free.example", $"r{id}@{organization.MailHosts[0]}"),
            at.AddMinutes(60 + latency),
            victim,
            $"{victim.Person}様\n\n「資料」をお送りします。ご確認ください。\nhttp://bad.example/{organization.Domains[0].Split('.')[0]}/view?u={victim.Person.Length}",
            $"{organization.NameJa}_資料.exe"
        );
    }

    private static string Letter(
        (string Address, string Name) from,
        string to,
        (string Subject, string Id, string? Answers) headers,
        DateTimeOffset at,
        Victim victim,
        string text,
        string? file
    )
    {
        var host = victim.Organization.MailHosts[0];
        var time = at.ToString("ddd, dd MMM yyyy HH:mm:ss zz00", CultureInfo.InvariantCulture);
        var mail = new StringBuilder();
        if (from.Address.EndsWith("free.example", StringComparison.Ordinal))
        {
            mail.Append(
                CultureInfo.InvariantCulture,
                $"Received: from out.free.example ([198.51.100.5]) by {host} with ESMTP for <{to}>; {time}\r\n"
            );
        }

        mail.Append(
            CultureInfo.InvariantCulture,
            $"From: {Word(from.Name)} <{from.Address}>\r\nTo: <{to}>\r\nSubject: {Word(headers.Subject)}\r\n"
        );
        mail.Append(CultureInfo.InvariantCulture, $"Message-ID: <{headers.Id}>\r\nDate: {time}\r\n");
        if (headers.Answers is { } answers)
        {
            mail.Append(CultureInfo.InvariantCulture, $"In-Reply-To: <{answers}>\r\nReferences: <{answers}>\r\n");
        }

        mail.Append(
                "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n"
            )
            .Append("Content-Transfer-Encoding: base64\r\n\r\n")
            .Append(Convert.ToBase64String(Encoding.UTF8.GetBytes(text)))
            .Append("\r\n");
        if (file is not null)
        {
            // An executable by its first bytes: harmless, it has no code.
            var program = new byte[256];
            "MZ"u8.CopyTo(program);
            program[0x3C] = 0x80;
            "PE\0\0"u8.CopyTo(program.AsSpan(0x80));
            mail.Append("--b\r\nContent-Type: application/octet-stream\r\n")
                .Append(CultureInfo.InvariantCulture, $"Content-Disposition: attachment; filename*=utf-8''{Uri.EscapeDataString(file)}\r\n")
                .Append("Content-Transfer-Encoding: base64\r\n\r\n")
                .Append(Convert.ToBase64String(program))
                .Append("\r\n");
        }

        return mail.Append("--b--\r\n").ToString();
    }

    private static string Word(string text) => $"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}?=";

    private static ProvidedMail Provided(string raw, int at, Victim victim)
    {
        var estate = Estates.Of(victim.Organization);
        var facts = Dissector.Mail(Encoding.UTF8.GetBytes(raw), new DissectionRequest { Estate = estate, PasswordBudgetMilliseconds = 0 });
        return new ProvidedMail
        {
            Key = string.Create(CultureInfo.InvariantCulture, $"m{at}"),
            File = string.Create(CultureInfo.InvariantCulture, $"m{at}.eml"),
            Organization = victim.Organization.Id,
            Window = victim.Organization.Windows[0].Id,
            Direction = Estates.DirectionOf(facts, estate),
            Channel = "mail",
            ReceivedAt = facts.ReceivedAt ?? facts.SentAt,
            TimeSource = "received",
            Facts = facts,
        };
    }

    private static (Victim A, Victim B) Two(Random random)
    {
        var place = random.Next(Place.Length);
        var otherPlace = (place + 1 + random.Next(Place.Length - 1)) % Place.Length;
        return (One(random, place, 1), One(random, otherPlace, 2));
    }

    private static Victim One(Random random, int place, int number)
    {
        var trade = random.Next(Trade.Length);
        var domain = $"{PlaceRomaji[place]}-{TradeRomaji[trade]}.example";
        var person = $"{Family[random.Next(Family.Length)]}{Given[random.Next(Given.Length)]}";
        var phone = $"0{number}-{random.Next(1_000, 9_999)}-{random.Next(1_000, 9_999)}";
        return new Victim(
            new Organization
            {
                Id = $"{PlaceRomaji[place]}-{number}",
                Group = "one",
                NameJa = $"{Place[place]}{Trade[trade]}株式会社",
                NameEn = $"{PlaceRomaji[place]} {TradeRomaji[trade]}",
                Domains = [domain],
                MailHosts = [$"mx{random.Next(9)}.{domain}"],
                Networks = [$"192.0.2.{number * 64}/26"],
                Secrets = [person, phone],
                Windows = [new ContactWindow($"w-{PlaceRomaji[place]}", $"info{random.Next(100)}@{domain}", "窓口")],
            },
            person,
            phone
        );
    }

    private sealed record Victim(Organization Organization, string Person, string Phone);
}
