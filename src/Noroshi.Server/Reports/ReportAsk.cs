using Noroshi.Hub.Reports.Checking;
using Noroshi.Hub.Statistics;
using Noroshi.Server.Sharing;

namespace Noroshi.Server.Reports;

/// <summary>Which report the verb <c>report</c> is about.</summary>
/// <param name="Period">Its period.</param>
/// <param name="Press">The press release of the year.</param>
/// <param name="Ja">Japanese; English otherwise.</param>
internal sealed record ReportAsk(Period Period, bool Press, bool Ja)
{
    private const string PressWord = "press";
    private const string ReportWord = "report";
    private const string Japanese = "ja";
    private const string English = "en";

    /// <summary>As the hub is asked: <c>FY2013 press ja</c>.</summary>
    public string Line => $"{Period.Id} {(Press ? PressWord : ReportWord)} {(Ja ? Japanese : English)}";

    /// <summary>Reads such a line; null when it is none.</summary>
    public static ReportAsk? Read(string? line) =>
        line?.Split(' ') is [var id, PressWord or ReportWord, Japanese or English] words
        && Period.Parse(id) is { } period
        && (words[1] == ReportWord || period.Kind == PeriodKind.Year)
            ? new ReportAsk(period, words[1] == PressWord, words[2] == Japanese)
            : null;
}

/// <summary>What a report is made of, and what the check found in it.</summary>
/// <param name="Material">Material.</param>
/// <param name="Problems">Problems, in the order of the report.</param>
internal sealed record CheckedMaterial(SentMaterial Material, IReadOnlyList<FoundProblem> Problems);

/// <summary>Answers the verb <c>report</c>: the check needs the words of all members, which do not leave the hub.</summary>
internal sealed class ReportAnswers(ReportMaterials materials, IdentityBook words)
{
    /// <summary>Material and problems of a report.</summary>
    public async Task<CheckedMaterial> OfAsync(ReportAsk ask, CancellationToken cancellation)
    {
        var material = await materials.OfAsync(ask.Period, ask.Ja, cancellation);
        // A material holds approved cases only: those are the ones that may be told.
        var told = (material.Cases?.Cases ?? []).Select(one => one.Label).ToHashSet(StringComparer.Ordinal);
        var found = ReportChecker.Check(ReportForms.Of(material, ask.Press), new CheckGround(told, words.Current.Gate));
        return new CheckedMaterial(SentMaterial.Of(material), [.. found.Select(one => FoundProblem.Of(one, ask.Ja))]);
    }
}
