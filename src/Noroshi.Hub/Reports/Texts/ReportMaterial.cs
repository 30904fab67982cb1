using Noroshi.Hub.Reports.Cases;
using Noroshi.Hub.Statistics;

namespace Noroshi.Hub.Reports.Texts;

/// <summary>What a report is made of.</summary>
public sealed record ReportMaterial
{
    /// <summary>Japanese; English otherwise.</summary>
    public required bool Ja { get; init; }

    /// <summary>The period that it is about.</summary>
    public required Period Period { get; init; }

    /// <summary>Figures of the period, of those before that are known, and of its months; with industry groups or without.</summary>
    public required IReadOnlyList<Statistic> Figures { get; init; }

    /// <summary>Who issues it.</summary>
    public required ReportIssuer Issuer { get; init; }

    /// <summary>Its date.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>The special analysis; null when the case list is empty.</summary>
    public CaseAnalysis? Cases { get; init; }
}

/// <summary>Who issues reports.</summary>
/// <param name="Name">Name of the hub or of the body that runs it.</param>
/// <param name="Contact">For questions about the matter: name, telephone; never a mail address.</param>
/// <param name="PressContact">For the press.</param>
public sealed record ReportIssuer(Words Name, IReadOnlyList<Words> Contact, IReadOnlyList<Words> PressContact);
