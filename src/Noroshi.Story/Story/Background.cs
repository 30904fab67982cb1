using System.Globalization;

namespace Noroshi.Makers.Story;

/// <summary>What else is given to the hub in a year: other targeted mails, mass mailings, spam, harmless and undecided ones.</summary>
internal sealed class Background(YearPlan plan)
{
    private static readonly string[] Windows = ["pr", "customer", "product-inquiry", "recruit"];
    private static readonly string[] Abroad = ["US", "US", "KR", "HK", "CN", "TW", "TH", "DE", "SG", "BR"];

    /// <summary>The letters.</summary>
    public IEnumerable<Letter> Letters() => Targeted().Concat(Mass()).Concat(Spam()).Concat(Unknown()).Concat(Desk()).Concat(Hub());

    /// <summary>Letters that fill up to the provisions of the year.</summary>
    /// <param name="missing">Provisions that are missing.</param>
    public IEnumerable<Letter> Harmless(int missing) =>
        Enumerable.Range(0, missing).SelectMany(number => Harmless($"{plan.Year}/harmless/{number}", number));

    private IEnumerable<Letter> Targeted()
    {
        var order = new Dice($"{plan.Year}/targeted");
        var kinds = plan
            .Attachments.SelectMany(one => Enumerable.Repeat(one.Type, one.Count))
            .Concat(Enumerable.Repeat("link", plan.Links));
        var all = order.Shuffled(kinds).Concat(Enumerable.Repeat("probe", plan.Probes)).ToList();
        var hosts = Hosts(order);
        var notFree = order.Shuffled(Enumerable.Range(0, all.Count - 2)).Take(plan.NotFree - 1).Append(all.Count - 1).ToHashSet();
        for (var number = 0; number < all.Count; number++)
        {
            var seed = $"{plan.Year}/targeted/{number}";
            // The last two came to the help desk.
            var letter = Stranger(seed, free: !notFree.Contains(number), desk: number >= all.Count - 2);
            yield return Armed(letter, seed, all[number]) with
            {
                Verdict = "targeted",
                Destinations = number < hosts.Count ? [hosts[number]] : [],
            };
        }
    }

    /// <summary>Distinct hosts of the year; no two mails share one.</summary>
    private List<C2> Hosts(Dice dice)
    {
        C2 Host(int number, string country, string hijacked)
        {
            var name =
                $"{dice.Of<string>(["www", "update", "mail", "img", "news"])}.{dice.Letters(7).ToLowerInvariant()}-{dice.Of<string>(["shokai", "trade", "net", "koubou", "studio"])}.example";
            return new C2(
                name,
                $"{(plan.Year % 2 == 0 ? "203.0.113" : "198.51.100")}.{(number * 3) + 20}",
                country,
                $"{plan.Year + 1}-04-04",
                hijacked
            );
        }

        var japan = Enumerable
            .Range(0, plan.Japan.Hosts)
            .Select(number =>
                Host(
                    number,
                    "JP",
                    number < plan.Japan.Suspected ? "suspected"
                        : number < plan.Japan.Suspected + plan.Japan.Confirmed ? "confirmed"
                        : "no"
                )
            );
        var abroad = Enumerable.Range(plan.Japan.Hosts, plan.Abroad).Select(number => Host(number, dice.Of(Abroad), "no"));
        return dice.Shuffled(japan.Concat(abroad).ToList());
    }

    private static Letter Armed(Letter letter, string seed, string kind)
    {
        var dice = new Dice(seed + "/armed") { Theme = seed };
        if (kind == "probe")
        {
            return letter with { Text = Bodies(dice, Sentences.Probing, Sentences.Ends, letter.From) };
        }

        if (kind == "link")
        {
            var host = $"{dice.Letters(8).ToLowerInvariant()}.{dice.Letters(6).ToLowerInvariant()}.example";
            var text =
                Sentences.Text(dice, Sentences.Lures, Sentences.More)
                + $"\nhttp://{host}/{dice.Letters(9)}\n"
                + Sentences.Text(dice, Sentences.Ends);
            return letter with { Text = $"{text}\n\n{letter.From.Name}\n" };
        }

        return letter with
        {
            Files = [Payloads.Of(kind, seed, dice)],
        };
    }

