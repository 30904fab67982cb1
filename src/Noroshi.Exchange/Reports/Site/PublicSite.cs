using System.Globalization;
using System.Text;
using Noroshi.Exchange.Reports.Data;
using Noroshi.Exchange.Reports.Html;
using Noroshi.Hub.Figures;
using Noroshi.Hub.Reports.Documents;
using Noroshi.Hub.Statistics;

namespace Noroshi.Exchange.Reports.Site;

/// <summary>A file of the public site.</summary>
/// <param name="Path">Where, below the site's root: <c>ja/2013/figure-1.svg</c>.</param>
/// <param name="MediaType">Media type.</param>
/// <param name="Content">Bytes.</param>
public sealed record SiteFile(string Path, string MediaType, ReadOnlyMemory<byte> Content)
{
    /// <summary>
    /// Whether the same report gives the same bytes on every machine. PDF, and what has painted pictures in it, depends on the browser: what was
    /// published of those is kept.
    /// </summary>
    public bool Settled =>
        System.IO.Path.GetExtension(Path) is ".html" or ".svg" or ".csv" or ".json";
}

/// <summary>
/// Pages that anybody may read, at addresses that stay: a folder for each report and language, in it the page, its tables and figures as data,
/// the whole report in other formats. Pages name no other report, so nothing in a folder changes when another is published.
/// </summary>
public static class PublicSite
{
    private static readonly Dictionary<string, (string Media, string Name)> Media = new(StringComparer.Ordinal)
    {
        [".html"] = ("text/html; charset=utf-8", "HTML"),
        [".svg"] = ("image/svg+xml", "SVG"),
        [".png"] = ("image/png", "PNG"),
        [".csv"] = ("text/csv; charset=utf-8", "CSV"),
        [".json"] = ("application/json", "JSON"),
        [".pdf"] = ("application/pdf", "PDF"),
        [".docx"] = ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word"),
        [".xlsx"] = ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel"),
    };

    /// <summary>Whether a name can be a folder of a report: 2013, 2013-q3, 2013-press.</summary>
    public static bool IsSlug(string slug)
    {
        ArgumentNullException.ThrowIfNull(slug);
        return slug.Length is 4 or (>= 6 and <= 40) && slug[..4].All(char.IsAsciiDigit) && (slug.Length == 4 || slug[4] == '-') && IsName(slug);
    }

    /// <summary>The files of a report in its language; the page last.</summary>
    /// <param name="slug">Folder.</param>
    /// <param name="document">The report.</param>
    /// <param name="whole">The report in formats beside the page, by ending; the page offers those that are there.</param>
    /// <param name="pictures">Painted figures by their ids; the page offers those that are there.</param>
    /// <exception cref="ArgumentException">A name cannot be that of a folder or file.</exception>
    public static IReadOnlyList<SiteFile> Report(
        string slug,
        ReportDocument document,
        IReadOnlyDictionary<string, byte[]> whole,
        IReadOnlyDictionary<string, byte[]> pictures
    )
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(whole);
        ArgumentNullException.ThrowIfNull(pictures);
        if (!IsSlug(slug) || document.Data().Any(one => !IsName(one.Id)))
        {
            throw new ArgumentException("Folders and files have names of small letters, digits and hyphens.", nameof(slug));
        }

        var folder = $"{(document.Ja ? "ja" : "en")}/{slug}/";
        var files = new List<SiteFile>();
        void Put(string name, byte[] content) => files.Add(Made(folder + name, content));
        foreach (var (id, _, table) in document.Data())
        {
            Put($"{id}.csv", TableCsv.Of(table));
            Put($"{id}.json", JsonReportWriter.OfPart(document, id) ?? []);
        }

        foreach (var chart in document.Charts())
        {
            Put($"{chart.Id}.svg", FigureFile.Svg(chart.Picture));
            if (pictures.TryGetValue(chart.Id, out var png))
            {
                Put($"{chart.Id}.png", png);
            }
        }

        foreach (var (ending, content) in whole.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            Put($"report{ending}", content);
        }

        Put("report.json", JsonReportWriter.Of(document));

