using Noroshi.Hub.Reports.Documents;
using Noroshi.Hub.Statistics;

namespace Noroshi.Hub.Reports.Texts;

/// <summary>A report while it is made: figures, sentences, footnotes in the order of their marks.</summary>
internal sealed class Making
{
    private readonly List<IReadOnlyList<Run>> _footnotes = [];

    /// <summary>Begins.</summary>
    public Making(ReportMaterial material)
    {
        Material = material;
        Sheet = new FigureSheet(material.Ja, material.Figures);
        Told = new Told(Sheet);
    }

    /// <summary>What it is made of.</summary>
    public ReportMaterial Material { get; }

    /// <summary>Figures.</summary>
    public FigureSheet Sheet { get; }

    /// <summary>Sentences.</summary>
    public Told Told { get; }

    /// <summary>A press release is made: its items stand in the past tense throughout.</summary>
    public bool IsPress { get; init; }

    /// <summary>Language.</summary>
    public bool Ja => Material.Ja;

    /// <summary>The period.</summary>
    public Period Period => Material.Period;

    /// <summary>2013年度.</summary>
    public string PeriodName => PeriodWords.Name(Period, Ja);

    /// <summary>A figure of the period.</summary>
    public Statistic? Find(string id) => Sheet.Find(Period, id);

    /// <summary>The text of the language.</summary>
    public Prose Say(Prose ja, Prose en) => Ja ? ja : en;

    /// <summary>A paragraph of sentences; those that say nothing are left out.</summary>
    public ParagraphBlock Paragraph(string id, params IReadOnlyList<Prose> sentences) =>
        new(id, Prose.Joined([.. sentences.Where(one => !one.IsEmpty)], Ja ? "" : " ").Runs);

    /// <summary>The mark of a footnote that is put behind those already there.</summary>
    public Run Footnote(Prose text)
    {
        _footnotes.Add(text.Runs);
        return new FootnoteRun(
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"(*{_footnotes.Count})"),
            _footnotes.Count
        );
    }

    /// <summary>A mention of a table or figure.</summary>
    public static Run See(string label, string target) => new ReferenceRun(label, target);

    /// <summary>The finished report.</summary>
    /// <param name="form">Form.</param>
    /// <param name="title">Title.</param>
    /// <param name="sections">Sections.</param>
    /// <param name="subtitle">Line under the title.</param>
    public ReportDocument Done(ReportForm form, string title, IReadOnlyList<ReportSection> sections, string? subtitle = null)
    {
        var name = form switch
        {
            ReportForm.Activity => "activity",
            ReportForm.Quarterly => "quarterly",
            ReportForm.PressRelease => "press",
            ReportForm.Dossier => "dossier",
            ReportForm.IssuerProfile => "profile",
        };
        var made = new ReportDocument
        {
            Id = $"{name}-{Period.Id["FY".Length..].ToLowerInvariant()}-{(Ja ? "ja" : "en")}",
            Form = form,
            Ja = Ja,
            Title = title,
            Subtitle = subtitle,
            Issuer = Material.Issuer.Name.In(Ja),
            Date = PeriodWords.Day(Material.Date, Ja),
            Period = Ja ? $"{PeriodName}({PeriodWords.Range(Period, Ja)})" : $"{PeriodName} ({PeriodWords.Range(Period, Ja)})",
            State = Material.Figures.Any(one => one.Period == Period.Id && one.State != StatisticState.Final)
                ? StatisticState.Preliminary
                : StatisticState.Final,
            Marking = "TLP:CLEAR",
            Sections = sections,
            Footnotes = _footnotes,
            Contacts =
            [
                new ContactBlock(
                    Ja ? "本件に関するお問い合わせ先" : "Contact",
                    [Material.Issuer.Name.In(Ja), .. Material.Issuer.Contact.Select(one => one.In(Ja))]
                ),
                new ContactBlock(
                    Ja ? "報道関係からのお問い合わせ先" : "Press contact",
                    [Material.Issuer.Name.In(Ja), .. Material.Issuer.PressContact.Select(one => one.In(Ja))]
                ),
            ],
            Sources = [],
        };
        made = made with { Sources = Sheet.SourcesOf(ReportRuns.Of(made).OfType<FigureRun>()) };
        return Ja ? JapaneseForms.Of(made) : made;
    }
}
