using System.Diagnostics;
using Noroshi.Makers.Hostile;
using Noroshi.Makers.Outlook;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Outlook;

public sealed class OutlookRobustnessTests
{
    public static TheoryData<string> Groups() => [.. HostileOutlook.All.Select(input => input.Group).Distinct(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Groups))]
    public void Hostile_items_give_facts_and_the_finding_they_must(string group)
    {
        var inputs = HostileOutlook.All.Where(input => input.Group == group).ToList();
        inputs.Count.ShouldBeGreaterThanOrEqualTo(3);
        foreach (var input in inputs)
        {
            var bytes = input.Make();
            var watch = Stopwatch.StartNew();

            var findings = new List<Findings.Finding>();
            Dissector.Dissect(
                bytes,
                new DissectionRequest { Kind = InputKind.Auto, Name = "a.msg" },
                frame =>
                    findings.AddRange(
                        frame.Mail is { } mail ? Of(mail)
                        : frame.File is { } file ? Of(file)
                        : []
                    )
            );

            // Far above what is measured, far below the worker's limit; the machine may be busy.
            watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20), input.Name);
            if (input.Finding is { } code)
            {
                findings.ShouldContain(finding => finding.Code.StartsWith(code, StringComparison.Ordinal), input.Name);
            }
        }
    }

    [Fact]
    public void Cut_and_changed_items_never_throw()
    {
        var random = new Random(20130520);
        foreach (var (name, make) in MsgCases.All)
        {
            var seed = make();
            for (var i = 0; i < 60; i++)
            {
                var bytes = seed.ToArray();
                for (var flips = random.Next(1, 12); flips > 0; flips--)
                {
                    bytes[random.Next(512, bytes.Length)] = (byte)random.Next(256);
                }

                var length = i % 3 == 0 ? random.Next(512, bytes.Length) : bytes.Length;
                Dissector.Mail(bytes.AsMemory(0, length)).Sha256.Length.ShouldBe(64, name);
            }
        }
    }

    private static IEnumerable<Findings.Finding> Of(MailFacts mail) => mail.Findings.Concat(mail.Attachments.SelectMany(Of));

    private static IEnumerable<Findings.Finding> Of(FileFacts file) =>
        file.Findings.Concat(file.Children.SelectMany(Of)).Concat(file.Mail is { } mail ? Of(mail) : []);
}
