using Noroshi.Hub.Reports.Findings;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Reports;

public sealed class FindingReportTests
{
    [Fact]
    public void Pages_are_written_where_the_environment_says_for_looking_at()
    {
        var pages = FindingReport.Of(SampleSituation.Make()).ToList();
        pages.Count.ShouldBe(16);
        if (Environment.GetEnvironmentVariable("NOROSHI_WRITE_PAGES") is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
            foreach (var page in pages)
            {
                File.WriteAllText(Path.Combine(folder, page.Name), page.Content);
            }
        }
    }
}
