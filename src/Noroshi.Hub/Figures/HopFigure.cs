namespace Noroshi.Hub.Figures;

/// <summary>One station of a mail's way.</summary>
/// <param name="Name">Host, or what is known of it.</param>
/// <param name="Second">Address.</param>
/// <param name="Third">Time and manner.</param>
/// <param name="Delay">Time from the station before, written on the link.</param>
/// <param name="Own">A host whose word is believed.</param>
public sealed record HopNode(string Name, string Second, string Third, string Delay, bool Own);

/// <summary>The way of a mail (配送経路), at equal distances; what would not fit goes on in the next row.</summary>
/// <param name="Nodes">Stations, the sender's first.</param>
public sealed record HopFigure(IReadOnlyList<HopNode> Nodes)
{
    /// <summary>More stations are not drawn.</summary>
    public const int MostNodes = 40;

    private const int RowOf = 5;
    private const double Step = LaneMeasures.Width / RowOf;
    private const double RowHeight = 96;

    /// <summary>The figure.</summary>
    public Figure Draw(FigureText about)
    {
        var canvas = new SvgCanvas();
        var count = Math.Min(Nodes.Count, MostNodes);
        for (var i = 0; i < count; i++)
        {
            var (row, column) = (i / RowOf, i % RowOf);
            var (x, y) = ((Step * column) + (Step / 2), (RowHeight * row) + 40);
            if (i > 0)
            {
                canvas.Line(column > 0 ? x - Step + 8 : 0, y, x - 8, y, "f-link");
                var middle = column > 0 ? x - (Step / 2) : (x - 8) / 2;
                var room = column > 0 ? Step - 24 : x - 16;
                DrawDelay(canvas, Nodes[i].Delay, (middle, y - 7), room);
                // TextWidth.Fit(Nodes[i].Delay, 12, room), 12, ("f-text", Anchor.Middle));
            }

            if (column == RowOf - 1 && i + 1 < count)
            {
                canvas.Line(x + 8, y, LaneMeasures.Width, y, "f-link");
            }

            DrawNode(canvas, Nodes[i], (x, y));
        }

        return canvas.Done(about, LaneMeasures.Width, (Math.Max(1, (count + RowOf - 1) / RowOf) * RowHeight) + 8);
    }

    private static void DrawDelay(SvgCanvas canvas, string delay, (double X, double Y) at, double room)
    {
        if (delay.Length > 0)
        {
            canvas.Text(at.X, at.Y, TextWidth.Fit(delay, 12, room), 12, ("f-text", Anchor.Middle));
        }
    }

    private static void DrawNode(SvgCanvas canvas, HopNode node, (double X, double Y) at)
    {
        var (x, y) = at;
        canvas.Group($"{node.Name} {node.Second} {node.Third}");
        canvas.Circle(x, y, 7, node.Own ? "f-node-own" : "f-node");
        canvas.EndGroup();
        // The delay stands on the link, so above a node there is room for its name over the whole step.
        canvas.Text(x, y - 24, TextWidth.Fit(node.Name, 12, Step - 10), 12, ("f-strong", Anchor.Middle));
        canvas.Text(x, y + 24, TextWidth.Fit(node.Second, 12, Step - 10), 12, ("f-muted", Anchor.Middle));
        canvas.Text(x, y + 39, TextWidth.Fit(node.Third, 12, Step - 10), 12, ("f-muted", Anchor.Middle));
    }
}
