using System.Text;
using Noroshi.Hub.Reports.Documents;
using Noroshi.Hub.Reports.Texts;

namespace Noroshi.Hub.Reports.Checking;

/// <summary>A paragraph in a person's words.</summary>
/// <param name="Block">Id of the block.</param>
/// <param name="Ja">Language.</param>
/// <param name="Template">The words, with a field in braces for each number, footnote and mention of the generated text.</param>
/// <param name="Made">The fields and their values when it was written: when they differ, its words may not fit any more.</param>
public sealed record EditedWording(string Block, bool Ja, string Template, string Made);

/// <summary>A report with edited wordings in it.</summary>
/// <param name="Report">The report.</param>
/// <param name="Stale">Blocks whose wording was written for other numbers.</param>
/// <param name="Lost">Blocks whose wording does not fit any more: the generated text stands there.</param>
public sealed record EditedReport(ReportDocument Report, IReadOnlyList<string> Stale, IReadOnlyList<string> Lost);

/// <summary>
/// Edited wordings: words are a person's, numbers stay the figures'. A field is <c>{FY2013/provided}</c>, with <c>|part</c> behind it for another
/// number of the same figure; <c>{*1}</c> a footnote; <c>{@figure-1}</c> a mention.
/// </summary>
public static class EditedWordings
{
    private const int Longest = 4_000;

    /// <summary>The generated text as a template.</summary>
    public static string TemplateOf(ParagraphBlock paragraph)
    {
        ArgumentNullException.ThrowIfNull(paragraph);
        return string.Concat(paragraph.Runs.Select(run => FieldOf(run) is { } field ? $"{{{field}}}" : run.Text));
    }

    /// <summary>The fields of a generated text with their values.</summary>
    public static string MadeOf(ParagraphBlock paragraph)
    {
        ArgumentNullException.ThrowIfNull(paragraph);
        return string.Join(
            ';',
            paragraph
                .Runs.Select(run => FieldOf(run) is { } field ? $"{field}={run.Text}" : null)
                .OfType<string>()
                .Order(StringComparer.Ordinal)
        );
    }

    /// <summary>The paragraphs of a report.</summary>
    public static IEnumerable<ParagraphBlock> All(ReportDocument report) => Paragraphs(report);

    /// <summary>A paragraph of a report; null when there is none of that id.</summary>
    public static ParagraphBlock? Find(ReportDocument report, string block) =>
        Paragraphs(report).FirstOrDefault(one => string.Equals(one.Id, block, StringComparison.Ordinal));

    /// <summary>What keeps a template from standing in the place of a generated text; null when nothing does.</summary>
    public static Words? Problem(ParagraphBlock generated, string? template)
    {
        ArgumentNullException.ThrowIfNull(generated);
        if (string.IsNullOrWhiteSpace(template) || template.Length > Longest)
        {
            return new($"文は1文字から{Longest}文字までです", $"a wording has 1 to {Longest} characters");
        }

        var fields = Fields(generated);
        if (Read(template, fields) is not { } runs)
        {
            return new("元の文にない項目名が { } の中にあります", "a field in braces is not one of the generated text");
        }

        var kept = runs.Select(FieldOf).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return kept.Count == fields.Count
            ? null
            : new(
                $"元の文の項目が残っていません: {string.Join(" ", fields.Keys.Where(one => !kept.Contains(one)).Select(one => $"{{{one}}}"))}",
                $"fields of the generated text are missing: {string.Join(" ", fields.Keys.Where(one => !kept.Contains(one)).Select(one => $"{{{one}}}"))}"
            );
    }

    /// <summary>The report with the wordings of its language in it.</summary>
    public static EditedReport Apply(ReportDocument report, IReadOnlyList<EditedWording> wordings)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(wordings);
        var own = wordings.Where(one => one.Ja == report.Ja).ToDictionary(one => one.Block, StringComparer.Ordinal);
        var (stale, lost) = (new List<string>(), new List<string>());
        ParagraphBlock Edited(ParagraphBlock paragraph)
        {
            if (!own.TryGetValue(paragraph.Id, out var wording))
            {
                return paragraph;
            }

            if (Problem(paragraph, wording.Template) is not null || Read(wording.Template, Fields(paragraph)) is not { } runs)
            {
                lost.Add(paragraph.Id);
                return paragraph;
            }

            if (MadeOf(paragraph) != wording.Made)
            {
                stale.Add(paragraph.Id);
            }

            return paragraph with
            {
                Runs = runs,
            };
        }

        var sections = report.Sections.Select(section =>
            section with
            {
                Blocks =
                [
                    .. section.Blocks.Select(block =>
                        block switch
                        {
                            ParagraphBlock paragraph => Edited(paragraph),
                            ListBlock list => new ListBlock([.. list.Items.Select(Edited)]),
                            _ => block,
                        }
                    ),
                ],
            }
        );
        var made = report with { Sections = [.. sections] };
        lost.AddRange(own.Keys.Where(id => Find(report, id) is null).Order(StringComparer.Ordinal));
        return new EditedReport(made, stale, lost);
    }

    private static IEnumerable<ParagraphBlock> Paragraphs(ReportDocument report) =>
        ReportRuns
            .Blocks(report)
            .SelectMany(block =>
                block switch
                {
                    ParagraphBlock paragraph => [paragraph],
                    ListBlock list => list.Items,
                    _ => Enumerable.Empty<ParagraphBlock>(),
                }
            );

    private static Dictionary<string, Run> Fields(ParagraphBlock paragraph)
    {
        var fields = new Dictionary<string, Run>(StringComparer.Ordinal);
        foreach (var run in paragraph.Runs)
        {
            if (FieldOf(run) is { } field)
            {
                fields.TryAdd(field, run);
            }
        }

        return fields;
    }

    private static string? FieldOf(Run run) =>
        run switch
        {
            FigureRun { Facet.Length: 0 } figure => figure.Source,
            FigureRun figure => $"{figure.Source}|{figure.Facet}",
            FootnoteRun note => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"*{note.Number}"),
            ReferenceRun reference => $"@{reference.Target}",
            _ => null,
        };

    /// <summary>The runs of a template; null when a brace is left open or names no field.</summary>
    private static List<Run>? Read(string template, Dictionary<string, Run> fields)
    {
        var runs = new List<Run>();
        var words = new StringBuilder();
        for (var at = 0; at < template.Length; at++)
        {
            if (template[at] == '}' || char.IsControl(template[at]))
            {
                return null;
            }

            if (template[at] != '{')
            {
                words.Append(template[at]);
                continue;
            }

            var end = template.IndexOf('}', at);
            if (end < 0 || !fields.TryGetValue(template[(at + 1)..end], out var run))
            {
                return null;
            }

            if (words.Length > 0)
            {
                runs.Add(new TextRun(words.ToString()));
                words.Clear();
            }

            runs.Add(run);
            at = end;
        }

        if (words.Length > 0)
        {
            runs.Add(new TextRun(words.ToString()));
        }

        return runs;
    }
}
