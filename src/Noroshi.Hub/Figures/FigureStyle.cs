namespace Noroshi.Hub.Figures;

/// <summary>A colour in both modes, <c>#rrggbb</c>.</summary>
/// <param name="Name">Name of the CSS variable, without the dashes.</param>
/// <param name="Light">On a light page.</param>
/// <param name="Dark">On a dark page.</param>
public sealed record Colour(string Name, string Light, string Dark);

/// <summary>Colours of pages and figures. No meaning hangs on a colour alone: shape and letter say the same.</summary>
public static class FigureStyle
{
    private const int Step = 50;
    private const int MostSteps = 40;

    /// <summary>The colours.</summary>
    public static IReadOnlyList<Colour> Colours { get; } =
    [
        new("ground", "#f3f4f8", "#121214"),
        new("surface", "#ffffff", "#1c1c1f"),
        new("raised", "#f3f4f8", "#29292d"),
        new("ink", "#1a1a1c", "#f2f2f4"),
        new("muted", "#55555d", "#b6b6be"),
        new("line", "#d6d6de", "#3d3d44"),
        new("rule", "#767680", "#8c8c96"),
        new("link", "#0017c1", "#a3baff"),
        new("recon", "#0055ad", "#8cc8ff"),
        new("recon-soft", "#e0efff", "#0c2f52"),
        new("reply", "#3f3f46", "#dcdce2"),
        new("reply-soft", "#ededf0", "#36363c"),
        new("attack", "#b80000", "#ff9a9a"),
        new("on-attack", "#ffffff", "#2a0000"),
        new("other", "#55555d", "#b6b6be"),
        new("frame", "#7a5600", "#ffd43d"),
        new("warn-soft", "#fff4d1", "#3a2f0a"),
        new("bar", "#0055ad", "#6fb4f5"),
        new("tlp", "#ffc000", "#ffc000"),
        new("tlp-ground", "#000000", "#000000"),
    ];

    /// <summary>Which colour stands on which: texts need 4.5 to 1 (WCAG 2.2, 1.4.3), lines and shapes that carry meaning 3 to 1.</summary>
    public static IReadOnlyList<(string Front, string Back, double Least)> Pairs { get; } =
    [
        ("ink", "ground", 4.5),
        ("ink", "surface", 4.5),
        ("ink", "raised", 4.5),
        ("ink", "warn-soft", 4.5),
        ("muted", "ground", 4.5),
        ("muted", "surface", 4.5),
        ("muted", "raised", 4.5),
        ("muted", "warn-soft", 4.5),
        ("link", "ground", 4.5),
        ("link", "surface", 4.5),
        ("link", "raised", 4.5),
        ("link", "warn-soft", 4.5),
        ("recon", "recon-soft", 4.5),
        ("recon", "surface", 4.5),
        ("reply", "reply-soft", 4.5),
        ("reply", "surface", 4.5),
        ("attack", "surface", 4.5),
        ("on-attack", "attack", 4.5),
        ("other", "surface", 4.5),
        ("frame", "surface", 4.5),
        ("frame", "warn-soft", 4.5),
        ("tlp", "tlp-ground", 4.5),
        ("rule", "surface", 3),
        ("rule", "ground", 3),
        ("bar", "surface", 3),
    ];

    /// <summary>The variables of both modes; paper is light.</summary>
    public static string Variables { get; } =
        $":root{{color-scheme:light dark;{Of(colour => colour.Light)}}}\n"
        + $"@media screen and (prefers-color-scheme:dark){{:root{{{Of(colour => colour.Dark)}}}}}\n";

    /// <summary>Looks of the figures' classes.</summary>
    public static string Css { get; } = Looks + Widths();

    private const string Looks = """
        svg.figure{display:block;width:100%;height:auto;font-family:inherit}
        .f-text{fill:var(--ink)}.f-strong{fill:var(--ink);font-weight:700}.f-muted{fill:var(--muted)}
        .f-halo{paint-order:stroke;stroke:var(--surface);stroke-width:5px;stroke-linejoin:round}
        .f-prompt{fill:var(--attack);font-weight:700}.f-frame-text{fill:var(--frame);font-weight:700}
        .f-row{stroke:var(--line);stroke-width:1}.f-day{stroke:var(--rule);stroke-width:1;stroke-dasharray:2 4}
        .f-hatch{stroke:var(--rule);stroke-width:2}.f-link{stroke:var(--rule);stroke-width:2}
        .f-link-prompt{stroke:var(--attack);stroke-width:4}.f-frame{fill:none;stroke:var(--frame);stroke-width:2;stroke-dasharray:6 4}
        .f-leader{stroke:var(--frame);stroke-width:1;stroke-dasharray:2 3}
        .m-recon{fill:var(--recon-soft);stroke:var(--recon);stroke-width:2}.t-recon{fill:var(--recon);font-weight:700}
        .m-reply{fill:var(--reply-soft);stroke:var(--reply);stroke-width:2}.t-reply{fill:var(--reply);font-weight:700}
        .m-attack{fill:var(--attack);stroke:var(--attack);stroke-width:2;stroke-linejoin:round}.t-attack{fill:var(--on-attack);font-weight:700}
        .m-other{fill:var(--surface);stroke:var(--other);stroke-width:2}.t-other{fill:var(--other);font-weight:700}
        .m-quote{fill:var(--surface);stroke-dasharray:3 3}.t-ghost-attack{fill:var(--attack);font-weight:700}
        .m-stated{fill:var(--surface)}.m-ring{fill:none;stroke:var(--rule);stroke-width:1.5;stroke-dasharray:1 3;stroke-linecap:round}
        .f-dot{fill:var(--link)}.f-dot-none{fill:var(--rule)}.f-tie{stroke:var(--link);stroke-width:3;opacity:.45}
        .f-bar{fill:var(--bar)}.f-bar-before{fill:var(--surface);stroke:var(--bar);stroke-width:1.5}
        .f-arc{fill:none;stroke:var(--rule);stroke-width:1.5}.f-arc-strong{fill:none;stroke:var(--link);stroke-width:2.5}
        .f-node{fill:var(--surface);stroke:var(--link);stroke-width:3}.f-node-own{fill:var(--link);stroke:var(--link);stroke-width:3}
        @media print{svg.figure{break-inside:avoid}}

        """;

    /// <summary>Class of a figure that is not to be narrower than so many pixels, rounded to steps.</summary>
    public static string LeastWidth(double pixels) => $"w-{Math.Clamp((int)Math.Round(pixels / Step), 1, MostSteps)}";

    /// <summary>Contrast of two colours by WCAG 2.2.</summary>
    public static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static string Of(Func<Colour, string> value) => string.Concat(Colours.Select(colour => $"--{colour.Name}:{value(colour)};"));

    /// <summary>The widths below which figures are scrolled, as classes: style attributes would need a policy that lets strangers' in, too.</summary>
    private static string Widths() =>
        string.Concat(Enumerable.Range(1, MostSteps).Select(step => $"svg.w-{step}{{min-width:{step * Step}px}}")) + "\n";

    private static double Luminance(string colour)
    {
        double Channel(int at)
        {
            var value = Convert.ToInt32(colour.Substring(at, 2), 16) / 255.0;
            return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }

        return (0.2126 * Channel(1)) + (0.7152 * Channel(3)) + (0.0722 * Channel(5));
    }
}
