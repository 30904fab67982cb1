using System.Diagnostics;
using Noroshi.Makers.Hostile;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Pdf;

public sealed class HostilePdfTests
{
    public static TheoryData<string> Names => [.. HostilePdf.All.Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Hostile_files_are_looked_into_and_remarked_on(string name)
    {
        var input = HostilePdf.All.Single(one => one.Name == name);
        var bytes = input.Make();
        var clock = Stopwatch.StartNew();

        var facts = Dissector.File(bytes, "a");

        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20));
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{name}: {clock.ElapsedMilliseconds} ms, {string.Join(' ', facts.Findings.Select(one => one.Code).Distinct(StringComparer.Ordinal))}"
        );
        facts.Findings.ShouldNotContain(one => one.Code == "file.unreadable");
        if (input.Finding is { } wanted)
        {
            facts.Findings.ShouldContain(one => one.Code.StartsWith(wanted, StringComparison.Ordinal));
        }
    }
}