        var around = new HtmlSurroundings
        {
            Links =
            [
                (document.Ja ? "公開統計" : "Public statistics", "../index.html", null),
                (document.Ja ? "English" : "日本語", $"../../{(document.Ja ? "en" : "ja")}/{slug}/index.html", !document.Ja),
            ],
            Whole = Links(folder, "report", files),
            Files = id => Links(folder, id, files),
        };
        Put("index.html", Encoding.UTF8.GetBytes(HtmlReportWriter.Of(document, around)));
        return files;
    }

    /// <summary>The lists of what was published: one a language, and the first page, which is the Japanese one.</summary>
    /// <param name="issuer">Who publishes.</param>
    /// <param name="entries">What was published.</param>
    public static IReadOnlyList<SiteFile> Indexes(Hub.Words issuer, IReadOnlyList<SiteEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(issuer);
        ArgumentNullException.ThrowIfNull(entries);
        return
        [
            Made("ja/index.html", Encoding.UTF8.GetBytes(SiteIndex.Of(issuer, entries, ja: true, ("../", "")))),
            Made("en/index.html", Encoding.UTF8.GetBytes(SiteIndex.Of(issuer, entries, ja: false, ("../", "")))),
            Made("index.html", Encoding.UTF8.GetBytes(SiteIndex.Of(issuer, entries, ja: true, ("", "ja/")))),
        ];
    }

    private static SiteFile Made(string path, byte[] content) => new(path, Media[Path.GetExtension(path)].Media, content);

    private static List<HtmlFile> Links(string folder, string name, List<SiteFile> files) =>
        [
            .. files
                .Select(file => file.Path[folder.Length..])
                .Where(file => Path.GetFileNameWithoutExtension(file) == name)
                .Select(file => new HtmlFile(Media[Path.GetExtension(file)].Name, file)),
        ];

    private static bool IsName(string name) =>
        name.Length is > 0 and <= 60
        && name.All(letter => letter is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-')
        && name[0] != '-'
        && name[^1] != '-'
        && name is not ("report" or "index");
}

/// <summary>A report in the lists.</summary>
/// <param name="Slug">Its folder.</param>
/// <param name="FiscalYear">Under which fiscal year it stands.</param>
/// <param name="Form">Which report it is.</param>
/// <param name="Title">Title.</param>
/// <param name="Date">Its date as printed.</param>
/// <param name="Revision">1, counted up by corrections.</param>
public sealed record SiteEntry(string Slug, int FiscalYear, ReportForm Form, Hub.Words Title, Hub.Words Date, int Revision);

/// <summary>The list of what was published.</summary>
internal static class SiteIndex
{
    private static readonly Hub.Words Title = new("公開統計・報告書", "Public statistics and reports");
    private static readonly Hub.Words None = new("公表した報告書はまだありません。", "Nothing has been published yet.");
    private static readonly Hub.Words Corrected = new("訂正済み", "corrected");
    private static readonly Hub.Words Lead = new(
        "年度ごとの活動状況と、標的型攻撃メールの統計です。図と表のデータは、各ページから取得できます。",
        "Activity and statistics of targeted mails by fiscal year. The data of figures and tables can be taken from each page."
    );

    /// <summary>The page; addresses go up first, then down into the folder of the language.</summary>
    public static string Of(Hub.Words issuer, IReadOnlyList<SiteEntry> entries, bool ja, (string Up, string Down) way)
    {
        var html = new Markup();
        html.Open("div", ("class", "front")).Leaf("h1", Title.In(ja)).Leaf("p", Lead.In(ja)).Close().Line();
        if (entries.Count == 0)
        {
            html.Leaf("p", None.In(ja));
        }

        foreach (var year in entries.GroupBy(one => one.FiscalYear).OrderByDescending(one => one.Key))
        {
            html.Open("section", ("id", Anchor(year.Key)), ("aria-labelledby", $"{Anchor(year.Key)}-h"));
            html.Leaf("h2", YearName(year.Key, ja), ("id", $"{Anchor(year.Key)}-h")).Open("ul", ("class", "years")).Line();
            foreach (var entry in year.OrderBy(one => one.Form).ThenBy(one => one.Slug, StringComparer.Ordinal))
            {
                var corrected = entry.Revision > 1 ? $" ({Corrected.In(ja)})" : "";
                html.Open("li").Leaf("a", entry.Title.In(ja), ("href", $"{way.Down}{entry.Slug}/index.html"));
                html.Leaf("p", $"{ReportWords.FormOf(entry.Form).In(ja)} / {entry.Date.In(ja)}{corrected}", ("class", "under")).Close().Line();
            }

            html.Close(2).Line();
        }

        var around = new HtmlSurroundings
        {
            Links = [(ja ? "English" : "日本語", $"{way.Up}{(ja ? "en" : "ja")}/index.html", !ja)],
        };
        return new HtmlFrame(ja, $"{Title.In(ja)} - {issuer.In(ja)}", issuer.In(ja), "TLP:CLEAR", around).Page(ReportStyle.Common, html.Done());
    }

    private static string Anchor(int year) => string.Create(CultureInfo.InvariantCulture, $"fy{year}");

    private static string YearName(int year, bool ja)
    {
        var name = year.ToString(CultureInfo.InvariantCulture);
        return !ja ? $"Fiscal {name} (April {name} to March {(year + 1).ToString(CultureInfo.InvariantCulture)})"
            : EraYears.Of(year) is { } era ? $"{name}年度({era})"
            : $"{name}年度";
    }
}
