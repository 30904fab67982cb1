using System.Globalization;
using Noroshi.Hub.Figures;
using Noroshi.Hub.Reports.Documents;
using Noroshi.Hub.Statistics;

namespace Noroshi.Exchange.Reports.Html;

/// <summary>What stands between bar and foot: front, contents, sections, footnotes, contacts, definitions.</summary>
internal sealed class HtmlReport(ReportDocument document, HtmlSurroundings around)
{
    private const int ContentsFrom = 4;
    private const int ShortColumn = 8;

    private readonly Markup _html = new();
    private readonly HtmlRuns _runs = new(document);

    public Fragment Main()
    {
        _html.Open("article").Line();
        WriteFront();
        WriteContents();
        foreach (var section in document.Sections)
        {
            WriteSection(section);
        }

        _html.Close().Line();
        WriteFootnotes();
        WriteContacts();
        WriteSources();
        return _html.Done();
    }

    private string Say(Hub.Words words) => words.In(document.Ja);

    private void WriteFront()
    {
        _html
            .Open("div", ("class", "front"))
            .Leaf("p", Say(ReportWords.FormOf(document.Form)), ("class", "form"))
            .Leaf("h1", document.Title);
        if (document.Subtitle is { } subtitle)
        {
            _html.Leaf("p", subtitle, ("class", "subtitle"));
        }

        _html.Open("dl", ("class", "facts"));
        Fact(Say(ReportWords.On), document.Date);
        Fact(Say(ReportWords.Issued), document.Issuer);
        Fact(Say(ReportWords.Period), document.Period);
        var preliminary = document.State == StatisticState.Preliminary;
        _html.Open("div").Leaf("dt", Say(ReportWords.StateName)).Open("dd");
        _html.Leaf("span", Say(ReportWords.State(document.State)), ("class", preliminary ? "state preliminary" : "state")).Close(2);
        Fact(Say(ReportWords.Handling), document.Marking);
        _html.Close();
        WriteFiles(around.Whole);
        _html.Close().Line();
    }

    private void Fact(string name, string value) => _html.Open("div").Leaf("dt", name).Leaf("dd", value).Close();

    private void WriteContents()
    {
        var named = document.Sections.Where(one => one.Heading is not null).ToList();
        if (named.Count < ContentsFrom)
        {
            return;
        }

        _html.Open("nav", ("class", "toc"), ("aria-labelledby", "toc")).Leaf("h2", Say(ReportWords.Contents), ("id", "toc")).Open("ol");
        var at = 0;
        while (at < named.Count)
        {
            _html.Open("li");
            Entry(named[at++]);
            var parts = named.Skip(at).TakeWhile(one => one.Level > 1).ToList();
            if (parts.Count > 0)
            {
                _html.Open("ol");
                foreach (var part in parts)
                {
                    _html.Open("li");
                    Entry(part);
                    _html.Close();
                }

                _html.Close();
                at += parts.Count;
            }

            _html.Close();
        }

        _html.Close(2).Line();
    }

    private void Entry(ReportSection section) => _html.Leaf("a", section.Heading ?? "", ("href", $"#{section.Id}"));

    private void WriteSection(ReportSection section)
    {
        _html.Open("section", ("id", section.Id), ("aria-labelledby", section.Heading is null ? null : $"{section.Id}-h"));
        if (section.Heading is { } heading)
        {
            _html.Leaf(section.Level > 1 ? "h3" : "h2", heading, ("id", $"{section.Id}-h"));
        }

        _html.Line();
        foreach (var block in section.Blocks)
        {
            WriteBlock(block);
            _html.Line();
        }

        _html.Close().Line();
    }

