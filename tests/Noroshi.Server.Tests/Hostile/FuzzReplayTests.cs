using Noroshi.Fuzz;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Hostile;

/// <summary>
/// What the fuzzer found stays found: every input under tests/corpus/fuzz/TARGET is given to its target again. And every target takes its own
/// seeds, so that a parser cannot break without a test to say so.
/// </summary>
public sealed class FuzzReplayTests
{
    private static readonly string Kept = Path.Combine(FindRoot(), "tests", "corpus", "fuzz");

    public static TheoryData<string> Targets => [.. FuzzTargets.All.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Targets))]
    public void A_target_takes_its_seeds_and_every_input_that_once_broke_it(string name)
    {
        var target = FuzzTargets.Find(name).ShouldNotBeNull();
        var ran = 0;
        foreach (var (source, bytes) in Inputs(target))
        {
            ran++;
            OwnErrors.Of(target, bytes, out var sign).ShouldBeNull($"{source}: {sign}");
        }

        ran.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Every_folder_of_kept_inputs_belongs_to_a_target()
    {
        var folders = Directory.GetDirectories(Kept).Select(folder => Path.GetFileName(folder)).ToList();
        folders.ShouldNotBeEmpty();
        folders.ShouldAllBe(folder => FuzzTargets.Find(folder) != null);
    }

    [Fact]
    public void Targets_have_names_of_their_own()
    {
        FuzzTargets.All.Count.ShouldBeGreaterThan(20);
        FuzzTargets.All.Select(target => target.Name).Distinct(StringComparer.Ordinal).Count().ShouldBe(FuzzTargets.All.Count);
    }

    [Fact]
    public void A_mistake_that_a_net_further_out_catches_is_seen()
    {
        // Were it not, the replay above could not fail for most of what the fuzzer finds.
        OwnErrors.Of(new SelfCheckTarget(), [.. "a crash"u8], out var sign).ShouldBeOfType<InvalidOperationException>();
        sign.ShouldStartWith("InvalidOperationException at SelfCheckTarget.Run");
    }

    private static IEnumerable<(string Source, byte[] Bytes)> Inputs(IFuzzTarget target) =>
        target
            .Seeds()
            .Select((seed, number) => ($"seed {number}", seed))
            .Concat(FuzzFolders.Inputs(Path.Combine(Kept, target.Name)).Select(path => (path, File.ReadAllBytes(path))));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Noroshi.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run from within the repository.");
    }
}
