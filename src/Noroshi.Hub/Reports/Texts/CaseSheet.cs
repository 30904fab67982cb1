using Noroshi.Hub.Conversations;
using Noroshi.Hub.Reports.Cases;
using Noroshi.Hub.Reports.Documents;
using Noroshi.Hub.Statistics;

namespace Noroshi.Hub.Reports.Texts;

/// <summary>Facts of a case list as figures: each has its own id, unit and definition, and stands in a text as a bound run like any other.</summary>
internal sealed class CaseSheet(FigureSheet sheet, CaseAnalysis cases)
{
    private const string Population = "caseList";

    /// <summary>Cases that may be told of.</summary>
    public Run Told =>
        sheet.Count(Fact("case.told", "case", cases.Cases.Count, ("公表の承認を得た事例の数", "Cases with publication approval")));

    /// <summary>Cases of the list.</summary>
    public Run Listed => sheet.Count(Fact("case.listed", "case", cases.Listed, ("事例の一覧にある事例の数", "Cases of the case list")));

    /// <summary>Cases of one attacker.</summary>
    public Run OfOneAttacker =>
        sheet.Count(
            Fact(
                "case.oneAttacker",
                "case",
                cases.OfOneAttacker,
                ("同一の攻撃者によると思われる事例の数", "Cases that appear to be one attacker's")
            )
        );

    /// <summary>Organisations reached.</summary>
    public Run Reached =>
        sheet.Count(
            Fact(
                "case.organizations",
                "organization",
                cases.Organizations,
                ("同一の攻撃者によると思われる事例の宛先となった組織の数", "Organisations that these cases reached")
            )
        );

    /// <summary>Windows of the parallel pattern.</summary>
    public Run Windows(ParallelContacts one) =>
        sheet.Count(
            Fact("case.parallel.windows", "window", one.Windows, ("同時並行で最初のメールが届いた窓口の数", "Windows reached in parallel"))
        );

    /// <summary>Organisations of the parallel pattern.</summary>
    public Run Organizations(ParallelContacts one) =>
        sheet.Count(
            Fact(
                "case.parallel.organizations",
                "organization",
                one.Organizations,
                ("同時並行で最初のメールが届いた組織の数", "Organisations reached in parallel")
            )
        );

    /// <summary>Minutes of the parallel pattern.</summary>
    public Run Minutes(ParallelContacts one) =>
        sheet.Count(
            Fact(
                "case.parallel.minutes",
                "minute",
                one.Minutes,
                (
                    "同時並行の最初のメールのうち、最も早いものから最も遅いものまでの時間(分、切り上げ)",
                    "Minutes from the earliest to the latest of these mails, rounded up"
                )
            )
        );

    /// <summary>Organisations of the series.</summary>
    public Run Organizations(SerialContacts one) =>
        sheet.Count(
            Fact(
                "case.serial.organizations",
                "organization",
                one.Organizations,
                ("次々と攻撃を受けた組織の数", "Organisations of the series")
            )
        );

    /// <summary>How long the series took: 約2週間, 9日間.</summary>
    public Prose Length(SerialContacts one)
    {
        var days = Fact(
            "case.serial.days",
            "day",
            one.Days,
            ("最初の組織から最後の組織までの日数", "Days from the earliest to the latest of the series")
        );
        return one.Days >= 10 && Math.Abs(one.Days / 7.0 - Math.Round(one.Days / 7.0)) < 0.25
            ? sheet.Say($"約{sheet.Weeks(days)}週間", $"about {sheet.Weeks(days)} weeks")
            : sheet.Say($"{sheet.Count(days)}日間", $"{sheet.Count(days)} days");
    }

    /// <summary>Pauses after which the same organisation was approached again: 約4か月から約7か月.</summary>
    public Prose Pauses()
    {
        var (shortest, longest) = (Pause("shortest", cases.ReturnedAfterDays[0]), Pause("longest", cases.ReturnedAfterDays[^1]));
        return shortest.Text == longest.Text
            ? sheet.Say($"約{longest}か月", $"about {longest} months")
            : sheet.Say($"約{shortest}か月から約{longest}か月", $"about {shortest} to {longest} months");
    }

