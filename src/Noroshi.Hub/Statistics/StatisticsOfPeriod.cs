using Noroshi.Hub.Conversations;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Judgement;
using Noroshi.MailAnatomy.Indicators;

namespace Noroshi.Hub.Statistics;

/// <summary>What the figures of a period are made of.</summary>
/// <param name="Now">Counts of the period.</param>
/// <param name="Membership">The community; membership is as of the period's last day.</param>
public sealed record StatisticsSource(PeriodCounts Now, Membership Membership)
{
    /// <summary>Figures of the same period of the year before, as published where they are frozen; empty when nothing is known of it.</summary>
    public IReadOnlyList<Statistic> YearBefore { get; init; } = [];

    /// <summary>Figures of the period just before; null for a fiscal year, where both are the same.</summary>
    public IReadOnlyList<Statistic>? Before { get; init; }
}

/// <summary>Makes the figures of a period. What is said of the numbers (unit, population, exceptions, versions) is made with them.</summary>
public sealed class StatisticsOfPeriod
{
    /// <summary>Version of the free-mail list.</summary>
    private static readonly string FreeMailVersion = $"{MailCounting.Version}; free-mail {FreeMail.Version}";

    /// <summary>End of ids whose whole has no unknowns in it.</summary>
    private const string Known = ".known";

    private readonly StatisticsSource _source;
    private readonly PeriodCounts _now;
    private readonly List<Statistic> _made = [];
    private readonly Dictionary<string, Statistic> _before;

    private StatisticsOfPeriod(StatisticsSource source)
    {
        (_source, _now) = (source, source.Now);
        _before = source.YearBefore.Where(one => one.Group is null).ToDictionary(one => one.Id, StringComparer.Ordinal);
    }

    /// <summary>All figures, in the order of the definitions; by industry group behind them.</summary>
    public static IReadOnlyList<Statistic> Of(StatisticsSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var maker = new StatisticsOfPeriod(source);
        maker.Community();
        maker.Provided();
        maker.Shared();
        maker.Mails();
        maker.Destinations();
        maker.Shares();
        maker.Cases();
        maker.Clocks();
        maker.ByGroup();
        return maker._made;
    }

    private void Community()
    {
        var last = _now.Period.LastDay;
        Count("organizations", _source.Membership.On(last).Count);
        Count("organizationsJoined", _source.Membership.JoinedBetween(_now.Period.FirstDay, last).Count);
        Count("groups", _source.Membership.GroupsOn(last).Count);
    }

    private void Provided()
    {
        Count("provided", _now.Of("provided"), Except("provided"));
        Ratios("provided");
        var members = _source.Membership.On(_now.Period.LastDay).Select(one => _source.Membership.CountsAs(one.Id));
        Share("providers", _now.Distinct(DistinctKind.Provider), members.Distinct(StringComparer.Ordinal).Count());
    }

    private void Shared()
    {
        Count("shared", _now.Of("shared"));
        Count("sharedHubOriginated", _now.Of("sharedHubOriginated"));
        Ratios("shared");
    }

    private void Mails()
    {
        Count("mails", _now.Of("mails"));
        foreach (var verdict in Enum.GetValues<Verdict>())
        {
            var id = $"mails.{Categories.Id(verdict)}";
            Count(id, _now.Of(id));
        }

        Count("judgedTargeted", _now.Of("judgedTargeted"), Except("judgedTargeted"));
        Count("judgedTargeted.proposed", _now.Of("judgedTargeted.proposed"));
        Count("uniqueMails", _now.Distinct(DistinctKind.UniqueMail));
        Count("samples", _now.Distinct(DistinctKind.Sample));
    }

    private void Destinations()
    {
        var countries = _now
            .Countries.Value.Values.GroupBy(country => country, StringComparer.Ordinal)
            .ToDictionary(one => one.Key, one => (long)one.Count(), StringComparer.Ordinal);
        var all = countries.Values.Sum();
        Count("destinations", all);
        Count("hijackedSites", _now.Hijacked());
        countries.TryAdd("JP", 0);
        Regions("c2Region", countries, all);
    }

    private void Shares()
    {
        var judged = _now.Of("judgedTargeted");
        Regions(
            "senderRegion",
            _now.Under("senderRegion.")
                .ToDictionary(one => one.Category["senderRegion.".Length..], one => one.Count, StringComparer.Ordinal),
            judged
        );
        foreach (var kind in Enum.GetValues<MailKind>())
        {
            CategoryShare($"mailKind.{Categories.Id(kind)}", judged, []);
        }

        var attached = _now.Under("attachmentType.").Sum(one => one.Count);
        foreach (var payload in Enum.GetValues<PayloadType>())
        {
            CategoryShare($"attachmentType.{Categories.Id(payload)}", attached, Except("attachmentType"));
        }

        foreach (var id in Listed("container."))
        {
            CategoryShare(id, attached, Except("attachmentType"));
        }

        var free = _now.Of("sender.freeMail");
        Share("freeMail", free, free + _now.Of("sender.other"), Except("freeMail"), FreeMailVersion);
        foreach (var rule in WhatIfRules.All)
        {
            Share($"avoidable.{rule.Code}", _now.Of($"avoidable.{rule.Code}"), judged, version: FreeMailVersion);
        }
    }

    private void Cases()
    {
        Count("conversationalCases", _now.Of("conversationalCases"), Except("conversationalCases"));
        var stages = Enum.GetValues<ConversationStage>().Select(Categories.Id);
        foreach (var part in stages.Concat(Enum.GetValues<IntakeOrigin>().Select(Categories.Id)))
        {
            Count($"conversationalCases.{part}", _now.Of($"conversationalCases.{part}"));
        }
    }

