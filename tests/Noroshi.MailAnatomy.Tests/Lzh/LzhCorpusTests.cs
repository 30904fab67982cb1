using System.Globalization;
using System.Security.Cryptography;
using Noroshi.MailAnatomy.Containers;
using Noroshi.MailAnatomy.Containers.Lzh;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Lzh;

/// <summary>Archives of some twenty archivers, checked by their own checksums and against another program.</summary>
public sealed class LzhCorpusTests
{
    // Bytes after which a member is only listed: one is more than 4 GiB of zeros.
    private const long Reach = 64L << 20;

    private static IEnumerable<(string Name, byte[] Bytes)> Files() =>
        Directory
            .EnumerateFiles(Corpora.Folder("lzh"), "*", SearchOption.AllDirectories)
            .Where(file =>
                !Path.GetFileName(file).StartsWith("README", StringComparison.Ordinal) && !file.EndsWith(".md", StringComparison.Ordinal)
            )
            .Order(StringComparer.Ordinal)
            .Select(file => (Path.GetRelativePath(Corpora.Folder("lzh"), file), File.ReadAllBytes(file)));

    private static OpenedContainer? Open(byte[] bytes) =>
        ((IContainerFormat[])[new LzhFormat(), new LzhSelfExtractor()])
            .FirstOrDefault(format => format.Recognises(bytes))
            ?.Open(bytes, null);

    [Fact]
    public void Every_supported_member_decodes_with_right_crc()
    {
        var decoded = 0;
        var methods = new HashSet<string>(StringComparer.Ordinal);
        var wrong = new List<string>();
        foreach (var (name, bytes) in Files())
        {
            var opened = Open(bytes);
            if (opened is null)
            {
                wrong.Add($"{name}: not recognised");
                continue;
            }

            foreach (var entry in opened.Entries)
            {
                if (entry.Open is null)
                {
                    var expected = entry.IsDirectory || entry.LinkTarget is not null || entry.Method is "-pm1-" or "-pm2-";
                    wrong.AddRange(expected ? [] : [$"{name}: {entry.Name}: {entry.Method} is not read"]);
                    continue;
                }

                wrong.AddRange(Check(name, entry));
                methods.Add(entry.Method ?? "");
                decoded++;
            }
        }

        wrong.ShouldBe(["regression/truncated.lzh: GPL-2: The packed data ends early."]);
        methods
            .Order(StringComparer.Ordinal)
            .ShouldBe([
                "-lh0-",
                "-lh1-",
                "-lh2-",
                "-lh3-",
                "-lh4-",
                "-lh5-",
                "-lh6-",
                "-lh7-",
                "-lhx-",
                "-lz4-",
                "-lz5-",
                "-lzs-",
                "-pm0-",
            ]);
        decoded.ShouldBeGreaterThan(220);
    }

    [Fact]
    public void Headers_of_every_archiver_hold_and_end_well()
    {
        var noted = new List<string>();
        foreach (var (name, bytes) in Files())
        {
            if (Open(bytes) is not { } opened)
            {
                continue;
            }

            var entries = opened.Entries.SelectMany(entry => entry.Findings).ToList();
            noted.AddRange(
                entries
                    .Concat(opened.Findings)
                    .Where(finding =>
                        finding.Code is "lzh.header-checksum" or "lzh.header-broken" or "lzh.name-undecodable" or "lzh.truncated"
                    )
                    .Select(finding => $"{name}: {finding.Code}")
            );
        }

        noted.ShouldBe(["regression/truncated.lzh: lzh.truncated"]);
    }

    [Fact]
    public void Content_is_that_of_lhasa()
    {
        var compared = 0;
        PeerTool.InFolder(folder =>
        {
            foreach (var (name, bytes) in Files())
            {
                if (name.Contains("sfx", StringComparison.Ordinal) || Open(bytes) is not { } opened)
                {
                    continue;
                }

                // The peer does not know these, takes away what the Macintosh put in front, or stops at folders without a name.
                var all = opened.Entries.ToList();
                var entries = all.Where(entry => entry.Open is not null && entry.Size <= Reach).ToList();
                if (
                    entries.Count == 0
                    || entries.Exists(entry => entry.Method is "-lh2-" or "-lh3-" || entry.HostOs is "Mac OS" or "LHARK")
                    || Path.GetFileName(name) is "truncated.lzh" or "lh0_dirs_bug.lzh"
                    || all.Exists(entry => entry.Name.Length == 0)
                )
                {
                    continue;
                }

                var file = Path.Combine(folder, "archive");
                File.WriteAllBytes(file, bytes);
                var theirs = PeerTool.Run(folder, "lha", "pq", file);
                var ours = entries.SelectMany(Members.Read).ToArray();
                if (entries.Exists(entry => entry.Method is "-pm1-" or "-pm2-") || opened.Findings.Count > 0)
                {
                    continue;
                }

                Convert.ToHexString(SHA256.HashData(ours)).ShouldBe(Convert.ToHexString(SHA256.HashData(theirs)), name);
                compared++;
            }
        });
        compared.ShouldBeGreaterThan(100);
    }

