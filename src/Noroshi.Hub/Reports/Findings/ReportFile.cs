namespace Noroshi.Hub.Reports.Findings;

/// <summary>A page of the report.</summary>
/// <param name="Name">File name; pages refer to one another by it, so all stand in one folder.</param>
/// <param name="Content">HTML, to be written as UTF-8.</param>
public sealed record ReportFile(string Name, string Content);

/// <summary>Language of a page.</summary>
public enum ReportLanguage
{
    /// <summary>Japanese.</summary>
    Ja,

    /// <summary>English.</summary>
    En,
}

/// <summary>The same words in both languages.</summary>
/// <param name="Ja">Japanese.</param>
/// <param name="En">English.</param>
internal sealed record Phrase(string Ja, string En)
{
    public string In(ReportLanguage language) =>
        language switch
        {
            ReportLanguage.Ja => Ja,
            ReportLanguage.En => En,
        };
}