    /// <summary>A first mail of somebody who writes to one window only, at a time of his own.</summary>
    private Letter Stranger(string seed, bool free, bool desk = false, string intake = "member")
    {
        var dice = new Dice(seed) { Theme = seed };
        var at = Moment(dice);
        var organization = desk ? $"desk-n{dice.Below(2) + 4}" : dice.Of(StoryMembers.On(at));
        var (name, local) = Names.Numbered(People.Number(seed));
        var domain = free
            ? dice.Of(Services.Free)
            : $"{dice.Letters(6).ToLowerInvariant()}-{dice.Of<string>(["kogyo", "shoji", "giken", "jimusho", "unyu"])}.example";
        var person = new Person(name, $"{local}@{domain}");
        var window = desk ? "info" : dice.Of(Windows);
        var letter = new Letter
        {
            Organization = organization,
            Window = window,
            At = at,
            From = person,
            To = StoryMembers.Homes[organization].AddressOf(window),
            Subject = Slots.Fill(
                dice.Of<string>([
                    "[topic]の[thing]",
                    "[topic]について",
                    "【[dept]】[topic]",
                    "[month]の[topic]",
                    "[thing]送付の件([topic])",
                ]),
                dice
            ),
            Text = Bodies(dice, Sentences.Lures, Sentences.More, person),
            Style = free ? dice.Of(MailStyles.Private) : dice.Of(MailStyles.Office),
            Provision = seed,
            Intake = desk ? "desk" : intake,
            WayStated = desk,
        };
        return letter with { Id = LetterWriter.IdOf(letter) };
    }

    private static string Bodies(Dice dice, string[] first, string[] second, Person person)
    {
        var family = person.Name.Split(' ')[0];
        var text = Sentences
            .Text(dice, Sentences.Greetings, first, second, Sentences.Ends)
            .Replace("[me]", family, StringComparison.Ordinal);
        return $"{text}\n\n{person.Name}\n";
    }

    /// <summary>A working hour of the year.</summary>
    private DateTimeOffset Moment(Dice dice)
    {
        var day = plan.Start.AddDays(dice.Below(363));
        day =
            day.DayOfWeek is DayOfWeek.Saturday ? day.AddDays(2)
            : day.DayOfWeek is DayOfWeek.Sunday ? day.AddDays(1)
            : day;
        return day.AddHours(8).AddMinutes(dice.Below(11 * 60)).AddSeconds(dice.Below(60));
    }

    private IEnumerable<Letter> Mass()
    {
        for (var mailing = 0; mailing < plan.Mass.Count; mailing++)
        {
            var seed = $"{plan.Year}/mass/{mailing}";
            var dice = new Dice(seed) { Theme = seed };
            var first = Stranger(seed, free: false);
            var file = Payloads.Of("executable", seed, dice);
            var members = dice.Shuffled(StoryMembers.On(first.At)).Take(plan.Mass[mailing]).ToList();
            for (var number = 0; number < members.Count; number++)
            {
                var letter = first with
                {
                    Organization = members[number],
                    To = StoryMembers.Homes[members[number]].AddressOf(first.Window),
                    At = first.At.AddMinutes((number * 7) + dice.Below(6)),
                    Style = MailStyles.Bulk(seed),
                    Provision = $"{seed}/{number}",
                    Verdict = "mass",
                    Files = [file],
                };
                yield return letter with
                {
                    Id = LetterWriter.IdOf(letter),
                };
            }
        }
    }

