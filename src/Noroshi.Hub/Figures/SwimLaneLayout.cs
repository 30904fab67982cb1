namespace Noroshi.Hub.Figures;

/// <summary>Measures of the drawing, pixels.</summary>
internal static class LaneMeasures
{
    public const double Width = 980;
    public const double Left = 172;
    public const double Radius = 13;
    public const double TextSize = 13;
    public const double SmallSize = 12;
    public const double HatchWidth = 14;

    /// <summary>From a mark to the line of its day.</summary>
    public const double DayLead = 30;
}

/// <summary>A mark at its place.</summary>
/// <param name="Mark">Place among the marks.</param>
/// <param name="X">Middle.</param>
internal sealed record PlacedMark(int Mark, double X);

/// <summary>A stretch of time left out.</summary>
internal sealed record PlacedBreak(double X, string Text);

/// <summary>The beginning of a day.</summary>
internal sealed record PlacedDay(double X, string Text);

/// <summary>A part of the figure as wide as the page; time goes on in the next one.</summary>
internal sealed class LaneBand
{
    public List<PlacedMark> Marks { get; } = [];

    public List<PlacedBreak> Breaks { get; } = [];

    public List<PlacedDay> Days { get; } = [];
}

/// <summary>
/// Puts the marks on the elastic axis. Marks go from left to right in order of time; the distance grows with the logarithm of the time
/// between, and is never less than what stands between them needs. What does not fit goes on in the next band.
/// </summary>
internal sealed class SwimLaneLayout
{
    private readonly SwimLane _figure;
    private readonly Dictionary<string, (int Mark, int Band, double X)> _last = new(StringComparer.Ordinal);
    private readonly Dictionary<int, (int Mark, int Band, double X)> _lastOfLane = [];
    private readonly List<LaneBand> _bands = [new LaneBand()];
    private DateTimeOffset? _time;
    private DateTimeOffset? _day;
    private double _x;
    private double _right = double.NegativeInfinity;
    private double _dayEnd = double.NegativeInfinity;
    private double _breakEnd = double.NegativeInfinity;

    private SwimLaneLayout(SwimLane figure) => _figure = figure;

    /// <summary>The bands; none without marks.</summary>
    public static IReadOnlyList<LaneBand> Of(SwimLane figure)
    {
        var layout = new SwimLaneLayout(figure);
        foreach (var (mark, time) in InOrder(figure))
        {
            layout.Place(mark, time);
        }

        var bands = layout._bands[0].Marks.Count == 0 ? [] : layout._bands;
        for (var i = 0; i < bands.Count; i++)
        {
            // What goes on in a next band fills its own; the last one is only stretched when it is alone.
            layout.Stretch(
                bands[i],
                i + 1 < bands.Count ? 4
                    : bands.Count == 1 ? 1.9
                    : 1
            );
        }

        return bands;
    }

    /// <summary>Uses the width: all distances grow alike.</summary>
    private void Stretch(LaneBand band, double most)
    {
        double Room(double x, double reach) => (LaneMeasures.Width - reach - LaneMeasures.Left) / Math.Max(1, x - LaneMeasures.Left);
        var room = band
            .Marks.Select(one => Room(one.X, Reach(_figure.Marks[one.Mark], null)))
            .Concat(band.Days.Select(one => Room(one.X, TextWidth.Of(one.Text, LaneMeasures.TextSize) + 6)))
            .Concat(band.Breaks.Select(one => Room(one.X, TextWidth.Of(one.Text, LaneMeasures.SmallSize) / 2)));
        var factor = Math.Clamp(room.Min(), 1, most);
        double At(double x) => LaneMeasures.Left + ((x - LaneMeasures.Left) * factor);
        Replace(band.Marks, one => one with { X = At(one.X) });
        Replace(band.Breaks, one => one with { X = At(one.X) });
        Replace(band.Days, one => one with { X = At(one.X) });
    }

    private static void Replace<T>(List<T> list, Func<T, T> change)
    {
        for (var i = 0; i < list.Count; i++)
        {
            list[i] = change(list[i]);
        }
    }

    /// <summary>By time; a message without one follows the message before it, and no message comes before the one it follows.</summary>
    private static IEnumerable<(int Mark, DateTimeOffset? Time)> InOrder(SwimLane figure)
    {
        var running = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        var timed = new List<(int Mark, DateTimeOffset? Time)>();
        for (var i = 0; i < Math.Min(figure.Marks.Count, SwimLane.MostMarks); i++)
        {
            var mark = figure.Marks[i];
            DateTimeOffset? time = running.TryGetValue(mark.Thread, out var before) && !(mark.At > before) ? before : mark.At;
            if (time is { } known)
            {
                running[mark.Thread] = known;
            }

            timed.Add((i, time));
        }

        return timed.OrderBy(one => one.Time ?? DateTimeOffset.MinValue).ThenBy(one => one.Mark);
    }

