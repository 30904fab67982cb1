namespace Noroshi.Hub.Campaigns;

/// <summary>Reads patterns from the times of a campaign's exchanges.</summary>
/// <param name="ordinaryContactsPerDay">First contacts a day at all windows together, the campaign's own left out; for the chance of a coincidence.</param>
public sealed class TimePatterns(double ordinaryContactsPerDay)
{
    private static readonly TimeSpan Parallel = TimeSpan.FromMinutes(60);
    private static readonly TimeSpan StrongParallel = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Sequence = TimeSpan.FromDays(14);
    private static readonly TimeSpan Pause = TimeSpan.FromDays(30);
    private static readonly TimeSpan Japan = TimeSpan.FromHours(9);

    /// <summary>All patterns, in the order of the kinds.</summary>
    public IReadOnlyList<TimePattern> Of(IReadOnlyList<ExchangeTimes> campaign)
    {
        var dated = campaign
            .Where(one => one.FirstContact is not null)
            .OrderBy(one => one.FirstContact)
            .ThenBy(one => one.Exchange, StringComparer.Ordinal)
            .ToList();
        return
        [
            .. ParallelRuns(ByWindow(dated)),
            .. Sequential(dated),
            .. Careful(dated),
            .. Returning(dated),
            .. Attended(dated),
            .. Evolving(dated),
        ];
    }

    /// <summary>The exchanges by window: one that reached several stands once for each.</summary>
    private static List<ExchangeTimes> ByWindow(List<ExchangeTimes> dated) =>
        dated.TrueForAll(one => one.Contacts.Count <= 1)
            ? dated
            :
            [
                .. dated
                    .SelectMany(one =>
                        one.Contacts.Count <= 1
                            ? [one]
                            : one.Contacts.Select(contact => one with { Window = contact.Window, Received = [contact.At] })
                    )
                    .OrderBy(one => one.FirstContact)
                    .ThenBy(one => one.Exchange, StringComparer.Ordinal)
                    .ThenBy(one => one.Window, StringComparer.Ordinal),
            ];

    /// <summary>Runs of first contacts within the hour, each as long as it can be; a run inside another is not told again.</summary>
    private IEnumerable<TimePattern> ParallelRuns(List<ExchangeTimes> dated)
    {
        var lastEnd = -1;
        for (var i = 0; i < dated.Count; i++)
        {
            var end = i;
            while (end + 1 < dated.Count && dated[end + 1].FirstContact - dated[i].FirstContact <= Parallel)
            {
                end++;
            }

            if (end <= lastEnd)
            {
                continue;
            }

            lastEnd = end;
            if (RunOf(Densest(dated[i..(end + 1)])) is { } run)
            {
                yield return run;
            }
        }
    }

    /// <summary>Of a run, the part within ten minutes when that has as many windows as the strong form needs; else the whole.</summary>
    private static List<ExchangeTimes> Densest(List<ExchangeTimes> run)
    {
        List<ExchangeTimes> best = run;
        var most = 0;
        for (var i = 0; i < run.Count; i++)
        {
            var part = run.Skip(i).TakeWhile(one => one.FirstContact - run[i].FirstContact <= StrongParallel).ToList();
            var windows = WindowsOf(part);
            if (windows > most && (windows >= 3 || (windows >= 2 && OrganizationsOf(part) >= 2)))
            {
                (best, most) = (part, windows);
            }
        }

        return best;
    }

    private ParallelPattern? RunOf(List<ExchangeTimes> run)
    {
        var windows = WindowsOf(run);
        if (windows < 2 || run[0].FirstContact is not { } first || run[^1].FirstContact is not { } last)
        {
            return null;
        }

        var organizations = OrganizationsOf(run);
        var apart = last - first;
        return new ParallelPattern(
            Ids(run),
            windows,
            organizations,
            apart.TotalMinutes,
            apart <= StrongParallel && (organizations >= 2 || windows >= 3),
            Coincidence(windows, apart)
        );
    }

    /// <summary>Chance that after one first contact as many other windows get one of a stranger's within the same time (Poisson).</summary>
    private double Coincidence(int windows, TimeSpan apart)
    {
        var mean = ordinaryContactsPerDay * Math.Max(1, apart.TotalMinutes) / TimeSpan.FromDays(1).TotalMinutes;
        var (fewer, term) = (0.0, Math.Exp(-mean));
        for (var i = 0; i < windows - 1; i++)
        {
            fewer += term;
            term *= mean / (i + 1);
        }

        return Math.Clamp(1 - fewer, 0, 1);
    }

    /// <summary>The two weeks with the most organisations.</summary>
    private static IEnumerable<TimePattern> Sequential(List<ExchangeTimes> dated)
    {
        List<ExchangeTimes> best = [];
        for (var i = 0; i < dated.Count; i++)
        {
            var run = dated.Skip(i).TakeWhile(one => one.FirstContact - dated[i].FirstContact <= Sequence).ToList();
            if (OrganizationsOf(run) > OrganizationsOf(best))
            {
                best = run;
            }
        }

        if (OrganizationsOf(best) >= 3 && best[^1].FirstContact - best[0].FirstContact is { } apart)
        {
            yield return new SequentialPattern(Ids(best), OrganizationsOf(best), apart.TotalDays);
        }
    }

