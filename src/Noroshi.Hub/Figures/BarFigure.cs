using System.Globalization;

namespace Noroshi.Hub.Figures;

/// <summary>One category of a bar chart.</summary>
/// <param name="Name">Name under the bars.</param>
/// <param name="Value">Value now.</param>
/// <param name="Number">The value as it is written; empty to write nothing.</param>
/// <param name="Before">Value of the period before; null when there is none to compare with.</param>
/// <param name="NumberBefore">That value as it is written.</param>
public sealed record Bar(string Name, double Value, string Number, double? Before = null, string NumberBefore = "");

/// <summary>Bars side by side, those of the period before in outline beside them; never a pie.</summary>
/// <param name="Bars">Categories.</param>
/// <param name="Tallest">Height of the tallest bar, pixels.</param>
public sealed record BarFigure(IReadOnlyList<Bar> Bars, double Tallest = 160)
{
    /// <summary>More categories are not drawn: put the small ones together.</summary>
    public const int MostBars = 31;

    /// <summary>The same where each has two bars: their numbers need the room.</summary>
    public const int MostCompared = 12;

    private const double Size = 12;
    private const double Head = 38;
    private const int MostLines = 3;

    /// <summary>The figure.</summary>
    public Figure Draw(FigureText about)
    {
        var canvas = new SvgCanvas();
        var compared = Bars.Any(bar => bar.Before is not null);
        var bars = Bars.Take(compared ? MostCompared : MostBars).ToList();
        var step = LaneMeasures.Width / Math.Max(1, bars.Count);
        var most = bars.SelectMany(bar => new[] { bar.Value, bar.Before ?? 0 }).Append(double.Epsilon).Max();
        var ground = Tallest + Head;
        canvas.Line(0, ground, LaneMeasures.Width, ground, "f-link");
        for (var i = 0; i < bars.Count; i++)
        {
            DrawCategory(canvas, bars[i], (step * i, step, ground), most);
        }

        return canvas.Done(about, LaneMeasures.Width, ground + 8 + (15 * MostLines));
    }

    /// <summary>The description that goes with the figure, made of the numbers as they are written.</summary>
    public string Describe() =>
        string.Join(
            "; ",
            Bars.Select(bar =>
                bar.Before is null
                    ? string.Create(CultureInfo.InvariantCulture, $"{bar.Name} {bar.Number}")
                    : string.Create(CultureInfo.InvariantCulture, $"{bar.Name} {bar.NumberBefore} → {bar.Number}")
            )
        );

    private void DrawCategory(SvgCanvas canvas, Bar bar, (double Left, double Step, double Ground) place, double most)
    {
        var (left, step, ground) = place;
        if (bar.Before is { } before)
        {
            var room = step * 0.58;
            var (one, other) = (TextWidth.Fit(bar.NumberBefore, Size, room), TextWidth.Fit(bar.Number, Size, room));
            var top = DrawBar(canvas, (left + (step * 0.12), step * 0.36), (before / most, ground), "f-bar-before");
            var topNow = DrawBar(canvas, (left + (step * 0.52), step * 0.36), (bar.Value / most, ground), "f-bar");
            var (y, yNow) = (top - 5, topNow - 5);
            var near = (TextWidth.Of(one, Size) + TextWidth.Of(other, Size)) / 2 > (step * 0.4) - 2;
            if (near && Math.Abs(y - yNow) < Size * 1.25)
            {
                // Side by side they would lie on one another: the later number goes above the earlier.
                yNow = y - (Size * 1.25);
            }

            Write(canvas, left + (step * 0.3), y, one);
            Write(canvas, left + (step * 0.7), yNow, other);
        }
        else
        {
            var top = DrawBar(canvas, (left + (step * 0.19), step * 0.62), (bar.Value / most, ground), "f-bar");
            Write(canvas, left + (step / 2), top - 5, TextWidth.Fit(bar.Number, Size, step - 2));
        }

        var line = ground + 17;
        foreach (var words in TextWidth.Wrap(bar.Name, Size, step - 4, MostLines))
        {
            Write(canvas, left + (step / 2), line, words);
            line += 15;
        }
    }

    private double DrawBar(SvgCanvas canvas, (double Left, double Width) place, (double Part, double Ground) height, string look)
    {
        var tall = Math.Clamp(height.Part, 0, 1) * Tallest;
        canvas.Rect(new LabelBox("", place.Left, height.Ground - tall, place.Width, tall), 0, look);
        return height.Ground - tall;
    }

    private static void Write(SvgCanvas canvas, double x, double y, string text)
    {
        if (text.Length > 0)
        {
            canvas.Text(x, y, text, Size, ("f-text", Anchor.Middle));
        }
    }
}