    [Fact]
    public void Names_are_those_of_lhasa()
    {
        var compared = 0;
        PeerTool.InFolder(folder =>
        {
            foreach (var (name, bytes) in Files())
            {
                var ours = Open(bytes)?.Entries.ToList() ?? [];
                if (
                    ours.Count == 0
                    || ours.Exists(entry => entry.IsDirectory || entry.LinkTarget is not null)
                    || name.Contains("sfx", StringComparison.Ordinal)
                    || Path.GetFileName(name) is "badterm.lzh" or "dotdot.lzh" or "h2_huge.lzh"
                )
                {
                    continue;
                }

                var file = Path.Combine(folder, "archive");
                File.WriteAllBytes(file, bytes);
                var lines = System.Text.Encoding.UTF8.GetString(PeerTool.Run(folder, "lha", "v", file)).Split('\n');
                var column = lines[1].TrimEnd().LastIndexOf(' ') + 1;

                // The peer writes all-capital names of MS-DOS in small letters and takes a leading slash away; a huge size shifts its columns.
                var theirs = lines
                    .Skip(2)
                    .TakeWhile(line => !line.StartsWith("---", StringComparison.Ordinal))
                    .Select(line => Fold(line[column..]))
                    .ToList();
                if (theirs.Count == 0)
                {
                    // It does not know the headers of OS-9.
                    ours.ShouldAllBe(entry => entry.HostOs != null && entry.HostOs.StartsWith("OS-9", StringComparison.Ordinal), name);
                    continue;
                }

                ours.Select(entry => Fold(entry.Name)).ShouldBe(theirs, name);
                compared++;
            }
        });
        compared.ShouldBeGreaterThan(120);
    }

    private static string Fold(string name) => name.TrimStart('/').ToUpperInvariant();

    [Fact]
    public void A_member_of_more_than_four_gigabytes_is_listed_and_begins_well()
    {
        var bytes = File.ReadAllBytes(Path.Combine(Corpora.Folder("lzh"), "morphos_lha_2717", "h2_huge.lzh"));
        var entry = Open(bytes).ShouldNotBeNull().Entries.Single();
        entry.Size.ShouldBe(4_718_592_000);
        using var stream = entry.Open.ShouldNotBeNull()();
        var buffer = new byte[1 << 20];
        stream.ReadExactly(buffer);
        buffer.ShouldAllBe(value => value == 0);
    }

    [Fact]
    public void Names_that_try_to_break_out_are_given_as_they_stand()
    {
        IEnumerable<string> Names(string file) =>
            Open(File.ReadAllBytes(Path.Combine(Corpora.Folder("lzh"), "regression", file)))
                .ShouldNotBeNull()
                .Entries.Select(entry => entry.Name)
                .ToList();

        Names("dotdot.lzh").ShouldBe(["../evil1.txt", "foo/../../evil2.txt"]);
        Names("abspath.lzh").ShouldBe(["/tmp/absolute_path.txt"]);
        Names("unixsep.lzh").ShouldBe(["SUBDIR/SUBDIR2/HELLO.TXT"]);
        Names("badterm.lzh").Single().ShouldContain('\u001B');
    }

    [Fact]
    public void Amiga_comments_are_kept_apart_from_the_name()
    {
        var entry = Open(File.ReadAllBytes(Path.Combine(Corpora.Folder("lzh"), "morphos_lha_2717", "h0_metadata.lzh")))
            .ShouldNotBeNull()
            .Entries.Single();
        entry.Name.ShouldBe("metadata.txt");
        entry.Comment.ShouldBe("This is a comment on the file.");
    }

    private static List<string> Check(string archive, ContainerEntry entry)
    {
        if (entry.Size > Reach)
        {
            return [];
        }

        try
        {
            Members.Read(entry).Length.ToString(CultureInfo.InvariantCulture).ShouldBe(entry.Size?.ToString(CultureInfo.InvariantCulture));
            return [];
        }
        catch (InvalidDataException exception)
        {
            return [$"{archive}: {entry.Name}: {exception.Message}"];
        }
    }
}
