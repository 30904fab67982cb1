namespace Noroshi.Hub.Figures;

/// <summary>Where a text of a figure stands, pixels from the upper left.</summary>
/// <param name="Text">The text.</param>
/// <param name="X">Left.</param>
/// <param name="Y">Top.</param>
/// <param name="Width">Width as estimated.</param>
/// <param name="Height">Height.</param>
public sealed record LabelBox(string Text, double X, double Y, double Width, double Height)
{
    /// <summary>Whether two texts lie on one another.</summary>
    public bool Overlaps(LabelBox other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return X < other.X + other.Width && other.X < X + Width && Y < other.Y + other.Height && other.Y < Y + Height;
    }
}

/// <summary>A finished figure.</summary>
/// <param name="Svg">The <c>svg</c> element, to stand in a page that has <see cref="FigureStyle.Css"/>.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Labels">Every text and where it stands.</param>
public sealed record Figure(Fragment Svg, double Width, double Height, IReadOnlyList<LabelBox> Labels);

/// <summary>What a figure is for those who do not see it.</summary>
/// <param name="Id">Unique in the page, ASCII letters and digits.</param>
/// <param name="Title">Name of the figure.</param>
/// <param name="Description">What it shows, made of the same numbers.</param>
public sealed record FigureText(string Id, string Title, string Description);
