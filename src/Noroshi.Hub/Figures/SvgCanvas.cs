namespace Noroshi.Hub.Figures;

/// <summary>Where a text is held.</summary>
internal enum Anchor
{
    /// <summary>At its start.</summary>
    Start,

    /// <summary>In its middle.</summary>
    Middle,

    /// <summary>At its end.</summary>
    End,
}

/// <summary>Shapes and texts of one figure. Colours are classes (<see cref="FigureStyle"/>), so that the page's mode decides them.</summary>
internal sealed class SvgCanvas
{
    private const double LineHeight = 1.15;

    private readonly Markup _body = new();
    private readonly List<LabelBox> _labels = [];

    public void Line(double x1, double y1, double x2, double y2, string look) =>
        _body.Empty("line", ("x1", N(x1)), ("y1", N(y1)), ("x2", N(x2)), ("y2", N(y2)), ("class", look));

    public void Rect(LabelBox box, double corner, string look, string? fill = null) =>
        _body.Empty(
            "rect",
            ("x", N(box.X)),
            ("y", N(box.Y)),
            ("width", N(box.Width)),
            ("height", N(box.Height)),
            ("rx", corner > 0 ? N(corner) : null),
            ("class", look),
            ("fill", fill)
        );

    public void Circle(double x, double y, double radius, string look) =>
        _body.Empty("circle", ("cx", N(x)), ("cy", N(y)), ("r", N(radius)), ("class", look));

    public void Path(string path, string look) => _body.Empty("path", ("d", path), ("class", look));

    /// <summary>A text on one line.</summary>
    /// <param name="x">Where it is held.</param>
    /// <param name="y">Base line.</param>
    /// <param name="text">The text.</param>
    /// <param name="size">Size of the font.</param>
    /// <param name="look">Class, and where it is held.</param>
    public void Text(double x, double y, string text, double size, (string Class, Anchor Anchor) look)
    {
        var line = VisibleText.Line(text);
        var width = TextWidth.Of(line, size);
        var left = look.Anchor switch
        {
            Anchor.Start => x,
            Anchor.Middle => x - (width / 2),
            Anchor.End => x - width,
        };
        _labels.Add(new LabelBox(line, left, y - (size * 0.88), width, size * LineHeight));
        var anchor = look.Anchor switch
        {
            Anchor.Start => null,
            Anchor.Middle => "middle",
            Anchor.End => "end",
        };
        _body.Leaf("text", line, ("x", N(x)), ("y", N(y)), ("font-size", N(size)), ("text-anchor", anchor), ("class", look.Class));
    }

    /// <summary>Opens a group with a text that programs show when the pointer rests on it.</summary>
    public void Group(string hint) => _body.Open("g").Leaf("title", VisibleText.Line(hint));

    /// <summary>Closes the group.</summary>
    public void EndGroup() => _body.Close();

    /// <summary>The figure.</summary>
    public Figure Done(FigureText about, double width, double height)
    {
        var svg = new Markup()
            .OpenSvg(
                // Narrower than its class allows nobody can read it: the page then scrolls it.
                ("class", $"figure {FigureStyle.LeastWidth(width * 0.85)}"),
                ("role", "img"),
                ("aria-labelledby", $"{about.Id}-t {about.Id}-d"),
                ("viewBox", $"0 0 {N(width)} {N(height)}"),
                ("width", N(width)),
                ("height", N(height))
            )
            .Leaf("title", about.Title, ("id", $"{about.Id}-t"))
            .Leaf("desc", about.Description, ("id", $"{about.Id}-d"))
            .Open("defs")
            .Open(
                "pattern",
                ("id", $"{about.Id}-hatch"),
                ("width", "6"),
                ("height", "6"),
                ("patternUnits", "userSpaceOnUse"),
                ("patternTransform", "rotate(45)")
            )
            .Empty("line", ("x1", "0"), ("y1", "0"), ("x2", "0"), ("y2", "6"), ("class", "f-hatch"))
            .Close(2)
            .Add(_body.Done())
            .Close()
            .Done();
        return new Figure(svg, width, height, _labels);
    }

    private static string N(double value) => Markup.Number(value);
}