    private void Place(int at, DateTimeOffset? time)
    {
        var mark = _figure.Marks[at];
        var band = _bands[^1];
        var first = band.Marks.Count == 0;
        var gap = time - _time;
        var newDay = time is { } now && (first || _time is null || now.Date != _time.Value.Date);
        var x = first ? FirstX(mark) : _x + Step(gap);
        x = KeepClear(x, mark, newDay, gap, first);
        if (!first && x + Reach(mark, newDay ? time : null) > LaneMeasures.Width)
        {
            _bands.Add(new LaneBand());
            _dayEnd = _breakEnd = _right = double.NegativeInfinity;
            Place(at, time);
            return;
        }

        var dayX = x - LaneMeasures.DayLead;
        if (!first && gap > SwimLane.LongestDrawn)
        {
            var text = _figure.Words.Span(gap.Value);
            var middle = (_right + (newDay ? dayX : x - Side(mark))) / 2;
            band.Breaks.Add(new PlacedBreak(middle, text));
            _breakEnd = middle + (TextWidth.Of(text, LaneMeasures.SmallSize) / 2) + 6;
        }

        if (newDay && time is { } day)
        {
            var text = DayText(day);
            band.Days.Add(new PlacedDay(dayX, text));
            _day = day;
            _dayEnd = dayX + TextWidth.Of(text, LaneMeasures.TextSize) + 12;
        }

        band.Marks.Add(new PlacedMark(at, x));
        _last[mark.Thread] = (at, _bands.Count - 1, x);
        _lastOfLane[mark.Lane] = (at, _bands.Count - 1, x);
        _x = x;
        _right = Math.Max(_right, x + Side(mark));
        _time = time ?? _time;
    }

    /// <summary>The first place of a band; with room for the link that comes over from the band before.</summary>
    private double FirstX(LaneMark mark) =>
        LaneMeasures.Left
        + LaneMeasures.DayLead
        + (_last.ContainsKey(mark.Thread) ? Math.Max(0, LinkNeed(mark) - LaneMeasures.DayLead) : 4);

    private static double Step(TimeSpan? gap) => 26 + (gap is { } span ? 9 * Math.Log(1 + Math.Clamp(span.TotalMinutes, 0, 240)) : 0);

    private double KeepClear(double x, LaneMark mark, bool newDay, TimeSpan? gap, bool first)
    {
        var current = _bands.Count - 1;
        if (_last.TryGetValue(mark.Thread, out var before))
        {
            var turn = _figure.Marks[before.Mark].Lane == mark.Lane ? 0 : Side(_figure.Marks[before.Mark]);
            x = Math.Max(x, before.Band == current && !first ? before.X + LinkNeed(mark) + turn : LaneMeasures.Left + 8 + LinkNeed(mark));
        }

        if (!first && _lastOfLane.TryGetValue(mark.Lane, out var neighbour) && neighbour.Band == current)
        {
            x = Math.Max(x, neighbour.X + ((UnderWidth(_figure.Marks[neighbour.Mark]) + UnderWidth(mark)) / 2) + 8);
        }

        if (!first && gap > SwimLane.LongestDrawn)
        {
            var half = Math.Max(LaneMeasures.HatchWidth, TextWidth.Of(_figure.Words.Span(gap.Value), LaneMeasures.SmallSize)) / 2;
            var lead = newDay ? LaneMeasures.DayLead : 0;
            lead = newDay ? lead : Side(mark);
            x = Math.Max(x, _right + lead + 8 + LaneMeasures.HatchWidth);
            // The label stands in the middle: half of what is added moves it.
            var middle = (_right + x - lead) / 2;
            x += Math.Max(0, 2 * (_breakEnd + half + 6 - middle));
        }

        return newDay && !first ? Math.Max(x, _dayEnd + LaneMeasures.DayLead) : x;
    }

    /// <summary>Half of what a mark and its texts take, with some air.</summary>
    private static double Side(LaneMark mark) => (UnderWidth(mark) / 2) + 3;

    private string DayText(DateTimeOffset day) => _figure.Words.Day(day, _day);

    /// <summary>How far mark, time and name of the day reach to the right.</summary>
    private double Reach(LaneMark mark, DateTimeOffset? day) =>
        Math.Max(
            (UnderWidth(mark) / 2) + 6,
            day is { } named ? TextWidth.Of(DayText(named), LaneMeasures.TextSize) + 6 - LaneMeasures.DayLead : 0
        );

    private static double LinkNeed(LaneMark mark) =>
        mark.Gap.Length == 0
            ? 0
            : TextWidth.Of(mark.Gap, LaneMeasures.SmallSize) + (2 * LaneMeasures.Radius) + (mark.Manner == MarkManner.Stated ? 24 : 8);

    private static double UnderWidth(LaneMark mark) =>
        Math.Max(
            2 * LaneMeasures.Radius,
            Math.Max(TextWidth.Of(mark.Time, LaneMeasures.SmallSize), TextWidth.Of(mark.Note, LaneMeasures.SmallSize))
        );
}
