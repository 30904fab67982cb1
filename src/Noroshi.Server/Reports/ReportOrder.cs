using System.Text.Json;
using System.Text.Json.Serialization;
using Noroshi.Hub.Reports.Activity;
using Noroshi.Hub.Reports.Cases;
using Noroshi.Hub.Reports.Documents;
using Noroshi.Hub.Reports.Press;
using Noroshi.Hub.Reports.Quarterly;
using Noroshi.Hub.Reports.Texts;
using Noroshi.Hub.Statistics;

namespace Noroshi.Server.Reports;

/// <summary>What a hub that holds the folder hands to the verb <c>report</c>: the material of a report, in one line.</summary>
/// <param name="Period">Id of the period.</param>
/// <param name="Figures">Figures.</param>
/// <param name="Issuer">Who issues it.</param>
/// <param name="Date">Its date.</param>
/// <param name="Cases">The special analysis; null when the case list is empty.</param>
internal sealed record SentMaterial(
    string Period,
    IReadOnlyList<Statistic> Figures,
    ReportIssuer Issuer,
    DateOnly Date,
    CaseAnalysis? Cases
)
{
    /// <summary>Material as it is sent.</summary>
    public static SentMaterial Of(ReportMaterial material) =>
        new(material.Period.Id, material.Figures, material.Issuer, material.Date, material.Cases);

    /// <summary>Material in a language; null when the period is none.</summary>
    public ReportMaterial? In(bool ja) =>
        Noroshi.Hub.Statistics.Period.Parse(Period) is not { } period
            ? null
            : new ReportMaterial
            {
                Ja = ja,
                Period = period,
                Figures = Figures,
                Issuer = Issuer,
                Date = Date,
                Cases = Cases,
            };
}

/// <summary>Which report is made of a material.</summary>
internal static class ReportForms
{
    /// <summary>The report of the period, or its press release.</summary>
    public static ReportDocument Of(ReportMaterial material, bool press) =>
        press ? PressRelease.Of(material)
        : material.Period.Kind == PeriodKind.Quarter ? QuarterlyReport.Of(material)
        : ActivityReport.Of(material);
}

/// <summary>JSON of the material.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = 16
)]
[JsonSerializable(typeof(SentMaterial))]
[JsonSerializable(typeof(CheckedMaterial))]
internal sealed partial class ReportMaterialJson : JsonSerializerContext;
