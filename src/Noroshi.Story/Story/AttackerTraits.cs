namespace Noroshi.Makers.Story;

/// <summary>
/// What the attacker takes from case to case. He has two sets of tools and uses both; where he comes back to an organisation, the first
/// visit shows only one set and the second visit only the other, so that the organisation alone cannot know him again. In the control
/// world every case has tools of its own.
/// </summary>
internal sealed class AttackerTraits(bool control)
{
    private static readonly Person[] Personas =
    [
        new(
            "星野 健一",
            "sora.kikaku7@ozora-mail.example",
            "-----------------------------\n東都先端材料研究室\n星野 健一\n電話 050-0000-1177\n-----------------------------"
        ),
        new(
            "三宅 由佳",
            "sora.kikaku7@kumonet.example",
            "-----------------------------\n三宅設備企画事務所\n三宅 由佳\n電話 050-0000-1177\n-----------------------------"
        ),
        new(
            "沢村 徹",
            "sora.kikaku7@ozora-mail.example",
            "-----------------------------\n沢村技術士事務所\n沢村 徹\n電話 050-0000-1177\n-----------------------------"
        ),
        new(
            "長浜 亮",
            "m.kenkyu22@hinata-mail.example",
            "-----------------------------\n長浜計画工房\n長浜 亮\n電話 050-0000-2290\n-----------------------------"
        ),
    ];

    private static readonly string[] Offices = ["設計事務所", "技術研究室", "企画工房", "商会", "計測研究室"];

    /// <summary>Whether every case has tools of its own.</summary>
    public bool Control { get; } = control;

    /// <summary>
    /// Who writes: 0 to 2 belong to the first set of tools, 3 to the second. One account serves two names; the part before the @ stays where
    /// the service changes.
    /// </summary>
    public Person Persona(int number, int which)
    {
        if (!Control)
        {
            return Personas[which];
        }

        var dice = new Dice($"control/person/{number}/{which}");
        var (name, local) = Names.Numbered(1_100 + (number * 4) + which);
        var office = $"{name.Split(' ')[0]}{dice.Of(Offices)}";
        return new Person(
            name,
            $"{local}@{Personas[which].Domain}",
            $"-----------------------------\n{office}\n{name}\n電話 050-0000-{3_000 + (number * 10) + which}\n-----------------------------"
        );
    }

    /// <summary>Machine behind the web-mail front.</summary>
    public string Client(int number, bool second) =>
        Control ? $"{(number % 2 == 0 ? "203.0.113" : "198.51.100")}.{100 + number}"
        : second ? "198.51.100.201"
        : "203.0.113.77";

    /// <summary>How the mail is put together.</summary>
    public MailStyle Style(int number, bool second) =>
        Control ? MailStyles.Bulk($"control/{number}")
        : second ? MailStyles.Second
        : MailStyles.First;

    /// <summary>Who made the documents (first set) and the programs and shortcuts (second set).</summary>
    public Maker Maker(int number, string seed, bool first, bool second) =>
        new($"{(Control ? "control" : "x")}/{number}/{seed}")
        {
            Author = first && !Control ? "kikaku-07" : null,
            Folder = first && !Control ? @"D:\toiawase\shiryo\hozon\" : null,
            Stamp = second && !Control ? 0x51D3_8A47 : null,
            Machine = second && !Control ? "kobo-pc7" : null,
        };

    /// <summary>Destinations of the malware.</summary>
    public IReadOnlyList<C2> Destinations(int number, bool first, bool second)
    {
        if (Control)
        {
            // No case shares a host with another.
            return [new($"www.{new Dice($"control/host/{number}").Hex(6)}-kanri.example", $"203.0.113.{10 + number}", "TW", "2014-04-04")];
        }

        C2[] both =
        [
            new("www.kawabe-shoji.example", "203.0.113.201", "JP", "2014-04-04", "suspected"),
            new("static.hoso-net.example", "198.51.100.231", "TW", "2014-04-04"),
        ];
        return [.. both.Where((_, at) => at == 0 ? first : second)];
    }

    /// <summary>Password of a locked archive.</summary>
    public string Password(int number) => Control ? $"{new Dice($"control/password/{number}").Letters(5)}{number + 20}" : "kenkyu2013";
}
