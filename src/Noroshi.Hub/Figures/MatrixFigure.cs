using System.Globalization;

namespace Noroshi.Hub.Figures;

/// <summary>One value that several share.</summary>
/// <param name="Title">Kind of value; empty when it is that of the row above.</param>
/// <param name="Value">The value.</param>
/// <param name="Columns">Places of the columns that have it.</param>
/// <param name="Weight">How much it weighs.</param>
/// <param name="Hint">More in words.</param>
public sealed record MatrixRow(string Title, string Value, IReadOnlyList<int> Columns, decimal Weight, string Hint);

/// <summary>Which values (rows) which exchanges (columns) share, with a bar for the weight.</summary>
/// <param name="Columns">Columns: name, and second name.</param>
/// <param name="Rows">Rows.</param>
/// <param name="WeightTitle">Head of the bars.</param>
public sealed record MatrixFigure(IReadOnlyList<(string Name, string Second)> Columns, IReadOnlyList<MatrixRow> Rows, string WeightTitle)
{
    private const double Left = 300;
    private const double BarWidth = 120;
    private const double Right = 176;
    private const double Head = 56;
    private const double RowHeight = 40;

    /// <summary>The figure.</summary>
    public Figure Draw(FigureText about)
    {
        var canvas = new SvgCanvas();
        var step = Math.Clamp((LaneMeasures.Width - Left - Right) / Math.Max(1, Columns.Count), 54, 110);
        var width = Math.Max(LaneMeasures.Width, Left + (step * Columns.Count) + Right);
        var bars = Left + (step * Columns.Count) + 16;
        double Middle(int column) => Left + (step * column) + (step / 2);
        for (var i = 0; i < Columns.Count; i++)
        {
            canvas.Text(Middle(i), 16, TextWidth.Fit(Columns[i].Name, 13, step - 6), 13, ("f-strong", Anchor.Middle));
            var y = 31;
            foreach (var line in TextWidth.Wrap(Columns[i].Second, 11, step - 6, 2))
            {
                canvas.Text(Middle(i), y, line, 11, ("f-muted", Anchor.Middle));
                y += 13;
            }
        }

        canvas.Text(bars, 16, TextWidth.Fit(WeightTitle, 13, Right - 16), 13, ("f-strong", Anchor.Start));
        var most = Rows.Count == 0 ? 1 : Math.Max(1, Rows.Max(row => row.Weight));
        for (var i = 0; i < Rows.Count; i++)
        {
            var top = Head + (i * RowHeight);
            canvas.Line(0, top, width, top, "f-row");
            DrawRow(canvas, Rows[i], top, Middle);
            var middle = top + (RowHeight / 2);
            var length = (double)(Rows[i].Weight / most) * BarWidth;
            canvas.Rect(new LabelBox("", bars, middle - 8, Math.Max(1, length), 16), 1, "f-bar");
            var number = Rows[i].Weight.ToString("0.0", CultureInfo.InvariantCulture);
            canvas.Text(bars + length + 6, middle + 4.5, number, 12, ("f-text", Anchor.Start));
        }

        var bottom = Head + (Rows.Count * RowHeight);
        canvas.Line(0, bottom, width, bottom, "f-row");
        return canvas.Done(about, width, bottom + 2);
    }

    private void DrawRow(SvgCanvas canvas, MatrixRow row, double top, Func<int, double> middle)
    {
        var y = top + (RowHeight / 2);
        canvas.Group(row.Hint);
        canvas.Text(2, top + 16, TextWidth.Fit(row.Title, 13, Left - 16), 13, ("f-strong", Anchor.Start));
        canvas.Text(2, top + 32, TextWidth.Fit(row.Value, 12, Left - 16), 12, ("f-muted data", Anchor.Start));
        if (row.Columns.Count > 1)
        {
            canvas.Line(middle(row.Columns.Min()), y, middle(row.Columns.Max()), y, "f-tie");
        }

        for (var i = 0; i < Columns.Count; i++)
        {
            var has = row.Columns.Contains(i);
            canvas.Circle(middle(i), y, has ? 7 : 2.5, has ? "f-dot" : "f-dot-none");
        }

        canvas.EndGroup();
    }
}
