using Noroshi.Hub.Reports.Documents;
using Noroshi.Hub.Statistics;

namespace Noroshi.Hub.Reports.Texts;

/// <summary>
/// The figures that a report may print, by period and id: in the form that may leave the hub, whoever asks. Numbers come out of it as runs that
/// are bound to their figure, and in no other way.
/// </summary>
internal sealed class FigureSheet
{
    private const string Ratio = "Ratio";
    private readonly Dictionary<(string Period, string Id), Statistic> _figures = [];
    private readonly Dictionary<string, FigureSource> _sources = new(StringComparer.Ordinal);

    /// <summary>Makes the sheet.</summary>
    /// <param name="ja">Language.</param>
    /// <param name="figures">Figures of all periods.</param>
    public FigureSheet(bool ja, IEnumerable<Statistic> figures)
    {
        Ja = ja;
        foreach (var one in SmallCells.Outward([.. figures], new CellRule()).Where(one => one.Group is null))
        {
            _figures[(one.Period, one.Id)] = one;
        }
    }

    /// <summary>Language.</summary>
    public bool Ja { get; }

    /// <summary>The text of the language.</summary>
    public Prose Say(Prose ja, Prose en) => Ja ? ja : en;

    /// <summary>A figure; null when there is none.</summary>
    public Statistic? Find(Period period, string id) => _figures.GetValueOrDefault((period.Id, id));

    /// <summary>Figures of a family in their order: <c>c2Region.JP</c>, not <c>c2Region.JP.known</c>.</summary>
    public IReadOnlyList<Statistic> Family(Period period, string family) =>
        [
            .. _figures
                .Values.Where(one =>
                    one.Period == period.Id
                    && one.Id.StartsWith($"{family}.", StringComparison.Ordinal)
                    && one.Id.IndexOf('.', family.Length + 1) < 0
                )
                .OrderBy(one => one.Id, StringComparer.Ordinal),
        ];

    /// <summary>What a share was in the period before: that period's own figure, else what stands beside this one; null when nothing is known.</summary>
    public Statistic? Before(Statistic one) =>
        one.Previous is not { } before ? null
        : _figures.GetValueOrDefault((before.Period, one.Id)) is { } known && known.Numerator == before.Numerator ? known
        : one with
        {
            Period = before.Period,
            Numerator = before.Numerator,
            Denominator = before.Denominator,
            Value = before.Value,
            Rounded = before.Rounded,
            Previous = null,
            FirstSeen = false,
            Multiple = null,
            Excluded = [],
        };

    /// <summary>All that was taken out, for those runs that a report prints.</summary>
    public IReadOnlyList<FigureSource> SourcesOf(IEnumerable<FigureRun> printed) =>
        [
            .. printed
                .Select(run => run.Source)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Select(key => _sources.TryGetValue(key, out var source) ? source : null)
                .OfType<FigureSource>(),
        ];

    /// <summary>A count: 385.</summary>
    public Run Count(Statistic? one) => Bound(one, FigurePrint.Value);

    /// <summary>A figure as it is: count or percentage.</summary>
    public Run Printed(Statistic? one) => Bound(one, FigurePrint.Value);

    /// <summary>A share or a ratio: 28%.</summary>
    public Run Percent(Statistic? one) => one?.Rounded is null ? Unknown : Bound(one, FigurePrint.Value);

    /// <summary>The part of a share: 14.</summary>
    public Run Part(Statistic? one) => Bound(one, FigurePrint.Part);

    /// <summary>The whole of a share: 50.</summary>
    public Run N(Statistic? one) => Bound(one, FigurePrint.Whole);

    /// <summary>How many times the share before: 4, 1.6. One digit behind the point, none where it is 0.</summary>
    public Run Times(Statistic one) => Bound(one, FigurePrint.Times);

    /// <summary>Days as weeks where they are near to whole ones.</summary>
    public Run Weeks(Statistic one) => Bound(one, FigurePrint.Weeks);

    /// <summary>Days as months.</summary>
    public Run Months(Statistic one) => Bound(one, FigurePrint.Months);

    /// <summary>Puts a figure in that is made for this report: of a case list, or a sum of others.</summary>
    public Statistic Put(Statistic one, string definition)
    {
        _figures[(one.Period, one.Id)] = one;
        _definitions[one.Id] = definition;
        return one;
    }

    private readonly Dictionary<string, string> _definitions = new(StringComparer.Ordinal);

    private static TextRun Unknown => new("-");

    private Run Bound(Statistic? one, string facet)
    {
        if (one is null || FigurePrint.Of(one, facet) is not { } text)
        {
            return Unknown;
        }

        var key = $"{one.Period}/{one.Id}";
        _sources.TryAdd(key, new FigureSource(key, one, DefinitionOf(one)));
        return new FigureRun(text, key) { Facet = facet };
    }

    private string DefinitionOf(Statistic one)
    {
        if (_definitions.TryGetValue(one.Id, out var own))
        {
            return own;
        }

        var definition = StatisticDefinitions.Of(one.Id);
        var category = CategoryWords.Of(one.Id) is { } words && !one.Id.EndsWith(Ratio, StringComparison.Ordinal) ? words.In(Ja) : "";
        return Ja
            ? $"{definition.Title.Ja}{(category.Length > 0 ? $"({category})" : "")}。{definition.Rule.Ja}"
            : $"{definition.Title.En}{(category.Length > 0 ? $" ({category})" : "")}. {definition.Rule.En}";
    }
}
