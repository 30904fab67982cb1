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

    private const int MostInRow = 5;
    private const int MostNameLines = 3;

    /// <summary>The figure.</summary>
    public Figure Draw(FigureText about)
    {
        var canvas = new SvgCanvas();
        var count = Math.Min(Nodes.Count, MostNodes);
        var inRow = Math.Clamp(count, 2, MostInRow);
        var step = LaneMeasures.Width / inRow;
        var lines = Nodes.Take(count).Select(node => TextWidth.Wrap(node.Name, 12, step - 10, MostNameLines).Count).DefaultIfEmpty().Max();
        var drop = 24 + (14 * lines);
        var rowHeight = drop + 50;
        for (var i = 0; i < count; i++)
        {
            var (row, column) = (i / inRow, i % inRow);
            var (x, y) = ((step * column) + (step / 2), (rowHeight * row) + drop);
            if (i > 0)
            {
                canvas.Line(column > 0 ? x - step + 8 : 0, y, x - 8, y, "f-link");
                var middle = column > 0 ? x - (step / 2) : (x - 8) / 2;
                var room = column > 0 ? step - 24 : x - 16;
                DrawDelay(canvas, Nodes[i].Delay, (middle, y - 7), room);
            }

            if (column == inRow - 1 && i + 1 < count)
            {
                canvas.Line(x + 8, y, LaneMeasures.Width, y, "f-link");
            }

            DrawNode(canvas, Nodes[i], (x, y), step - 10);
        }

        return canvas.Done(about, LaneMeasures.Width, (Math.Max(1, (count + inRow - 1) / inRow) * rowHeight));
    }

    private static void DrawDelay(SvgCanvas canvas, string delay, (double X, double Y) at, double room)
    {
        if (delay.Length > 0)
        {
            canvas.Text(at.X, at.Y, TextWidth.Fit(delay, 12, room), 12, ("f-text", Anchor.Middle));
        }
    }

    private static void DrawNode(SvgCanvas canvas, HopNode node, (double X, double Y) at, double room)
    {
        var (x, y) = at;
        canvas.Group($"{node.Name} {node.Second} {node.Third}");
        canvas.Circle(x, y, 7, node.Own ? "f-node-own" : "f-node");
        canvas.EndGroup();
        // The delay stands on the link, lower than the names, so a name has the whole step; a long one takes more lines.
        var name = TextWidth.Wrap(node.Name, 12, room, MostNameLines);
        for (var line = 0; line < name.Count; line++)
        {
            canvas.Text(x, y - 24 - ((name.Count - 1 - line) * 14), name[line], 12, ("f-strong data", Anchor.Middle));
        }

        var below = y + 24;
        foreach (var text in new[] { node.Second, node.Third }.Where(text => text.Length > 0))
        {
            canvas.Text(x, below, TextWidth.Fit(text, 12, room), 12, ("f-muted", Anchor.Middle));
            below += 15;
        }
    }
}
