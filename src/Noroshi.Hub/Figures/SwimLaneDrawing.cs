using System.Globalization;

namespace Noroshi.Hub.Figures;

/// <summary>Draws a swim-lane that is laid out.</summary>
/// <param name="figure">What is drawn.</param>
/// <param name="bands">Where it stands.</param>
internal sealed class SwimLaneDrawing(SwimLane figure, IReadOnlyList<LaneBand> bands)
{
    private const double HeadHeight = 46;
    private const double CaptionHeight = 22;
    private const double BandGap = 14;

    /// <summary>From the top of a lane to the middle of its marks.</summary>
    private const double MarkDrop = 38;

    private readonly SvgCanvas _canvas = new();
    private readonly double _laneHeight = figure.Marks.Any(mark => mark.Note.Length > 0) ? 86 : 72;
    private readonly Dictionary<int, (int Band, double X, double Y)> _places = [];

    public Figure Draw(FigureText about)
    {
        var top = 0.0;
        for (var i = 0; i < bands.Count; i++)
        {
            top = DrawBand(i, top, about.Id) + BandGap;
        }

        return _canvas.Done(about, LaneMeasures.Width, Math.Max(1, top - BandGap));
    }

    private double DrawBand(int number, double top, string id)
    {
        var band = bands[number];
        var lanes = band.Marks.Select(placed => figure.Marks[placed.Mark].Lane).Distinct().Order().ToList();
        double TopOf(int lane) => top + HeadHeight + (lanes.IndexOf(lane) * _laneHeight);
        var bottom = top + HeadHeight + (lanes.Count * _laneHeight);
        foreach (var placed in band.Breaks)
        {
            var hatch = new LabelBox(
                "",
                placed.X - (LaneMeasures.HatchWidth / 2),
                top + HeadHeight - 2,
                LaneMeasures.HatchWidth,
                bottom - top - HeadHeight
            );
            _canvas.Rect(hatch, 0, "f-break", $"url(#{id}-hatch)");
            _canvas.Text(placed.X, top + 38, placed.Text, LaneMeasures.SmallSize, ("f-muted", Anchor.Middle));
        }

        foreach (var day in band.Days)
        {
            _canvas.Line(day.X, top + 6, day.X, bottom, "f-day");
            _canvas.Text(day.X + 4, top + 17, day.Text, LaneMeasures.TextSize, ("f-strong", Anchor.Start));
        }

        foreach (var lane in lanes)
        {
            DrawLane(lane, TopOf(lane));
        }

        _canvas.Line(0, bottom, LaneMeasures.Width, bottom, "f-row");
        foreach (var placed in band.Marks)
        {
            _places[placed.Mark] = (number, placed.X, TopOf(figure.Marks[placed.Mark].Lane) + MarkDrop);
        }

        // Frames first: texts are written over their lines.
        var end = DrawFrames(number, bottom);
        DrawLinks(number);
        foreach (var placed in band.Marks)
        {
            DrawMark(figure.Marks[placed.Mark], placed.X, _places[placed.Mark].Y);
        }

        return end;
    }

    private void DrawLane(int lane, double top)
    {
        _canvas.Line(0, top, LaneMeasures.Width, top, "f-row");
        var width = LaneMeasures.Left - 14;
        var y = top + 25;
        foreach (var line in TextWidth.Wrap(figure.Lanes[lane].Title, LaneMeasures.TextSize, width, 2))
        {
            _canvas.Text(2, y, line, LaneMeasures.TextSize, ("f-strong", Anchor.Start));
            y += 16;
        }

        foreach (var line in TextWidth.Wrap(figure.Lanes[lane].Subtitle, LaneMeasures.SmallSize, width, 2))
        {
            _canvas.Text(2, y, line, LaneMeasures.SmallSize, ("f-muted", Anchor.Start));
            y += 14;
        }
    }

    /// <summary>Links of the band's marks to the messages before and after; over the border of a band they run to its edge.</summary>
    private void DrawLinks(int number)
    {
        foreach (var thread in figure.Marks.Take(SwimLane.MostMarks).Index().GroupBy(one => one.Item.Thread, StringComparer.Ordinal))
        {
            var marks = thread.Select(one => one.Index).ToList();
            for (var i = 0; i < marks.Count; i++)
            {
                if (!_places.TryGetValue(marks[i], out var place) || place.Band != number)
                {
                    continue;
                }

                if (i > 0 && figure.Marks[marks[i]] is { Gap.Length: > 0 } mark)
                {
                    var here = _places.TryGetValue(marks[i - 1], out var before) && before.Band == number;
                    DrawLink(mark, here ? (before.X, before.Y) : (LaneMeasures.Left - 6, place.Y), place, here);
                }

                if (i + 1 < marks.Count && LeavesTo(marks[i + 1], number))
                {
                    var next = figure.Marks[marks[i + 1]];
                    var look = next.Prompt ? "f-link-prompt" : "f-link";
                    _canvas.Line(place.X + LaneMeasures.Radius, place.Y, LaneMeasures.Width, place.Y, look);
                }
            }
        }
    }

    private bool LeavesTo(int mark, int number) =>
        figure.Marks[mark].Gap.Length > 0 && !bands[number].Marks.Exists(placed => placed.Mark == mark);