    private IEnumerable<Letter> Spam()
    {
        for (var number = 0; number < plan.Spam; number++)
        {
            // Now and then somebody hands in several at once.
            for (var part = 0; part < (number % 9 == 4 ? 3 : 1); part++)
            {
                var seed = $"{plan.Year}/spam/{number}/{part}";
                var dice = new Dice(seed + "/text") { Theme = seed };
                var letter = Stranger(seed, free: dice.Below(4) == 0);
                if (part > 0)
                {
                    var before = Stranger($"{plan.Year}/spam/{number}/0", free: false);
                    letter = letter with
                    {
                        Organization = before.Organization,
                        Window = before.Window,
                        To = before.To,
                        At = before.At.AddHours(part * 3),
                    };
                }

                letter = letter with
                {
                    Style = MailStyles.Bulk(seed),
                    Subject = Slots.Fill(
                        dice.Of<string>(["[goods]のご案内", "★[month]限定★[goods]", "[city]の皆様へ [goods]", "[goods]が[count]無料"]),
                        dice
                    ),
                    Text =
                        Sentences.Text(dice, Sentences.Adverts, Sentences.Adverts)
                        + $"\nhttp://{dice.Letters(10).ToLowerInvariant()}.example/{dice.Letters(8)}\n",
                    Verdict = "spam",
                    Provision = $"{plan.Year}/spam/{number}",
                };
                yield return letter with
                {
                    Id = LetterWriter.IdOf(letter),
                };
            }
        }
    }

    private IEnumerable<Letter> Unknown()
    {
        for (var number = 0; number < plan.Unknown; number++)
        {
            var seed = $"{plan.Year}/unknown/{number}";
            var dice = new Dice(seed + "/armed") { Theme = seed };
            var letter = Stranger(seed, free: dice.Below(2) == 0) with { Verdict = "unknown" };
            yield return (number % 3) switch
            {
                0 => letter with { Files = [Payloads.Of("encrypted-unopened", seed, dice) with { Payload = "" }] },
                1 => letter with { Files = [new Enclosure($"{dice.Letters(5)}.pdf", StoryFiles.Pdf(new Maker(seed), active: false))] },
                _ => letter,
            };
        }
    }

    private IEnumerable<Letter> Desk() =>
        Enumerable
            .Range(0, plan.Desk)
            .Select(number =>
            {
                var seed = $"{plan.Year}/desk/{number}";
                return Stranger(seed, free: number % 2 == 0, desk: true) with { Verdict = number % 3 == 0 ? "spam" : "unknown" };
            });

    private IEnumerable<Letter> Hub()
    {
        var home = StoryMembers.Homes["hub"];
        for (var number = 0; number < plan.Hub; number++)
        {
            var letter = Stranger($"{plan.Year}/hub/{number}", free: number % 2 == 0, intake: "hub") with
            {
                Organization = home.Id,
                Window = "analysis",
                To = home.AddressOf("analysis"),
                WayStated = true,
                Verdict = "unknown",
            };
            yield return letter with
            {
                Id = LetterWriter.IdOf(letter),
            };
        }
    }

    private IEnumerable<Letter> Harmless(string seed, int number)
    {
        var dice = new Dice(seed + "/text") { Theme = seed };
        var asked = Stranger(seed, free: dice.Below(10) < 7);
        asked = asked with
        {
            Subject = Slots.Fill(
                dice.Of<string>([
                    "[product]について",
                    "[product]の件",
                    "お尋ね([product])",
                    "[city]より質問です",
                    "[product]のお問い合わせ",
                ]),
                dice
            ),
            Text = Bodies(dice, Sentences.Questions, Sentences.Ends, asked.From),
            Verdict = "harmless",
        };
        yield return asked;
        if (number % 3 != 0)
        {
            yield break;
        }

        var home = StoryMembers.Homes[asked.Organization];
        var reply = asked with
        {
            Way = Way.Out,
            At = asked.At.AddMinutes(20 + dice.Below(900)),
            From = new Person(home.NameJa, asked.To),
            To = asked.From.Address,
            Subject = $"Re: {asked.Subject}",
            Text = Sentences.Text(dice, Sentences.Answers, Sentences.Ends) + $"\n\n--\n{home.NameJa}\n\n" + Quoting.Of(asked),
            Style = dice.Of(MailStyles.Office),
            Verdict = null,
            Parents = [asked.Id],
        };
        yield return reply with
        {
            Id = LetterWriter.IdOf(reply),
        };
    }
}

