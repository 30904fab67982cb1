using Noroshi.Hub.Conversations;
using Noroshi.Hub.Judgement;
using Noroshi.Hub.Statistics;

namespace Noroshi.Hub.Tests.Statistics;

/// <summary>
/// Counts a period by going over all facts, by the words of the definitions and without anything of the roll-up: what the figures are held
/// against.
/// </summary>
internal sealed class Recount(IEnumerable<Fact> all, Period period)
{
    private readonly List<Fact> _facts = [.. all.Where(one => one.At >= period.End.AddMonths(-period.Months) && one.At < period.End)];

    private IEnumerable<ProvisionFact> Provisions =>
        _facts.OfType<ProvisionFact>().Where(one => one.Intake == IntakeOrigin.Member && one.Not == null);

    private List<MailFact> Judged =>
        [
            .. _facts
                .OfType<MailFact>()
                .Where(one => one.Verdict == Verdict.Targeted && one.Intake == IntakeOrigin.Member && !one.Double && !one.Again),
        ];

    private List<CaseFact> Cases => [.. _facts.OfType<CaseFact>().Where(one => !one.Excluded)];

    /// <summary>Numerator and denominator of a figure; null for one that this does not count.</summary>
    public (long? Numerator, long? Denominator)? Of(string id)
    {
        var judged = Judged;
        var attached = judged.FindAll(one => one.Payload is not null);
        var part = id.Contains('.', StringComparison.Ordinal) ? id[(id.IndexOf('.', StringComparison.Ordinal) + 1)..] : "";
        return id.Split('.')[0] switch
        {
            "provided" => (Provisions.Count(), null),
            "shared" => (_facts.OfType<ShareFact>().Count(), null),
            "sharedHubOriginated" => (_facts.OfType<ShareFact>().Count(one => one.OfHub), null),
            "mails" when part.Length == 0 => (_facts.OfType<MailFact>().Count(one => one.Intake == IntakeOrigin.Member), null),
            "judgedTargeted" when part == "proposed" => (judged.Count(one => one.Basis == VerdictBasis.Proposed), null),
            "judgedTargeted" => (judged.Count, null),
            "uniqueMails" => (judged.Select(one => one.Unique).Distinct().Count(), null),
            "samples" => (judged.SelectMany(one => one.Samples).Distinct(StringComparer.Ordinal).Count(), null),
            "destinations" => (Hosts(judged).Count, null),
            "hijackedSites" => (Hosts(judged).Count(host => host.Any(one => one.Hijacked)), null),
            "c2Region" => Region(Hosts(judged).ConvertAll(CountryOf), part),
            "senderRegion" => Region(judged.ConvertAll(one => one.Origin ?? "unknown"), part),
            "mailKind" => (judged.Count(one => Same(one.Kind.ToString(), part)), judged.Count),
            "attachmentType" => (attached.Count(one => Same(one.Payload?.ToString(), part)), attached.Count),
            "container" => (attached.Count(one => (one.Container ?? "none") == part), attached.Count),
            "freeMail" => (judged.Count(one => one.Sender == SenderClass.FreeMail), judged.Count(one => one.Sender != SenderClass.Unknown)),
            "avoidable" when part == "lockedContainers" => (judged.Count(one => one.Locked), judged.Count),
            "avoidable" when part == "freeMailWithPayload" => (
                judged.Count(one =>
                    one.Sender == SenderClass.FreeMail
                    && one.Kind is MailKind.Attachment or MailKind.Url or MailKind.Both
                    && one.Sender == SenderClass.FreeMail
                ),
                judged.Count
            ),
            "conversationalCases" when part.Length == 0 => (Cases.Count, null),
            "conversationalCases" when Enum.TryParse<ConversationStage>(part, ignoreCase: true, out var stage) => (
                Cases.Count(one => one.Stage == stage),
                null
            ),
            "clock" => (
                null,
                _facts.OfType<ClockFact>().Count(one => part.StartsWith(one.Clock.ToString(), StringComparison.OrdinalIgnoreCase))
            ),
            "answered" => (Provisions.Count(one => one.Answered), Provisions.Count()),
            _ => null,
        };
    }

    /// <summary>Provisions or judged mails of a group.</summary>
    public long Of(string id, string group) =>
        id == "provided" ? Provisions.Count(one => one.Group == group) : Judged.Count(one => one.Group == group);

    /// <summary>Median minutes of a clock.</summary>
    public decimal? Median(ClockKind clock)
    {
        var sorted = _facts.OfType<ClockFact>().Where(one => one.Clock == clock).Select(one => one.Seconds).Order().ToList();
        return sorted.Count == 0 ? null : (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 120m;
    }

    private static bool Same(string? name, string part) => string.Equals(name, part, StringComparison.OrdinalIgnoreCase);

    private static List<IGrouping<string, DestinationFact>> Hosts(List<MailFact> judged) =>
        [.. judged.SelectMany(one => one.Destinations).GroupBy(one => one.Host, StringComparer.Ordinal)];

    private static string CountryOf(IGrouping<string, DestinationFact> host)
    {
        var countries = host.Select(one => one.Country).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        return countries.Count switch
        {
            0 => "unknown",
            1 => countries[0],
            _ => "multiple",
        };
    }

    private static (long?, long?) Region(List<string> countries, string part)
    {
        var known = part.EndsWith(".known", StringComparison.Ordinal);
        var country = part.Split('.')[0];
        return (countries.Count(one => one == country), countries.Count(one => !known || one != "unknown"));
    }
}