    /// <summary>Addresses in an organisation, median.</summary>
    public Run Addresses =>
        sheet.Count(
            Fact(
                "case.addresses.median",
                "address",
                cases.MedianAddresses ?? 0,
                ("1組織あたりの宛先の数の中央値", "Addresses written to in an organisation, median")
            )
        );

    /// <summary>Cases whose latency was measured, the shortest and the longest; null where none was.</summary>
    public (Run Measured, Run Shortest, Run Longest, Run? NotByMail, bool Prompt)? Latencies()
    {
        var all = cases.Cases.Select(one => one.FirstAttack).OfType<ToldLatency>().ToList();
        if (all.Count == 0)
        {
            return null;
        }

        var weaker = all.Count(one => one.Source != MessageSource.Mail);
        return (
            sheet.Count(
                Fact(
                    "case.latency.measured",
                    "case",
                    all.Count,
                    ("返信から攻撃メールまでの時間を分単位で測れた事例の数", "Cases whose latency is known to the minute")
                )
            ),
            Latency("shortest", all.Min(one => one.Minutes)),
            Latency("longest", all.Max(one => one.Minutes)),
            weaker == 0
                ? null
                : sheet.Count(
                    Fact(
                        "case.latency.quoted",
                        "case",
                        weaker,
                        ("うち引用などから時刻を読み取った事例の数", "Of these, cases whose times are read from quotes")
                    )
                ),
            all.Max(one => one.Minutes) <= 60
        );
    }

    /// <summary>Minutes before a message of a case.</summary>
    public Run MinutesBefore(ToldMessage one) =>
        sheet.Count(
            Fact(
                $"case.interval.{one.Label}",
                "minute",
                one.Minutes ?? 0,
                ($"{one.Label}の直前のメールから{one.Label}までの時間(分)", $"Minutes from the message before {one.Label} to {one.Label}")
            )
        );

    /// <summary>Minutes from a reply to the attack of a case.</summary>
    public Run LatencyOf(ToldCase one) =>
        sheet.Count(
            Fact(
                $"case.latency.{one.Label}",
                "minute",
                one.FirstAttack?.Minutes ?? 0,
                (
                    $"事例{one.Label}で窓口の返信から攻撃メールが届くまでの時間(分)",
                    $"Minutes from the window's reply to the attack in case {one.Label}"
                )
            )
        );

    /// <summary>Minutes of a case since the earliest of the parallel mails.</summary>
    public Run Since(string label, double minute) =>
        sheet.Count(
            Fact(
                $"case.parallel.{label}",
                "minute",
                (decimal)Math.Round(minute, MidpointRounding.AwayFromZero),
                ("同時並行の最初のメールのうち最も早いものからの時間(分)", "Minutes since the earliest of the parallel mails")
            )
        );

    private Run Latency(string which, int minutes) =>
        sheet.Count(
            Fact(
                $"case.latency.{which}",
                "minute",
                minutes,
                (
                    "窓口の返信から、それに応じた最初の攻撃メールまでの時間(分)",
                    "Minutes from a window's reply to the attack that answered it"
                )
            )
        );

    private Run Pause(string which, int days) =>
        sheet.Months(
            Fact(
                $"case.returned.{which}",
                "day",
                days,
                ("同じ組織に再び働きかけがあるまでの日数", "Days until the same organisation was approached again")
            )
        );

    private Statistic Fact(string id, string unit, decimal value, (string Ja, string En) definition) =>
        sheet.Put(
            new Statistic
            {
                Id = id,
                Period = cases.List,
                Unit = unit,
                Numerator = value == Math.Truncate(value) ? (long)value : null,
                Value = value,
                Population = Population,
                CategoryVersion = MailCounting.Version,
            },
            sheet.Ja ? $"{definition.Ja}。事例の一覧「{cases.List}」による。" : $"{definition.En}. By the case list '{cases.List}'."
        );
}
