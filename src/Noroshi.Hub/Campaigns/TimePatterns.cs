namespace Noroshi.Hub.Campaigns;

/// <summary>Reads patterns from the times of a campaign's exchanges.</summary>
/// <param name="ordinaryContactsPerDay">First contacts a day at all windows together, the campaign's own left out; for the chance of a coincidence.</param>
public sealed class TimePatterns(double ordinaryContactsPerDay)
{
    private static readonly TimeSpan Parallel = TimeSpan.FromMinutes(60);
    private static readonly TimeSpan StrongParallel = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Sequence = TimeSpan.FromDays(14);
    private static readonly TimeSpan Pause = TimeSpan.FromDays(30);

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

    /// <summary>
    /// Runs of first contacts: those within ten minutes that are strong first, then, of the contacts left, those within the hour. No contact
    /// is told twice, so that a burst that goes on all day is not told once a minute.
    /// </summary>
    private List<TimePattern> ParallelRuns(List<ExchangeTimes> dated)
    {
        var runs = new List<List<ExchangeTimes>>();
        var left = new List<ExchangeTimes>();
        for (var i = 0; i < dated.Count; )
        {
            var (from, to) = Densest(dated, i);
            left.AddRange(dated[i..from]);
            if (to >= from)
            {
                runs.Add(dated[from..(to + 1)]);
            }

            i = Math.Max(from, to + 1);
        }

        for (var i = 0; i < left.Count; )
        {
            var end = i + 1;
            while (end < left.Count && left[end].FirstContact - left[i].FirstContact <= Parallel)
            {
                end++;
            }

            runs.Add(left[i..end]);
            i = end;
        }

        return [.. runs.OrderBy(run => run[0].FirstContact).Select(RunOf).OfType<TimePattern>()];
    }

    /// <summary>
    /// Of the ten minutes that begin with a contact, or with one that falls into them, those with most windows, when they are strong; else
    /// an empty stretch behind the contact.
    /// </summary>
    private static (int From, int To) Densest(List<ExchangeTimes> dated, int start)
    {
        var part = new Stretch();
        var (from, to, most) = (start + 1, start, 0);
        var (end, last) = (start - 1, start);
        for (var i = start; i <= last; i++)
        {
            while (end + 1 < dated.Count && dated[end + 1].FirstContact - dated[i].FirstContact <= StrongParallel)
            {
                part.Add(dated[++end]);
            }

            last = i == start ? end : last;
            if (part.Windows > most && IsStrong(part.Windows, part.Organizations))
            {
                (from, to, most) = (i, end, part.Windows);
            }

            part.Remove(dated[i]);
        }

        return (from, to);
    }

