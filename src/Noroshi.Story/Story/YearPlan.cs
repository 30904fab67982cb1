namespace Noroshi.Makers.Story;

/// <summary>
/// What a fiscal year holds, in numbers. Table of this world: the published shares come out of it by counting. The attacker's cases and
/// the named cases come on top; harmless mails fill up to the number of provisions.
/// </summary>
internal sealed record YearPlan
{
    /// <summary>Fiscal year.</summary>
    public required int Year { get; init; }

    /// <summary>Provisions by members, everything included.</summary>
    public required int Provisions { get; init; }

    /// <summary>Types of attachments of judged mails, the attacker's left out.</summary>
    public required IReadOnlyList<(string Type, int Count)> Attachments { get; init; }

    /// <summary>Judged mails with a link only.</summary>
    public required int Links { get; init; }

    /// <summary>Judged mails with nothing but questions.</summary>
    public required int Probes { get; init; }

    /// <summary>Judged mails whose sender has no free-mail address.</summary>
    public required int NotFree { get; init; }

    /// <summary>Distinct hosts in Japan, and of these presumably hijacked; the attacker's left out.</summary>
    public required (int Hosts, int Suspected, int Confirmed) Japan { get; init; }

    /// <summary>Distinct hosts elsewhere, the attacker's left out.</summary>
    public required int Abroad { get; init; }

    /// <summary>Destinations of each mass mailing.</summary>
    public required IReadOnlyList<int> Mass { get; init; }

    /// <summary>Provisions of spam.</summary>
    public required int Spam { get; init; }

    /// <summary>Provisions that stay undecided.</summary>
    public required int Unknown { get; init; }

    /// <summary>Items from the help desk that nobody judged targeted.</summary>
    public required int Desk { get; init; }

    /// <summary>Items that the hub originated.</summary>
    public required int Hub { get; init; }

    /// <summary>Shared items, those of the hub included.</summary>
    public required int Shared { get; init; }

    /// <summary>Judged mails, the attacker's left out.</summary>
    public int Judged => Attachments.Sum(one => one.Count) + Links + Probes;

    /// <summary>First moment of the year.</summary>
    public DateTimeOffset Start => new(Year, 4, 1, 0, 0, 0, TimeSpan.FromHours(9));

    /// <summary>The two years.</summary>
    public static IReadOnlyList<YearPlan> Both { get; } =
    [
        // Office 54 of 120 with an attachment = 45 %; Japan 3 of 43 hosts = 7 %.
        new()
        {
            Year = 2012,
            Provisions = 246,
            Attachments = [("office", 54), ("executable", 40), ("pdf", 16), ("script", 4), ("encrypted-unopened", 6)],
            Links = 20,
            Probes = 12,
            NotFree = 58,
            Japan = (3, 1, 0),
            Abroad = 40,
            Mass = [12, 10],
            Spam = 34,
            Unknown = 18,
            Desk = 8,
            Hub = 3,
            Shared = 160,
        },
        // With the attacker's 31 judged mails, 14 of them with an attachment (1 Office), all from free mail, and his two hosts (one in
        // Japan): Office 12 of 150 = 8 %; free mail 172 of 200 = 86 %; Japan 14 of 50 hosts = 28 %.
        new()
        {
            Year = 2013,
            Provisions = 385,
            Attachments =
            [
                ("office", 11),
                ("justsystems", 11),
                ("shortcut", 13),
                ("executable", 70),
                ("pdf", 6),
                ("script", 9),
                ("encrypted-unopened", 16),
            ],
            Links = 21,
            Probes = 12,
            NotFree = 28,
            Japan = (13, 7, 2),
            Abroad = 35,
            Mass = [14, 12, 11],
            Spam = 70,
            Unknown = 38,
            Desk = 10,
            Hub = 5,
            Shared = 180,
        },
    ];
}