    private void WriteBlock(ReportBlock block)
    {
        switch (block)
        {
            case ParagraphBlock paragraph:
                WriteParagraph(paragraph);
                break;
            case ListBlock list:
                _html.Open("ol", ("class", "text"));
                foreach (var item in list.Items)
                {
                    _html.Open("li");
                    WriteParagraph(item);
                    _html.Close();
                }

                _html.Close();
                break;
            case TableBlock table:
                _html.Open("div", ("class", "table"), ("id", table.Id));
                WriteTable(table, table.Caption, "stack", table.Caption);
                WriteUnder(table.Note);
                WriteFiles(around.Files(table.Id));
                _html.Close();
                break;
            case ChartBlock chart:
                WriteChart(chart);
                break;
            default:
                throw new ArgumentException(block.GetType().Name, nameof(block));
        }
    }

    private void WriteParagraph(ParagraphBlock paragraph)
    {
        _html.Open("p", ("class", "text"));
        _runs.Write(_html, paragraph.Runs);
        _html.Close();
    }

    private void WriteChart(ChartBlock chart)
    {
        _html.Open("figure", ("id", chart.Id)).Leaf("figcaption", chart.Caption);
        OpenWide(chart.Caption);
        _html.Add(chart.Picture.Svg).Close();
        WriteUnder(chart.Note);
        _html.Open("details").Leaf("summary", Say(ReportWords.Data));
        WriteTable(chart.Data, null, "data", $"{chart.Caption} ({Say(ReportWords.Table)})");
        _html.Close();
        WriteFiles(around.Files(chart.Id));
        _html.Close();
    }

    private void OpenWide(string name) =>
        _html.Open(
            "div",
            ("class", "wide"),
            ("tabindex", "0"),
            ("role", "region"),
            ("aria-label", name),
            ("data-hint", Say(ReportWords.Scroll))
        );

    private void WriteTable(TableBlock table, string? caption, string look, string name)
    {
        OpenWide(name);
        _html.Open("table", ("class", look));
        if (caption is not null)
        {
            _html.Leaf("caption", caption);
        }

        _html.Open("thead").Open("tr");
        var looks = table.Columns.Select((column, at) => LookOf(table, column, at)).ToList();
        for (var at = 0; at < looks.Count; at++)
        {
            _html.Leaf("th", table.Columns[at].Heading, ("scope", "col"), ("class", looks[at]));
        }

        _html.Close(2).Line().Open("tbody");
        foreach (var row in table.Rows)
        {
            _html.Open("tr");
            for (var at = 0; at < row.Count && at < table.Columns.Count; at++)
            {
                WriteCell(table.Columns[at], row[at], at == 0, looks[at]);
            }

            _html.Close().Line();
        }

        _html.Close(3);
    }

    /// <summary>A column of a few characters is never broken within them.</summary>
    private static string? LookOf(TableBlock table, TableColumn column, int at)
    {
        var most = table.Rows.Where(row => at < row.Count).Select(row => row[at].Sum(run => run.Text.Length)).DefaultIfEmpty().Max();
        return column.Numeric ? "num"
            : Math.Max(most, column.Heading.Length) <= ShortColumn ? "short"
            : null;
    }

    private void WriteCell(TableColumn column, IReadOnlyList<Run> runs, bool first, string? look)
    {
        if (first && !column.Numeric)
        {
            var isLong = runs.Sum(run => run.Text.Length) > 16;
            _html.Open("th", ("scope", "row"), ("class", isLong ? "long" : null));
        }
        else
        {
            _html.Open("td", ("class", look), ("data-label", column.Heading));
        }

        _runs.Write(_html, runs);
        _html.Close();
    }

    private void WriteUnder(IReadOnlyList<Run> note)
    {
        if (note.Count > 0)
        {
            _html.Open("p", ("class", "under"));
            _runs.Write(_html, note);
            _html.Close();
        }
    }

    private void WriteFiles(IReadOnlyList<HtmlFile> files)
    {
        if (files.Count == 0)
        {
            return;
        }

        _html.Open("p", ("class", "files noprint")).Leaf("span", Say(ReportWords.Download));
        foreach (var file in files)
        {
            _html.Leaf("a", file.Text, ("href", file.Address));
        }

        _html.Close();
    }

