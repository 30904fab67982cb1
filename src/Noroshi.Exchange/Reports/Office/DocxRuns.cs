using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;
using Noroshi.Hub.Reports.Documents;
using Run = DocumentFormat.OpenXml.Wordprocessing.Run;

namespace Noroshi.Exchange.Reports.Office;

/// <summary>Text with its links. The first mark of a footnote carries it; a further one names the same.</summary>
internal sealed class DocxRuns(ReportDocument document)
{
    private readonly Dictionary<string, int> _sources = document
        .Sources.Select((one, at) => (one.Key, at + 1))
        .DistinctBy(one => one.Key, StringComparer.Ordinal)
        .ToDictionary(one => one.Key, one => one.Item2, StringComparer.Ordinal);

    private readonly HashSet<string> _anchors =
    [
        .. document.Sections.Where(one => one.Heading is not null).Select(one => one.Id),
        .. document.Tables().Select(one => one.Id),
        .. document.Charts().Select(one => one.Id),
    ];

    private int _carried;
    private int _bookmarks;

    /// <summary>Numbers of footnotes that no mark carries.</summary>
    public IEnumerable<int> Uncarried => Enumerable.Range(_carried + 1, document.Footnotes.Count - _carried);

    /// <summary>A text as the format wants it.</summary>
    public static Text TextOf(string text) => new(OfficePackage.Line(text)) { Space = SpaceProcessingModeValues.Preserve };

    /// <summary>Anchor of a definition.</summary>
    public static string Definition(int number) => string.Create(CultureInfo.InvariantCulture, $"definition-{number}");

    /// <summary>Start and end of a place that links lead to.</summary>
    public (BookmarkStart Start, BookmarkEnd End) Place(string anchor)
    {
        var id = (++_bookmarks).ToString(CultureInfo.InvariantCulture);
        return (new BookmarkStart { Id = id, Name = Name(anchor) }, new BookmarkEnd { Id = id });
    }

    /// <summary>The runs of a text.</summary>
    /// <param name="runs">Text.</param>
    /// <param name="notes">Whether footnotes may be carried here: not within footnotes.</param>
    public IEnumerable<OpenXmlElement> Of(IEnumerable<Hub.Reports.Documents.Run> runs, bool notes = true)
    {
        foreach (var run in runs)
        {
            switch (run)
            {
                case FigureRun figure when _sources.TryGetValue(figure.Source, out var number):
                    yield return Link(Definition(number), new Run(TextOf(figure.Text)));
                    break;
                case ReferenceRun reference when _anchors.Contains(reference.Target):
                    yield return Link(reference.Target, new Run(TextOf(reference.Text)));
                    break;
                case FootnoteRun note when notes && Carries(note):
                    var (before, after) = Around(note.Text, note.Number);
                    yield return new Run(Superscript(), TextOf(before));
                    yield return new Run(Superscript(), new FootnoteReference { Id = note.Number });
                    yield return new Run(Superscript(), TextOf(after));
                    break;
                case FootnoteRun note:
                    yield return new Run(Superscript(), TextOf(note.Text));
                    break;
                case TextRun { Strong: true } strong:
                    yield return new Run(new RunProperties(new Bold()), TextOf(strong.Text));
                    break;
                default:
                    yield return new Run(TextOf(run.Text));
                    break;
            }
        }
    }

    /// <summary>Programs number footnotes by themselves: one is carried where its number is that which they give it.</summary>
    private bool Carries(FootnoteRun note)
    {
        if (note.Number != _carried + 1 || note.Number > document.Footnotes.Count || Around(note.Text, note.Number).Before.Length == note.Text.Length)
        {
            return false;
        }

        _carried++;
        return true;
    }

    /// <summary>What stands around the number of a mark: (* and ).</summary>
    private static (string Before, string After) Around(string mark, int number)
    {
        var digits = number.ToString(CultureInfo.InvariantCulture);
        var at = mark.IndexOf(digits, StringComparison.Ordinal);
        return at < 0 ? (mark, "") : (mark[..at], mark[(at + digits.Length)..]);
    }

    /// <summary>The footnotes that were carried, and the lines above them.</summary>
    public Footnotes Footnotes()
    {
        var made = new Footnotes(
            new Footnote(new Paragraph(new Run(new SeparatorMark()))) { Type = FootnoteEndnoteValues.Separator, Id = -1 },
            new Footnote(new Paragraph(new Run(new ContinuationSeparatorMark())))
            {
                Type = FootnoteEndnoteValues.ContinuationSeparator,
                Id = 0,
            }
        );
        for (var number = 1; number <= _carried; number++)
        {
            made.Append(new Footnote(Footnote(number, new Run(Superscript(), new FootnoteReferenceMark()))) { Id = number });
        }

        return made;
    }

    /// <summary>A footnote as a paragraph.</summary>
    public Paragraph Footnote(int number) => Footnote(number, new Run(TextOf(string.Create(CultureInfo.InvariantCulture, $"(*{number})"))));

    private Paragraph Footnote(int number, Run mark)
    {
        var paragraph = new Paragraph(new ParagraphProperties(new ParagraphStyleId { Val = DocxStyles.Note }));
        paragraph.Append(mark, new Run(TextOf(" ")));
        paragraph.Append(Of(document.Footnotes[number - 1], notes: false));
        return paragraph;
    }

    private static RunProperties Superscript() => new(new RunStyle { Val = DocxStyles.Mark });

    private static Hyperlink Link(string anchor, Run run) => new(run) { Anchor = Name(anchor), History = true };

    // Names of bookmarks: a letter first, letters, digits and underscores, at most 40.
    private static string Name(string anchor)
    {
        var name = $"b_{string.Concat(anchor.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'))}";
        return name.Length > 40 ? name[..40] : name;
    }
}