/// <summary>Numbers of invented people: each seed has one of its own.</summary>
internal static class People
{
    private static readonly Dictionary<string, int> Kinds = new(StringComparer.Ordinal)
    {
        ["targeted"] = 0,
        ["mass"] = 180,
        ["spam"] = 190,
        ["unknown"] = 410,
        ["desk"] = 450,
        ["hub"] = 462,
        ["harmless"] = 470,
    };

    /// <summary>The number of <c>2013/targeted/17</c>.</summary>
    public static int Number(string seed)
    {
        var parts = seed.Split('/');
        var number =
            int.Parse(parts[2], CultureInfo.InvariantCulture)
            + (parts.Length > 3 ? int.Parse(parts[3], CultureInfo.InvariantCulture) * 73 : 0);
        return Kinds[parts[1]] + number + (parts[0] == "2013" ? 540 : 0);
    }
}

/// <summary>Attachments of strangers.</summary>
internal static class Payloads
{
    /// <summary>An attachment of a type in the words of the contract.</summary>
    public static Enclosure Of(string type, string seed, Dice dice)
    {
        var maker = new Maker(seed);
        var stem = Slots.Fill("[topic]", dice);
        return type switch
        {
            "office" => Office(maker, stem, dice.Below(3)),
            "executable" => Program(maker, stem, dice.Below(5)),
            "pdf" => new($"{stem}.pdf", StoryFiles.Pdf(maker), type),
            "script" => new($"{stem}.zip", ZipMaker.Zip([new MadeFile($"{stem}.vbs", StoryFiles.Script(maker))]), type),
            "shortcut" => new(
                $"{stem}.zip",
                ZipMaker.Zip([new MadeFile($"{stem}.lnk", StoryFiles.Link(maker))], new() { Names = ZipNames.Cp932 }),
                type
            ),
            "justsystems" => new($"{stem}.jtd", StoryFiles.Ichitaro(maker, stem, $"{stem}\n{dice.Letters(60)}"), type),
            _ => new(
                $"{stem}.zip",
                ZipMaker.Zip(
                    [new MadeFile($"{stem}.doc", maker.Dice.Bytes(900))],
                    new() { Lock = ZipLock.Aes256, Password = maker.Dice.Letters(14) }
                ),
                "encrypted-unopened"
            ),
        };
    }

    private static Enclosure Office(Maker maker, string stem, int kind) =>
        kind switch
        {
            0 => new($"{stem}.doc", StoryFiles.Word(maker, stem, $"{stem} {maker.Dice.Letters(30)}"), "office"),
            1 => new($"{stem}.xls", StoryFiles.Sheet(maker, stem[..Math.Min(8, stem.Length)]), "office"),
            _ => new($"{stem}.rtf", StoryFiles.Rtf(maker), "office"),
        };

    private static Enclosure Program(Maker maker, string stem, int kind)
    {
        var program = StoryFiles.Program(maker);
        return kind switch
        {
            0 => new($"{stem}.lzh", Lzh.LzhMaker.Make(new Lzh.LzhMember($"{stem}.exe", program)), "executable"),
            1 => new(
                $"{stem}.zip",
                ZipMaker.Zip([new MadeFile($"{stem}.doc                         .exe", program)], new() { Names = ZipNames.Cp932 }),
                "executable"
            ),
            2 => new(
                $"{stem}.zip",
                ZipMaker.Zip([new MadeFile($"{stem}\u202Excod.scr", program), new MadeFile("data.csv", StoryFiles.Table(maker))]),
                "executable"
            ),
            3 => new($"{stem}.rar", RarMaker.Rar4([new MadeFile($"{stem}.exe", program)]), "executable"),
            _ => new($"{stem}.zip", ZipMaker.Zip([new MadeFile($"{stem}.exe", program)], new() { Names = ZipNames.Cp932 }), "executable"),
        };
    }
}
