using Noroshi.Hub.Conversations;
using Noroshi.Hub.Reports.Cases;
using Noroshi.Hub.Reports.Documents;
using Noroshi.Hub.Reports.Texts;
using Noroshi.Hub.Statistics;

namespace Noroshi.Hub.Tests.Reports.Making;

/// <summary>Two fiscal years of figures and a case, made up.</summary>
internal static class ReportSample
{
    public static readonly Period Year = Period.OfYear(2013);

    /// <summary>Figures by id: this year and the year before; a whole of 0 stands for a count.</summary>
    public static Dictionary<string, (long Now, long Of, long Before, long BeforeOf)> Numbers() =>
        new(StringComparer.Ordinal)
        {
            ["organizations"] = (46, 0, 39, 0),
            ["organizationsJoined"] = (7, 0, 17, 0),
            ["groups"] = (5, 0, 5, 0),
            ["provided"] = (385, 0, 246, 0),
            ["shared"] = (180, 0, 160, 0),
            ["sharedHubOriginated"] = (12, 0, 9, 0),
            ["judgedTargeted"] = (193, 0, 150, 0),
            ["destinations"] = (50, 0, 43, 0),
            ["hijackedSites"] = (10, 0, 1, 0),
            ["c2Region.JP"] = (14, 50, 3, 43),
            ["c2Region.US"] = (36, 50, 40, 43),
            ["senderRegion.JP"] = (100, 193, 80, 150),
            ["senderRegion.unknown"] = (93, 193, 70, 150),
            ["mailKind.attachment"] = (147, 193, 120, 150),
            ["mailKind.url"] = (46, 193, 30, 150),
            ["attachmentType.office"] = (12, 147, 54, 120),
            ["attachmentType.executable"] = (109, 147, 66, 120),
            ["attachmentType.lnk"] = (14, 147, 0, 120),
            ["attachmentType.justsystems"] = (12, 147, 0, 120),
            ["freeMail"] = (166, 193, 93, 150),
            ["avoidable.freeMailWithPayload"] = (142, 193, 87, 150),
            ["conversationalCases"] = (15, 0, 0, 0),
            ["conversationalCases.attacked"] = (10, 0, 0, 0),
            ["conversationalCases.replied"] = (1, 0, 0, 0),
            ["conversationalCases.reconnaissance"] = (4, 0, 0, 0),
            ["conversationalCases.member"] = (12, 0, 0, 0),
            ["conversationalCases.desk"] = (3, 0, 0, 0),
        };

    public static IReadOnlyList<Statistic> Figures(Dictionary<string, (long Now, long Of, long Before, long BeforeOf)> numbers)
    {
        var made = new List<Statistic>();
        foreach (var (id, one) in numbers)
        {
            var before = Made(id, Year.YearBefore, one.Before, one.BeforeOf);
            made.Add(before);
            made.Add(Made(id, Year, one.Now, one.Of).Beside(before, category: id.Contains('.', StringComparison.Ordinal)));
        }

        foreach (var id in new[] { "provided", "shared" }.Where(numbers.ContainsKey))
        {
            made.Add(Made($"{id}Ratio", Year, numbers[id].Now, numbers[id].Before, ratio: true));
        }

        return made;
    }

    public static ReportMaterial Material(
        bool ja,
        Dictionary<string, (long Now, long Of, long Before, long BeforeOf)>? numbers = null,
        CaseAnalysis? cases = null
    ) =>
        new()
        {
            Ja = ja,
            Period = Year,
            Figures = Figures(numbers ?? Numbers()),
            Issuer = new ReportIssuer(
                new Words("見本ハブ", "Sample hub"),
                [new Words("電話:050-0000-0000", "Telephone: 050-0000-0000")],
                []
            ),
            Date = new DateOnly(2014, 5, 30),
            Cases = cases,
        };

    public static CaseAnalysis Cases(int listed = 15) =>
        new()
        {
            List = "cases-FY2013",
            From = new DateOnly(2013, 7, 1),
            To = new DateOnly(2014, 3, 1),
            Listed = listed,
            Cases =
            [
                new ToldCase
                {
                    Id = "c-4",
                    Label = "#4",
                    Stage = ConversationStage.Attacked,
                    FirstAttack = new ToldLatency(11, MessageSource.Mail),
                    Messages =
                    [
                        Message("#4-1", MessageRole.Reply) with
                        {
                            CouldNotOpen = true,
                        },
                        Message("#4-2", MessageRole.Reconnaissance) with
                        {
                            AsksUnarchiver = true,
                            Minutes = 13,
                        },
                        Message("#4-3", MessageRole.Reply) with
                        {
                            NamesUnarchiver = true,
                        },
                        Message("#4-4", MessageRole.Attack) with
                        {
                            Minutes = 51,
                            OpensIn = "Lhaplus",
                        },
                    ],
                },
                new ToldCase
                {
                    Id = "c-5",
                    Label = "#5",
                    Stage = ConversationStage.Attacked,
                    FirstAttack = new ToldLatency(15, MessageSource.Quote),
                    Messages = [Message("#5-1", MessageRole.Reconnaissance)],
                },
            ],
            OfOneAttacker = 2,
            Organizations = 2,
            Parallel = new ParallelContacts(3, 3, 4, [new ContactAfter("#4", 0), new ContactAfter("#5", 3.9)]),
            Serial = new SerialContacts(5, 13),
            MedianAddresses = 1,
            ReturnedAfterDays = [128, 218],
            OnlyTogether = 4,
        };

    public static string TextOf(ReportDocument report) =>
        string.Join('\n', ReportRuns.Groups(report).Select(one => string.Concat(one.Runs.Select(run => run.Text))));

    private static ToldMessage Message(string label, MessageRole role) =>
        new()
        {
            Label = label,
            Role = role,
            Source = MessageSource.Mail,
            Description = new Words("メールが届いた。", "A mail arrived."),
        };

    private static Statistic Made(string id, Period period, long part, long whole, bool ratio = false)
    {
        var share = whole > 0 || ratio;
        var definition = StatisticDefinitions.Of(id);
        return new Statistic
        {
            Id = id,
            Period = period.Id,
            Unit = definition.Unit,
            Numerator = part,
            Denominator = share ? whole : null,
            Value = share ? Arithmetic.Percent(part, whole) : part,
            Rounded = share ? Arithmetic.Rounded(part, whole) : null,
            Population = definition.Population,
            CategoryVersion = MailCounting.Version,
            State = StatisticState.Final,
        };
    }
}
