using System.Text;

namespace Noroshi.Hub.Figures;

/// <summary>A figure as a file of its own.</summary>
public static class FigureFile
{
    private const string Fonts = """
        svg.figure{font-family:"BIZ UDPGothic","BIZ UDPゴシック","Hiragino Sans","Yu Gothic UI","Noto Sans JP","Noto Sans CJK JP",sans-serif}

        """;

    /// <summary>SVG with its own style: light and dark on a screen, light on paper. Nothing in it runs or is loaded.</summary>
    public static byte[] Svg(Figure figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        var text = figure.Svg.Text;
        var head = text.IndexOf('>', StringComparison.Ordinal) + 1;
        return Encoding.UTF8.GetBytes(
            $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{text[..head]}<style>{FigureStyle.Variables}{FigureStyle.Css}{Fonts}"
                + $"svg.figure{{background:var(--surface)}}</style>{text[head..]}\n"
        );
    }
}