    private static IEnumerable<TimePattern> Careful(List<ExchangeTimes> dated)
    {
        // Addresses of one spell of attention: who returns after months may write to another window.
        var counts = dated
            .Where(one => one.Organization is not null)
            .GroupBy(one => (one.Organization, Spell: SpellOf(one, dated)))
            .Select(spell => spell.SelectMany(one => one.Addresses).Distinct(StringComparer.OrdinalIgnoreCase).Count())
            .Where(count => count > 0)
            .Order()
            .ToList();
        if (OrganizationsOf(dated) >= 3 && counts.Count > 0 && counts[^1] <= 2 && Median(counts.Select(count => (double)count)) <= 1)
        {
            yield return new CarefulPattern(Ids(dated), OrganizationsOf(dated), Median(counts.Select(count => (double)count)), counts[^1]);
        }
    }

    /// <summary>Number of pauses of a month or more before an exchange, within its organisation.</summary>
    private static int SpellOf(ExchangeTimes exchange, List<ExchangeTimes> dated)
    {
        var before = dated.Where(one => one.Organization == exchange.Organization && one.FirstContact <= exchange.FirstContact).ToList();
        var spells = 0;
        for (var i = 1; i < before.Count; i++)
        {
            spells += before[i].FirstContact - before[i - 1].Received[^1] >= Pause ? 1 : 0;
        }

        return spells;
    }

    private static IEnumerable<TimePattern> Returning(List<ExchangeTimes> dated)
    {
        foreach (
            var organization in dated.Where(one => one.Organization is not null).GroupBy(one => one.Organization, StringComparer.Ordinal)
        )
        {
            var exchanges = organization.ToList();
            for (var i = 1; i < exchanges.Count; i++)
            {
                if (exchanges[i].FirstContact is { } again && again - exchanges[i - 1].Received[^1] is var pause && pause >= Pause)
                {
                    yield return new ReturningPattern(
                        [exchanges[i - 1].Exchange, exchanges[i].Exchange],
                        organization.Key ?? "",
                        pause.TotalDays
                    );
                }
            }
        }
    }

    private static IEnumerable<TimePattern> Attended(List<ExchangeTimes> dated)
    {
        var answered = dated.Where(one => one.LatencyMinutes.Count > 0).ToList();
        var latencies = answered.SelectMany(one => one.LatencyMinutes).ToList();
        if (latencies.Count < 3 || Median(latencies) > Parallel.TotalMinutes)
        {
            yield break;
        }

        var hours = new int[24];
        foreach (var at in dated.SelectMany(one => one.Received))
        {
            hours[at.ToOffset(Japan).Hour]++;
        }

        yield return new AttendedPattern(Ids(answered), Median(latencies), latencies.Count, hours);
    }

    private static IEnumerable<TimePattern> Evolving(List<ExchangeTimes> dated)
    {
        var months = dated.GroupBy(one => MonthOf(one.FirstContact ?? default)).OrderBy(month => month.Key).ToList();
        var changes = new List<MonthChange>();
        (string What, Func<ExchangeTimes, IReadOnlyList<string>> Values)[] kinds =
        [
            ("container", one => one.Containers),
            ("document", one => one.Documents),
            ("infrastructure", one => one.Infrastructure),
        ];
        var anyKept = months.Count > 1;
        for (var i = 1; i < months.Count; i++)
        {
            var kept = false;
            foreach (var (what, values) in kinds)
            {
                var before = ValuesOf(months[i - 1], values);
                var after = ValuesOf(months[i], values);
                if (before.Count > 0 && after.Count > 0 && !before.Intersect(after, StringComparer.Ordinal).Any())
                {
                    changes.Add(new MonthChange(months[i].Key, what, before, after));
                }
                else
                {
                    kept |= before.Count > 0 && after.Count > 0;
                }
            }

            anyKept &= kept;
        }

        if (changes.Count > 0 && anyKept)
        {
            yield return new EvolvingPattern(Ids(dated), changes);
        }
    }

    private static List<string> ValuesOf(IEnumerable<ExchangeTimes> month, Func<ExchangeTimes, IReadOnlyList<string>> values) =>
        [.. month.SelectMany(values).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static DateOnly MonthOf(DateTimeOffset at)
    {
        var local = at.ToOffset(Japan);
        return new DateOnly(local.Year, local.Month, 1);
    }

    private static int WindowsOf(List<ExchangeTimes> run) => run.Select(one => (one.Organization, one.Window)).Distinct().Count();

    private static int OrganizationsOf(List<ExchangeTimes> run) =>
        run.Select(one => one.CountsAs ?? one.Organization).OfType<string>().Distinct(StringComparer.Ordinal).Count();

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
    }

    private static List<string> Ids(IEnumerable<ExchangeTimes> exchanges) =>
        [.. exchanges.Select(one => one.Exchange).Distinct(StringComparer.Ordinal)];
}