    private void Clocks()
    {
        foreach (var clock in Enum.GetValues<ClockKind>())
        {
            var readings = _now.Clock(clock);
            long number = readings.Sum(one => (long)one.Count);
            Quantile($"clock.{Categories.Id(clock)}.median", Arithmetic.Median(readings), number);
            Quantile($"clock.{Categories.Id(clock)}.p90", Arithmetic.Percentile(readings, 90), number);
        }

        Share("answered", _now.Of("answered"), _now.Of("provided"));
    }

    private void ByGroup()
    {
        foreach (var group in _source.Membership.GroupsOn(_now.Period.LastDay).Select(one => one.Id).Order(StringComparer.Ordinal))
        {
            foreach (var id in new[] { "provided", "judgedTargeted" })
            {
                _made.Add(
                    Made(id, _now.Of(id, group)) with
                    {
                        Group = group,
                        Value = _now.Of(id, group),
                        Providers = _now.Providers(group),
                    }
                );
            }

            var to = _now.Of($"sharedTo.{group}");
            _made.Add(Made("sharedTo", to) with { Group = group, Value = to, Providers = _now.Providers(group) });
        }
    }

    /// <summary>Shares of countries, with the unknown in the whole and without.</summary>
    private void Regions(string family, Dictionary<string, long> countries, long all)
    {
        foreach (var id in _before.Keys.Where(id => id.StartsWith($"{family}.", StringComparison.Ordinal)))
        {
            var code = id[(family.Length + 1)..];
            if (!code.Contains('.', StringComparison.Ordinal))
            {
                countries.TryAdd(code, 0);
            }
        }

        var unknown = countries.GetValueOrDefault(Categories.UnknownValue);
        foreach (var (country, count) in countries.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            CategoryShare($"{family}.{country}", all, [], count);
            if (country != Categories.UnknownValue && unknown > 0)
            {
                CategoryShare($"{family}.{country}{Known}", all - unknown, [new("unknownCountry", unknown)], count);
            }
        }
    }

    private void Ratios(string id)
    {
        Ratio($"{id}Ratio", id, _before.GetValueOrDefault(id));
        if (_source.Before is { } before)
        {
            Ratio($"{id}RatioBefore", id, before.FirstOrDefault(one => one.Id == id && one.Group is null));
        }
    }

    private void Ratio(string id, string counted, Statistic? before)
    {
        var (now, then) = (_now.Of(counted), before?.Numerator ?? 0);
        _made.Add(
            Made(id, now) with
            {
                Denominator = then,
                Value = Arithmetic.Percent(now, then),
                Rounded = Arithmetic.Rounded(now, then),
            }
        );
    }

    private void Count(string id, long count, IReadOnlyList<Excluded>? excluded = null) =>
        Put(Made(id, count) with { Value = count, Excluded = excluded ?? [] });

    private void CategoryShare(string id, long whole, IReadOnlyList<Excluded> excluded, long? part = null) =>
        Put(Shared(id, part ?? _now.Of(id), whole, excluded), category: !id.EndsWith(Categories.UnknownValue, StringComparison.Ordinal));

    private void Share(string id, long part, long whole, IReadOnlyList<Excluded>? excluded = null, string? version = null)
    {
        var share = Shared(id, part, whole, excluded ?? []);
        Put(version is null ? share : share with { CategoryVersion = version });
    }

    private Statistic Shared(string id, long part, long whole, IReadOnlyList<Excluded> excluded) =>
        Made(id, part) with
        {
            Unit = "percent",
            Denominator = whole,
            Value = Arithmetic.Percent(part, whole),
            Rounded = Arithmetic.Rounded(part, whole),
            Excluded = excluded,
        };

    private void Quantile(string id, decimal? seconds, long number) =>
        Put(Made(id, 0) with { Numerator = null, Denominator = number, Value = seconds is { } read ? read / 60 : null });

    private void Put(Statistic one, bool category = false) =>
        _made.Add(one.Beside(_before.GetValueOrDefault(one.Id) ?? (category ? NoneOf(one) : null), category));

    /// <summary>A category of which there was nothing in the period before stands in no list of it: its whole is that of its neighbours.</summary>
    private Statistic? NoneOf(Statistic one)
    {
        var family = one.Id[..(one.Id.IndexOf('.', StringComparison.Ordinal) + 1)];
        var known = one.Id.EndsWith(Known, StringComparison.Ordinal);
        var neighbour = _source.YearBefore.FirstOrDefault(other =>
            other.Group is null
            && other.Id.StartsWith(family, StringComparison.Ordinal)
            && other.Id.EndsWith(Known, StringComparison.Ordinal) == known
        );
        return neighbour is not { Denominator: { } whole }
            ? null
            : neighbour with
            {
                Id = one.Id,
                Numerator = 0,
                Value = Arithmetic.Percent(0, whole),
                Rounded = Arithmetic.Rounded(0, whole),
            };
    }

    private Statistic Made(string id, long count)
    {
        var definition = StatisticDefinitions.Of(id);
        return new Statistic
        {
            Id = id,
            Period = _now.Period.Id,
            Unit = definition.Unit,
            Numerator = count,
            Population = definition.Population,
            CategoryVersion = MailCounting.Version,
        };
    }

    private List<Excluded> Except(string category)
    {
        var prefix = $"{category}{Categories.Except}";
        return [.. _now.Under(prefix).Select(one => new Excluded(one.Category[prefix.Length..], one.Count))];
    }

    /// <summary>Categories that have something now or had something in the period before.</summary>
    private IEnumerable<string> Listed(string prefix) =>
        _now.Under(prefix)
            .Select(one => one.Category)
            .Concat(_before.Keys.Where(id => id.StartsWith(prefix, StringComparison.Ordinal)))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
}
