using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Noroshi.Hub.Figures;
using Noroshi.Hub.Reports.Documents;
using Noroshi.Hub.Statistics;

namespace Noroshi.Exchange.Reports.Data;

/// <summary>
/// The report as data (<c>noroshi.report/1</c>, docs/schemas/report-1.json): its texts in pieces, its tables, and every number that is bound to
/// a figure with numerator, denominator, unit, population, exceptions, category version and state.
/// </summary>
public sealed class JsonReportWriter : IReportWriter
{
    /// <summary>Schema of the document.</summary>
    public const string Schema = "noroshi.report/1";

    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        // Japanese stays readable; markup is escaped, should somebody put the document into a page.
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    /// <inheritdoc/>
    public string Format => "json";

    /// <inheritdoc/>
    public string Extension => ".json";

    /// <inheritdoc/>
    public async Task WriteAsync(ReportDocument document, Stream to, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(to);
        await to.WriteAsync(Of(document), cancellation);
    }

    /// <summary>The document, UTF-8, with a line feed at its end.</summary>
    public static byte[] Of(ReportDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            new Package(json).Write(document);
        }

        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }

    /// <summary>A report of one table or figure and of the figures that it names: the data beside a picture. Null when it has none of that id.</summary>
    internal static byte[]? OfPart(ReportDocument document, string id)
    {
        var section = document.Sections.FirstOrDefault(one => one.Blocks.Any(Is));
        if (section is null)
        {
            return null;
        }

        var block = section.Blocks.First(Is);
        var named = Runs(block).OfType<FigureRun>().Select(run => run.Source).ToHashSet(StringComparer.Ordinal);
        return Of(
            document with
            {
                Sections = [section with { Blocks = [block] }],
                Footnotes = [],
                Contacts = [],
                Sources = [.. document.Sources.Where(source => named.Contains(source.Key))],
            }
        );

        bool Is(ReportBlock one) => one is TableBlock table && table.Id == id || one is ChartBlock chart && chart.Id == id;
    }

    private static IEnumerable<Run> Runs(ReportBlock block) =>
        block switch
        {
            TableBlock table => table.Rows.SelectMany(row => row).SelectMany(cell => cell).Concat(table.Note),
            ChartBlock chart => Runs(chart.Data).Concat(chart.Note),
            _ => [],
        };

    /// <summary>A document while it is being written.</summary>
    private sealed class Package(Utf8JsonWriter json)
    {
        public void Write(ReportDocument document)
        {
            json.WriteStartObject();
            json.WriteString("schema", Schema);
            json.WriteString("id", document.Id);
            json.WriteString("form", NameOf(document.Form));
            json.WriteString("language", document.Ja ? "ja" : "en");
            Text("title", document.Title);
            Text("subtitle", document.Subtitle);
            Text("issuer", document.Issuer);
            Text("date", document.Date);
            Text("period", document.Period);
            json.WriteString("state", document.State == StatisticState.Final ? "final" : "preliminary");
            Text("marking", document.Marking);
            List("sections", document.Sections, WriteSection);
            List("footnotes", document.Footnotes, Runs);
            List("contacts", document.Contacts, WriteContact);
            List("figures", document.Sources, WriteSource);
            json.WriteEndObject();
        }

        private void WriteSection(ReportSection section)
        {
            json.WriteStartObject();
            json.WriteString("id", section.Id);
            json.WriteNumber("level", section.Level);
            Text("heading", section.Heading);
            List("blocks", section.Blocks, WriteBlock);
            json.WriteEndObject();
        }

        private void WriteBlock(ReportBlock block)
        {
            json.WriteStartObject();
            switch (block)
            {
                case ParagraphBlock paragraph:
                    json.WriteString("type", "paragraph");
                    WriteParagraph(paragraph);
                    break;
                case ListBlock list:
                    json.WriteString("type", "list");
                    List(
                        "items",
                        list.Items,
                        item =>
                        {
                            json.WriteStartObject();
                            WriteParagraph(item);
                            json.WriteEndObject();
                        }
                    );
                    break;
                case TableBlock table:
                    json.WriteString("type", "table");
                    json.WriteString("id", table.Id);
                    Text("caption", table.Caption);
                    WriteTable(table);
                    List("note", table.Note, WriteRun);
                    break;
                case ChartBlock chart:
                    json.WriteString("type", "chart");
                    json.WriteString("id", chart.Id);
                    Text("caption", chart.Caption);
                    Text("description", chart.Description);
                    WriteTable(chart.Data);
                    List("note", chart.Note, WriteRun);
                    break;
                default:
                    throw new ArgumentException(block.GetType().Name, nameof(block));
            }

            json.WriteEndObject();
        }

        private void WriteParagraph(ParagraphBlock paragraph)
        {
            json.WriteString("id", paragraph.Id);
            List("runs", paragraph.Runs, WriteRun);
        }

        private void WriteTable(TableBlock table)
        {
            List(
                "columns",
                table.Columns,
                column =>
                {
                    json.WriteStartObject();
                    Text("heading", column.Heading);
                    json.WriteBoolean("numeric", column.Numeric);
                    json.WriteEndObject();
                }
            );
            List(
                "rows",
                table.Rows,
                row =>
                {
                    json.WriteStartArray();
                    foreach (var cell in row)
                    {
                        Runs(cell);
                    }

                    json.WriteEndArray();
                }
            );
        }

        private void WriteContact(ContactBlock contact)
        {
            json.WriteStartObject();
            Text("heading", contact.Heading);
            List("lines", contact.Lines, line => json.WriteStringValue(VisibleText.Of(line)));
            json.WriteEndObject();
        }

        private void WriteSource(FigureSource source)
        {
            json.WriteStartObject();
            json.WriteString("key", source.Key);
            Text("definition", source.Definition);
            StatisticsDocument.WriteMembers(json, source.Figure);
            json.WriteEndObject();
        }

        private void WriteRun(Run run)
        {
            json.WriteStartObject();
            Text("text", run.Text);
            switch (run)
            {
                case FigureRun figure:
                    json.WriteString("figure", figure.Source);
                    break;
                case FootnoteRun note:
                    json.WriteNumber("footnote", note.Number);
                    break;
                case ReferenceRun reference:
                    json.WriteString("target", reference.Target);
                    break;
                case TextRun { Strong: true }:
                    json.WriteBoolean("strong", value: true);
                    break;
                default:
                    break;
            }

            json.WriteEndObject();
        }

        private void Runs(IReadOnlyList<Run> runs)
        {
            json.WriteStartArray();
            foreach (var run in runs)
            {
                WriteRun(run);
            }

            json.WriteEndArray();
        }

        private void List<T>(string name, IReadOnlyList<T> items, Action<T> write)
        {
            json.WriteStartArray(name);
            foreach (var item in items)
            {
                write(item);
            }

            json.WriteEndArray();
        }

        // What no page shows as it is, and half characters, which no UTF-8 has, are written out here as well.
        private void Text(string name, string? text)
        {
            if (text is null)
            {
                json.WriteNull(name);
            }
            else
            {
                json.WriteString(name, VisibleText.Of(text));
            }
        }

        private static string NameOf(ReportForm form) =>
            form switch
            {
                ReportForm.Activity => "activity",
                ReportForm.Quarterly => "quarterly",
                ReportForm.PressRelease => "pressRelease",
                ReportForm.Dossier => "dossier",
                ReportForm.IssuerProfile => "issuerProfile",
            };
    }
}
