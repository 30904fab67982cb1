namespace Noroshi.MailAnatomy.FileTypes.Programs;

/// <summary>
/// Whether an icon shows a document or a folder. There are no pictures to compare with, only a rule that a person can follow: a page is an
/// upright white sheet whose upper right corner is folded away, with one colour on it (blue for a text, green for a table, orange for
/// slides, red for a PDF or Ichitaro document); a folder is mostly yellow, wider at the bottom than its tab at the top. An icon that keeps
/// to this only by half is none, so many imitations stay unseen, but an honest program's emblem is hardly ever taken for one.
/// </summary>
internal static class IconLook
{
    private const double WhiteShare = 0.30;
    private const double ColorShare = 0.08;
    private const double OneFamily = 0.85;
    private const double FolderShare = 0.70;

    /// <summary>Family of the document shown: <c>word</c>, <c>excel</c>, <c>powerpoint</c>, <c>pdf</c>, <c>folder</c>; null for none.</summary>
    public static string? Family(IconPicture picture)
    {
        var (left, top, right, bottom) = Box(picture);
        if (right - left < picture.Width / 2 || bottom - top < picture.Height / 2)
        {
            return null;
        }

        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var (opaque, white, colored) = (0, 0, 0);
        foreach (var point in picture.Points)
        {
            if (point >> 24 == 0)
            {
                continue;
            }

            opaque++;
            var (r, g, b) = ((int)(point >> 16) & 255, (int)(point >> 8) & 255, (int)point & 255);
            var (max, min) = (Math.Max(r, Math.Max(g, b)), Math.Min(r, Math.Min(g, b)));
            white += min >= 225 ? 1 : 0;
            if (max - min >= 60)
            {
                colored++;
                var hue = HueFamily(r, g, b, max, min);
                counts[hue] = counts.GetValueOrDefault(hue) + 1;
            }
        }

        if (opaque == 0 || counts.Count == 0)
        {
            return null;
        }

        var (family, count) = counts.MaxBy(pair => pair.Value);
        return family == "folder" ? (count >= FolderShare * opaque && HasTab(picture, left, top, right, bottom) ? family : null)
            : family.Length > 0
            && white >= WhiteShare * opaque
            && count >= ColorShare * opaque
            && count >= OneFamily * colored
            && IsPage(picture, left, top, right, bottom)
                ? family
            : null;
    }

    private static string HueFamily(int r, int g, int b, int max, int min)
    {
        var range = (double)(max - min);
        var hue =
            max == r ? ((g - b) / range + 6) % 6 * 60
            : max == g ? ((b - r) / range + 2) * 60
            : ((r - g) / range + 4) * 60;
        return hue switch
        {
            >= 200 and < 240 => "word",
            >= 120 and < 165 => "excel",
            >= 9 and < 30 => "powerpoint",
            >= 345 or < 9 => "pdf",
            >= 38 and < 56 => "folder",
            _ => "",
        };
    }

    private static (int Left, int Top, int Right, int Bottom) Box(IconPicture picture)
    {
        var (left, top, right, bottom) = (picture.Width, picture.Height, -1, -1);
        for (var i = 0; i < picture.Points.Length; i++)
        {
            if (picture.Points[i] >> 24 != 0)
            {
                var (x, y) = (i % picture.Width, i / picture.Width);
                (left, top, right, bottom) = (Math.Min(left, x), Math.Min(top, y), Math.Max(right, x), Math.Max(bottom, y));
            }
        }

        return (left, top, right + 1, bottom + 1);
    }

    /// <summary>Upright, the upper right corner gone, the other corners there.</summary>
    private static bool IsPage(IconPicture picture, int left, int top, int right, int bottom)
    {
        if (bottom - top <= right - left)
        {
            return false;
        }

        bool Solid(int x, int y) => picture.Points[(y * picture.Width) + x] >> 24 != 0;
        return !Solid(right - 1, top)
            && !Solid(right - 2, top + 1)
            && Solid(left + 1, top + 1)
            && Solid(left + 1, bottom - 2)
            && Solid(right - 2, bottom - 2);
    }

    /// <summary>The first rows are narrower than the widest.</summary>
    private static bool HasTab(IconPicture picture, int left, int top, int right, int bottom)
    {
        int Row(int y)
        {
            var count = 0;
            for (var x = left; x < right; x++)
            {
                count += picture.Points[(y * picture.Width) + x] >> 24 != 0 ? 1 : 0;
            }

            return count;
        }

        var middle = Row((top + bottom) / 2);
        return middle >= 0.9 * (right - left) && Row(top) <= 0.6 * middle && Row(top) >= 0.15 * middle;
    }
}