    private void DrawLink(LaneMark mark, (double X, double Y) from, (int Band, double X, double Y) to, bool here)
    {
        var start = here ? from.X + LaneMeasures.Radius : from.X;
        var end = to.X - LaneMeasures.Radius;
        var link = mark.Prompt ? "f-link-prompt" : "f-link";
        var width = TextWidth.Of(mark.Gap, LaneMeasures.SmallSize);
        var level = Math.Abs(from.Y - to.Y) < 1;
        // To another lane the link turns before the label, which stands on its last part.
        var turn = level ? start : Math.Max(start + 2, end - width - 10);
        _canvas.Line(start, from.Y, turn, from.Y, link);
        _canvas.Line(turn, from.Y, turn, to.Y, link);
        _canvas.Line(turn, to.Y, end, to.Y, link);
        var middle = here && level ? (start + end) / 2 : end - 4 - (width / 2);
        var look = mark.Prompt ? "f-prompt f-halo" : "f-muted f-halo";
        _canvas.Text(middle, to.Y - 9, mark.Gap, LaneMeasures.SmallSize, (look, Anchor.Middle));
    }

    private void DrawMark(LaneMark mark, double x, double y)
    {
        _canvas.Group(mark.Hint);
        var manner = mark.Manner switch
        {
            MarkManner.Seen => "",
            MarkManner.Quoted => " m-quote",
            MarkManner.Stated => " m-stated",
        };
        DrawShape(mark.Kind, (x, y), mark.Small ? 8 : LaneMeasures.Radius, manner);
        if (mark.Manner == MarkManner.Stated)
        {
            _canvas.Circle(x, y, LaneMeasures.Radius + 5, "m-ring");
        }

        var ghost = mark is { Kind: MarkKind.Attack, Manner: not MarkManner.Seen };
        var size = mark.Small ? 8 : 11.5;
        var drop = mark.Kind == MarkKind.Attack ? 0.55 : 0.36;
        _canvas.Text(x, y + (size * drop), mark.Letter, size, ($"t-{(ghost ? "ghost-attack" : Word(mark.Kind))}", Anchor.Middle));
        _canvas.EndGroup();
        _canvas.Text(x, y + 30, mark.Time, LaneMeasures.SmallSize, ("f-text f-halo", Anchor.Middle));
        if (mark.Note.Length > 0)
        {
            _canvas.Text(x, y + 44, mark.Note, LaneMeasures.SmallSize, ("f-muted f-halo", Anchor.Middle));
        }
    }

    private void DrawShape(MarkKind kind, (double X, double Y) at, double radius, string manner)
    {
        var (x, y) = at;
        var look = $"m-{Word(kind)}{manner}";
        switch (kind)
        {
            case MarkKind.Reconnaissance:
                _canvas.Circle(x, y, radius, look);
                break;
            case MarkKind.Reply:
                var side = radius * 0.92;
                _canvas.Rect(new LabelBox("", x - side, y - side, side * 2, side * 2), 3, look);
                break;
            case MarkKind.Attack:
                _canvas.Path(Points((x, y - radius - 3), (x + radius + 3, y + radius), (x - radius - 3, y + radius)), look);
                break;
            case MarkKind.Other:
                _canvas.Path(Points((x, y - radius - 1), (x + radius + 1, y), (x, y + radius + 1), (x - radius - 1, y)), look);
                break;
        }
    }

    /// <summary>Frames of a band with their captions below the lanes; captions that would lie on one another go to the next row.</summary>
    private double DrawFrames(int number, double bottom)
    {
        var rows = new List<double>();
        foreach (var frame in figure.Frames)
        {
            var places = frame
                .Marks.Where(mark => _places.TryGetValue(mark, out var at) && at.Band == number)
                .Select(mark => _places[mark])
                .ToList();
            if (places.Count == 0)
            {
                continue;
            }

            var (left, right) = (places.Min(at => at.X) - 26, places.Max(at => at.X) + 26);
            var (top, end) = (places.Min(at => at.Y) - 28, places.Max(at => at.Y) + 38);
            _canvas.Rect(new LabelBox("", left, top, right - left, end - top), 6, "f-frame");
            var width = TextWidth.Of(frame.Caption, LaneMeasures.TextSize);
            var middle = Math.Clamp((left + right) / 2, (width / 2) + 2, LaneMeasures.Width - (width / 2) - 2);
            var row = rows.FindIndex(taken => taken < middle - (width / 2) - 10);
            if (row < 0)
            {
                row = rows.Count;
                rows.Add(0);
            }

            rows[row] = middle + (width / 2);
            _canvas.Line((left + right) / 2, end, (left + right) / 2, bottom + 6, "f-leader");
            _canvas.Text(
                middle,
                bottom + 19 + (row * CaptionHeight),
                frame.Caption,
                LaneMeasures.TextSize,
                ("f-frame-text", Anchor.Middle)
            );
        }

        return bottom + 6 + (rows.Count * CaptionHeight);
    }

    private static string Points(params ReadOnlySpan<(double X, double Y)> points)
    {
        var path = "";
        foreach (var (x, y) in points)
        {
            path += string.Create(CultureInfo.InvariantCulture, $"{(path.Length == 0 ? "M" : "L")}{Markup.Number(x)} {Markup.Number(y)}");
        }

        return $"{path}Z";
    }

    private static string Word(MarkKind kind) =>
        kind switch
        {
            MarkKind.Reconnaissance => "recon",
            MarkKind.Reply => "reply",
            MarkKind.Attack => "attack",
            MarkKind.Other => "other",
        };
}