    private static bool IsStrong(int windows, int organizations) => windows >= 3 || (windows >= 2 && organizations >= 2);

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
            apart <= StrongParallel && IsStrong(windows, organizations),
            Coincidence(windows, apart)
        );
    }

    /// <summary>Chance that after one first contact as many others get one of a stranger's within the same time (Poisson).</summary>
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
    private IEnumerable<TimePattern> Sequential(List<ExchangeTimes> dated)
    {
        var part = new Stretch();
        var (from, to, most) = (0, -1, 0);
        var end = -1;
        for (var i = 0; i < dated.Count; i++)
        {
            while (end + 1 < dated.Count && dated[end + 1].FirstContact - dated[i].FirstContact <= Sequence)
            {
                part.Add(dated[++end]);
            }

            if (part.Organizations > most)
            {
                (from, to, most) = (i, end, part.Organizations);
            }

            part.Remove(dated[i]);
        }

        if (most >= 3 && dated[to].FirstContact - dated[from].FirstContact is { } apart)
        {
            yield return new SequentialPattern(Ids(dated[from..(to + 1)]), most, apart.TotalDays, Coincidence(most, apart));
        }
    }

    private static IEnumerable<TimePattern> Careful(List<ExchangeTimes> dated)
    {
        // Addresses of one spell of attention: who returns after months may write to another window.
        var counts = dated
            .Where(one => one.Organization is not null)
            .GroupBy(one => one.Organization, StringComparer.Ordinal)
            .SelectMany(organization => SpellsOf([.. organization]))
            .Select(spell => spell.SelectMany(one => one.Addresses).Distinct(StringComparer.OrdinalIgnoreCase).Count())
            .Where(count => count > 0)
            .Order()
            .ToList();
        if (OrganizationsOf(dated) >= 3 && counts.Count > 0 && counts[^1] <= 2 && Median(counts.Select(count => (double)count)) <= 1)
        {
            yield return new CarefulPattern(Ids(dated), OrganizationsOf(dated), Median(counts.Select(count => (double)count)), counts[^1]);
        }
    }

    /// <summary>The exchanges of one organisation, cut at pauses of a month or more.</summary>
    private static IEnumerable<List<ExchangeTimes>> SpellsOf(List<ExchangeTimes> exchanges)
    {
        var start = 0;
        var last = exchanges[0].Received[^1];
        for (var i = 1; i < exchanges.Count; i++)
        {
            if (exchanges[i].FirstContact - last >= Pause)
            {
                yield return exchanges[start..i];
                start = i;
            }

            last = Later(last, exchanges[i].Received[^1]);
        }

        yield return exchanges[start..];
    }

    private static IEnumerable<TimePattern> Returning(List<ExchangeTimes> dated)
    {
        foreach (
            var organization in dated.Where(one => one.Organization is not null).GroupBy(one => one.Organization, StringComparer.Ordinal)
        )
        {
            // The pause begins with the last mail of whichever exchange went on longest.
            var exchanges = organization.ToList();
            var latest = exchanges[0];
            for (var i = 1; i < exchanges.Count; i++)
            {
                if (exchanges[i].FirstContact is { } again && again - latest.Received[^1] is var pause && pause >= Pause)
                {
                    yield return new ReturningPattern([latest.Exchange, exchanges[i].Exchange], organization.Key ?? "", pause.TotalDays);
                }

                latest = exchanges[i].Received[^1] >= latest.Received[^1] ? exchanges[i] : latest;
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
            hours[at.InJapan().Hour]++;
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
        // A month without attachments says nothing of containers: each kind is compared with the last month that showed it.
        var last = kinds.Select(_ => (IReadOnlyList<string>)[]).ToArray();
        var everAllAtOnce = false;
        foreach (var month in months)
        {
            var (compared, changed) = (0, 0);
            for (var i = 0; i < kinds.Length; i++)
            {
                var after = ValuesOf(month, kinds[i].Values);
                if (after.Count == 0)
                {
                    continue;
                }

                if (last[i].Count > 0)
                {
                    compared++;
                    if (!last[i].Intersect(after, StringComparer.Ordinal).Any())
                    {
                        changed++;
                        changes.Add(new MonthChange(month.Key, kinds[i].What, last[i], after));
                    }
                }

                last[i] = after;
            }

            everAllAtOnce |= changed > 0 && changed == compared;
        }

        if (changes.Count > 0 && !everAllAtOnce)
        {
            yield return new EvolvingPattern(Ids(dated), changes);
        }
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one >= other ? one : other;

    /// <summary>Windows and organisations of a stretch whose ends move.</summary>
    private sealed class Stretch
    {
        private readonly Dictionary<(string?, string?), int> _windows = [];
        private readonly Dictionary<string, int> _organizations = new(StringComparer.Ordinal);

        public int Windows => _windows.Count;

        public int Organizations => _organizations.Count;

        public void Add(ExchangeTimes one)
        {
            _windows[(one.Organization, one.Window)] = _windows.GetValueOrDefault((one.Organization, one.Window)) + 1;
            if (Head(one) is { } head)
            {
                _organizations[head] = _organizations.GetValueOrDefault(head) + 1;
            }
        }

        public void Remove(ExchangeTimes one)
        {
            Less(_windows, (one.Organization, one.Window));
            if (Head(one) is { } head)
            {
                Less(_organizations, head);
            }
        }

        private static void Less<T>(Dictionary<T, int> counts, T key)
            where T : notnull
        {
            if (--counts[key] == 0)
            {
                counts.Remove(key);
            }
        }
    }

    private static string? Head(ExchangeTimes one) => one.CountsAs ?? one.Organization;

    private static List<string> ValuesOf(IEnumerable<ExchangeTimes> month, Func<ExchangeTimes, IReadOnlyList<string>> values) =>
        [.. month.SelectMany(values).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static DateOnly MonthOf(DateTimeOffset at)
    {
        var local = at.InJapan();
        return new DateOnly(local.Year, local.Month, 1);
    }

    private static int WindowsOf(List<ExchangeTimes> run) => run.Select(one => (one.Organization, one.Window)).Distinct().Count();

    private static int OrganizationsOf(List<ExchangeTimes> run) =>
        run.Select(Head).OfType<string>().Distinct(StringComparer.Ordinal).Count();

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
    }

    private static List<string> Ids(IEnumerable<ExchangeTimes> exchanges) =>
        [.. exchanges.Select(one => one.Exchange).Distinct(StringComparer.Ordinal)];
}
