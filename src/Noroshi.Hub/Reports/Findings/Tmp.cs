using Noroshi.Hub.Judgement;

namespace Noroshi.Hub.Reports.Findings;

public record ReportFile(string Name, string Content);

public static class FindingReport
{
    public static IEnumerable<ReportFile> Of(Situation situation) => [];
}
