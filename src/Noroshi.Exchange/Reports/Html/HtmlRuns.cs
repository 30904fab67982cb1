using System.Globalization;
using Noroshi.Hub.Figures;
using Noroshi.Hub.Reports.Documents;

namespace Noroshi.Exchange.Reports.Html;

/// <summary>Text with its links: numbers to their definitions, marks to footnotes, mentions to what they name. Remembers where each was used.</summary>
internal sealed class HtmlRuns(ReportDocument document)
{
    private readonly Dictionary<string, int> _sources = Numbers(document);
    private readonly HashSet<string> _anchors = Anchors(document);
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);
    private readonly Dictionary<int, int> _marks = [];

    /// <summary>Anchor of a footnote.</summary>
    public static string Footnote(int number) => string.Create(CultureInfo.InvariantCulture, $"footnote-{number}");

    /// <summary>Anchor of the so-manieth mark of a footnote.</summary>
    public static string Mark(int number, int mark) => string.Create(CultureInfo.InvariantCulture, $"mark-{number}-{mark}");

    /// <summary>Anchor of the first place where the number of a definition stands.</summary>
    public static string FirstUse(int number) => string.Create(CultureInfo.InvariantCulture, $"number-{number}");

    /// <summary>How many marks a footnote has so far.</summary>
    public int MarksOf(int number) => _marks.GetValueOrDefault(number);

    /// <summary>Whether a number of that source was written.</summary>
    public bool IsUsed(string source) => _used.Contains(source);

    /// <summary>Writes text.</summary>
    public void Write(Markup html, IReadOnlyList<Run> runs)
    {
        foreach (var run in runs)
        {
            switch (run)
            {
                case FigureRun figure when _sources.TryGetValue(figure.Source, out var number):
                    html.Leaf(
                        "a",
                        figure.Text,
                        ("class", "bound"),
                        ("href", $"#{SourceRow.AnchorOf(number)}"),
                        ("id", _used.Add(figure.Source) ? FirstUse(number) : null)
                    );
                    break;
                case FootnoteRun note when note.Number >= 1 && note.Number <= document.Footnotes.Count:
                    var mark = _marks[note.Number] = _marks.GetValueOrDefault(note.Number) + 1;
                    html.Leaf(
                        "a",
                        note.Text,
                        ("class", "mark"),
                        ("href", $"#{Footnote(note.Number)}"),
                        ("id", Mark(note.Number, mark)),
                        ("role", "doc-noteref")
                    );
                    break;
                case ReferenceRun reference when _anchors.Contains(reference.Target):
                    html.Leaf("a", reference.Text, ("href", $"#{reference.Target}"));
                    break;
                case TextRun { Strong: true } strong:
                    html.Leaf("strong", strong.Text);
                    break;
                default:
                    html.Text(run.Text);
                    break;
            }
        }
    }

    private static Dictionary<string, int> Numbers(ReportDocument document)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var at = 0; at < document.Sources.Count; at++)
        {
            numbers.TryAdd(document.Sources[at].Key, at + 1);
        }

        return numbers;
    }

    private static HashSet<string> Anchors(ReportDocument document) =>
        [
            .. document.Sections.Select(one => one.Id),
            .. document.Tables().Select(one => one.Id),
            .. document.Charts().Select(one => one.Id),
        ];
}
