using Noroshi.MailAnatomy.Containers;
using Noroshi.MailAnatomy.Findings;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Containers;

/// <summary>The shared corpus of archives, every file of it.</summary>
public sealed class CorpusArchiveTests
{
    private static readonly Dictionary<string, (string? Password, string Line)> Table = CorpusArchiveTable
        .Rows.Split('\n')
        .Select(row => row.Split('|'))
        .ToDictionary(row => row[0], row => (row[1] == "-" ? null : row[1], row[2]), StringComparer.Ordinal);

    [Fact]
    public void Every_archive_of_the_corpus_gives_what_the_table_says()
    {
        var wrong = new List<string>();
        var seen = 0;
        foreach (var file in Files())
        {
            seen++;
            var name = Path.GetFileName(file);
            var (password, line) = Table[name];
            var bytes = File.ReadAllBytes(file);
            var found = ContainerFormats.Recognise(bytes) is null ? "unrecognised" : Outcome.Of(bytes, password).Line();
            if (found != line)
            {
                wrong.Add($"{name}: {found} instead of {line}");
            }
        }

        wrong.ShouldBeEmpty();
        seen.ShouldBe(Table.Count);
    }

    [Fact]
    public void Every_locked_archive_of_the_corpus_has_a_probe_that_knows_its_password()
    {
        var probed = 0;
        foreach (var file in Files())
        {
            var (password, _) = Table[Path.GetFileName(file)];
            var bytes = File.ReadAllBytes(file);
            if (password is null || ContainerFormats.Recognise(bytes) is not { } format)
            {
                continue;
            }

            var probe = format.CreateProbe(bytes);
            probe.ShouldNotBeNull(file);
            probe.Check(password).ShouldBeTrue(file);
            probe.Check(password + "x").ShouldBeFalse(file);
            probed++;
        }

        probed.ShouldBeGreaterThan(15);
    }

    [Fact]
    public void Volumes_and_broken_archives_of_the_corpus_give_findings()
    {
        var seen = 0;
        foreach (
            var file in Files()
                .Where(file =>
                    file.Contains("multi", StringComparison.Ordinal)
                    || file.Contains("Parts", StringComparison.Ordinal)
                    || file.EndsWith(".7z.001", StringComparison.Ordinal)
                )
        )
        {
            Outcome.Of(File.ReadAllBytes(file)).Has(FindingCodes.Container.VolumeMissing).ShouldBeTrue(file);
            seen++;
        }

        Outcome
            .Of(File.ReadAllBytes(Path.Combine(Corpora.Folder("archives"), "Rar.malformed_512byte.rar")))
            .Has(FindingCodes.Container.Truncated)
            .ShouldBeTrue();
        seen.ShouldBeGreaterThan(30);
    }

    [Fact]
    public void The_archive_of_the_corpus_that_climbs_out_of_its_folder_is_noticed()
    {
        var archive = File.ReadAllBytes(Path.Combine(Corpora.Folder("archives"), "Zip.Evil.zip"));

        Dissector
            .File(archive, "Zip.Evil.zip")
            .Children.SelectMany(file => file.Findings)
            .ShouldContain(finding => finding.Code == FindingCodes.Files.UnsafeName.Code);
    }

    [Theory]
    [InlineData("Tar.PaxGlobalHeader.Link.tar", 2)]
    [InlineData("Tar.PaxLocalHeader.Link.tar", 1)]
    public void Links_of_the_archives_of_the_corpus_are_noticed(string name, int links)
    {
        var archive = Dissector.File(File.ReadAllBytes(Path.Combine(Corpora.Folder("archives"), name)), name);

        archive.Children.SelectMany(file => file.Findings).Count(finding => finding.Code == FindingCodes.Files.Link.Code).ShouldBe(links);
    }

    [Theory]
    [InlineData("Rar.comment.rar")]
    [InlineData("Rar5.comment.rar")]
    public void Comments_of_rar_archives_are_read(string name)
    {
        var comment = Outcome.Of(File.ReadAllBytes(Path.Combine(Corpora.Folder("archives"), name))).Container.Info.Comment;

        comment.ShouldNotBeNullOrEmpty();
        comment.Any(char.IsControl).ShouldBe(comment.Contains('\n', StringComparison.Ordinal));
    }

    private static IEnumerable<string> Files() =>
        Directory
            .EnumerateFiles(Corpora.Folder("archives"))
            .Where(file => !file.EndsWith(".arj", StringComparison.Ordinal) && !file.EndsWith(".txt", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
}
