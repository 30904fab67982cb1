using System.Diagnostics;
using Noroshi.MailAnatomy.Files;
using Noroshi.MailAnatomy.FileTypes;
using Noroshi.Makers.Hostile;
using Noroshi.Makers.Programs;
using Noroshi.Makers.Shortcuts;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Programs;

public sealed class HostileProgramTests
{
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(10);

    public static TheoryData<string> Names => [.. HostilePrograms.All.Select(input => input.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Hostile_tables_are_read_in_bounded_time_and_remarked_on(string name)
    {
        var input = HostilePrograms.All.Single(one => one.Name == name);
        var bytes = input.Make();
        var clock = Stopwatch.StartNew();

        var files = new FileDissector(new DissectionRequest(), new Budget());
        var node = files.Describe("a.bin", "", bytes, 0);
        files.Open(node, null);

        clock.Elapsed.ShouldBeLessThan(MaxTime);
        var codes = node.All().SelectMany(file => file.Findings).Select(finding => finding.Code).ToList();
        codes.ShouldNotContain(one => one == "file.unreadable");
        if (input.Finding is { } wanted)
        {
            codes.ShouldContain(code => code.StartsWith(wanted, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Each_class_has_three_variants_or_stands_with_its_like_and_every_name_is_its_own()
    {
        HostilePrograms.All.Select(input => input.Name).Distinct(StringComparer.Ordinal).Count().ShouldBe(HostilePrograms.All.Count);
        HostilePrograms
            .All.GroupBy(input => input.Group, StringComparer.Ordinal)
            .Where(group => group.Count() < 3)
            .Select(group => group.Key)
            .ShouldBeEmpty();
    }

    [Fact]
    public void No_cut_and_no_flipped_byte_of_a_full_program_or_link_throws()
    {
        byte[][] files =
        [
            PortableProgramTests.Full(wide: false),
            PortableProgramTests.Full(wide: true),
            Shortcuts.LinkReportTests.Full().Build(),
        ];
        var random = new Random(20131017);
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < 3_000; i++)
        {
            var bytes = files[i % files.Length].ToArray();
            for (var flips = random.Next(6); flips >= 0; flips--)
            {
                // Most tables stand near the start.
                bytes[random.Next(random.Next(2) == 0 ? bytes.Length : Math.Min(bytes.Length, 0x300))] = (byte)random.Next(256);
            }

            Inspect(bytes.AsMemory(0, i % 2 == 0 ? bytes.Length : random.Next(bytes.Length)));
        }

        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20));
    }

    private static void Inspect(ReadOnlyMemory<byte> bytes)
    {
        if (FileTypeTable.Recognise(bytes.Span) is var (recogniser, match))
        {
            recogniser.Inspect(bytes, match, new FileInspection());
        }
    }
}
