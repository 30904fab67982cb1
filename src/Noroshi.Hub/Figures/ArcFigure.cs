namespace Noroshi.Hub.Figures;

/// <summary>A tie between two nodes.</summary>
/// <param name="From">Place of one.</param>
/// <param name="To">Place of the other.</param>
/// <param name="Strong">Drawn thick.</param>
/// <param name="Hint">What it is, in words.</param>
public sealed record ArcTie(int From, int To, bool Strong, string Hint);

/// <summary>
/// A small graph: nodes one under the other in order of time, ties as arcs beside them. It needs no search for a good layout and no label
/// lies on another, so the same data always give the same picture.
/// </summary>
/// <param name="Nodes">Nodes: name and second name.</param>
/// <param name="Ties">Ties.</param>
public sealed record ArcFigure(IReadOnlyList<(string Name, string Second)> Nodes, IReadOnlyList<ArcTie> Ties)
{
    /// <summary>More nodes are not drawn.</summary>
    public const int MostNodes = 60;

    private const double Step = 30;
    private const double Axis = 440;

    /// <summary>The figure.</summary>
    public Figure Draw(FigureText about)
    {
        var canvas = new SvgCanvas();
        var count = Math.Min(Nodes.Count, MostNodes);
        double Middle(int node) => 16 + (node * Step);
        foreach (var tie in Ties.Where(tie => tie.From < count && tie.To < count && tie.From != tie.To))
        {
            var (from, to) = (Middle(Math.Min(tie.From, tie.To)), Middle(Math.Max(tie.From, tie.To)));
            // Half an ellipse, never wider than the page.
            var wide = Math.Min(to - from, LaneMeasures.Width - Axis - 30);
            canvas.Group(tie.Hint);
            var path =
                $"M{Markup.Number(Axis)} {Markup.Number(from)}A{Markup.Number(wide)} {Markup.Number((to - from) / 2)} 0 0 1 "
                + $"{Markup.Number(Axis)} {Markup.Number(to)}";
            canvas.Path(path, tie.Strong ? "f-arc-strong" : "f-arc");
            canvas.EndGroup();
        }

        for (var i = 0; i < count; i++)
        {
            var y = Middle(i);
            canvas.Circle(Axis, y, 6, "f-node");
            var second = TextWidth.Fit(Nodes[i].Second, 12, 250);
            canvas.Text(Axis - 14, y + 4.5, second, 12, ("f-muted", Anchor.End));
            var room = Axis - 14 - TextWidth.Of(second, 12) - 12;
            canvas.Text(2, y + 4.5, TextWidth.Fit(Nodes[i].Name, 13, room), 13, ("f-strong", Anchor.Start));
        }

        return canvas.Done(about, LaneMeasures.Width, (count * Step) + 12);
    }
}