    private void WriteFootnotes()
    {
        if (document.Footnotes.Count == 0)
        {
            return;
        }

        _html.Open("section", ("id", "footnotes"), ("aria-labelledby", "footnotes-h"));
        _html.Leaf("h2", Say(ReportWords.Footnotes), ("id", "footnotes-h")).Open("ol", ("class", "foot"));
        for (var number = 1; number <= document.Footnotes.Count; number++)
        {
            _html.Open("li", ("id", HtmlRuns.Footnote(number)));
            _html.Leaf("span", string.Create(CultureInfo.InvariantCulture, $"(*{number})")).Open("p");
            _runs.Write(_html, document.Footnotes[number - 1]);
            var marks = _runs.MarksOf(number);
            for (var mark = 1; mark <= marks; mark++)
            {
                var where = marks > 1 ? string.Create(CultureInfo.InvariantCulture, $" ({mark})") : "";
                var back = $"{Say(ReportWords.Back)}{where}";
                _html.Text(" ").Leaf("a", "↩", ("href", $"#{HtmlRuns.Mark(number, mark)}"), ("class", "noprint"), ("aria-label", back));
            }

            _html.Close(2);
        }

        _html.Close(2).Line();
    }

    private void WriteContacts()
    {
        if (document.Contacts.Count == 0)
        {
            return;
        }

        _html.Open("section", ("id", "contacts"), ("aria-labelledby", "contacts-h"));
        _html.Leaf("h2", Say(ReportWords.Contacts), ("id", "contacts-h")).Open("div", ("class", "contacts"));
        foreach (var contact in document.Contacts)
        {
            _html.Open("div", ("class", "contact")).Leaf("h3", contact.Heading);
            foreach (var line in contact.Lines)
            {
                _html.Leaf("p", line);
            }

            _html.Close();
        }

        _html.Close(2).Line();
    }

    private void WriteSources()
    {
        if (document.Sources.Count == 0)
        {
            return;
        }

        _html.Open("section", ("id", "definitions"), ("aria-labelledby", "definitions-h"), ("class", "sources"));
        _html.Leaf("h2", Say(ReportWords.Definitions), ("id", "definitions-h")).Leaf("p", Say(ReportWords.DefinitionsLead));
        OpenWide($"{Say(ReportWords.Definitions)} ({Say(ReportWords.Table)})");
        _html.Open("table", ("class", "stack")).Open("thead").Open("tr");
        var heads = new[] { ReportWords.Definition, ReportWords.Number, ReportWords.Made, ReportWords.Population, ReportWords.Version };
        for (var at = 0; at < heads.Length; at++)
        {
            _html.Leaf("th", Say(heads[at]), ("scope", "col"), ("class", at is 1 or 2 ? "num" : null));
        }

        _html.Close(2).Line().Open("tbody");
        foreach (var row in SourceRow.Of(document))
        {
            WriteSource(row, [.. heads.Select(Say)]);
        }

        _html.Close(4).Line();
    }

    private void WriteSource(SourceRow row, string[] heads)
    {
        var figure = row.Source.Figure;
        _html.Open("tr", ("id", row.Anchor)).Open("th", ("scope", "row"), ("class", "long")).Text(row.Source.Definition);
        if (_runs.IsUsed(row.Source.Key))
        {
            _html
                .Text(" ")
                .Leaf(
                    "a",
                    "↩",
                    ("href", $"#{HtmlRuns.FirstUse(row.Number)}"),
                    ("class", "noprint"),
                    ("aria-label", $"{Say(ReportWords.Back)}: {row.Source.Definition}")
                );
        }

        _html.Close().Leaf("td", row.Value, ("class", "num"), ("data-label", heads[1]));
        _html.Leaf("td", row.Made, ("class", "num"), ("data-label", heads[2]));
        var leftOut = row.LeftOut.Length == 0 ? "" : $" ({Say(ReportWords.LeftOut)}: {row.LeftOut})";
        _html.Leaf("td", $"{row.Population}{leftOut}", ("data-label", heads[3]));
        _html.Leaf("td", $"{figure.Period} / {figure.CategoryVersion} / {Say(ReportWords.State(figure.State))}", ("data-label", heads[4]));
        _html.Close().Line();
    }
}
