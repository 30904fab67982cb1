using System.Text;
using CsCheck;
using Noroshi.MailAnatomy.Containers;
using Noroshi.MailAnatomy.Containers.Lzh;
using Noroshi.Makers.Lzh;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Lzh;

public sealed class LzhArchiveTests
{
    private static OpenedContainer Open(byte[] bytes)
    {
        new LzhFormat().Recognises(bytes).ShouldBeTrue();
        return new LzhFormat().Open(bytes, null);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Japanese_names_in_folders_are_decoded_at_every_header_level(int level)
    {
        var content = Members.Sample(20_000);
        var archive = LzhMaker.Make(
            new LzhMember("資料/能力表.txt", content) { Level = level },
            new LzhMember("ソース.bin", content) { Level = level, Method = "-lh0-" }
        );

        var opened = Open(archive);
        var entries = opened.Entries.ToList();

        entries.Select(entry => entry.Name).ShouldBe(["資料/能力表.txt", "ソース.bin"]);
        entries.ShouldAllBe(entry => entry.NameCharset == "shift_jis");
        entries.Select(Members.Read).ShouldAllBe(read => read.SequenceEqual(content));
        entries[0].PackedSize.ShouldNotBeNull().ShouldBeLessThan(content.Length);
        entries[0].ModifiedAt.ShouldBe(level < 2 ? "2013-08-05T10:20:30" : "2013-08-05T10:20:30Z");
        entries.ShouldAllBe(entry => entry.Findings.Count == 0);
        opened.Findings.ShouldBeEmpty();
        opened.Info.FormatVersion.ShouldBe($"level {level}");
    }

    [Theory]
    [InlineData(65001, "utf-8")]
    [InlineData(51932, "euc-jp")]
    public void Names_in_other_japanese_charsets_are_told_apart(int codePage, string charset)
    {
        var entry = Open(LzhMaker.Make(new LzhMember("見積りのご案内.doc", [1]) { CodePage = codePage })).Entries.Single();

        entry.Name.ShouldBe("見積りのご案内.doc");
        entry.NameCharset.ShouldBe(charset);
    }

    [Fact]
    public void A_half_width_kana_name_stays_cp932() =>
        Open(LzhMaker.Make(new LzhMember("ﾃﾞｰﾀ.txt", [1]))).Entries.Single().Name.ShouldBe("ﾃﾞｰﾀ.txt");

    [Fact]
    public void A_utf16_name_wins_over_the_narrow_one()
    {
        var entry = Open(
            LzhMaker.Make(
                new LzhMember("____.txt", [1])
                {
                    Extensions = [(0x44, Encoding.Unicode.GetBytes("한국어.txt")), (0x45, Encoding.Unicode.GetBytes("文件\uFFFF"))],
                }
            )
        )
            .Entries.Single();

        entry.Name.ShouldBe("文件/한국어.txt");
        entry.NameCharset.ShouldBe("utf-16");
    }

    [Fact]
    public void Windows_times_unix_times_comments_and_the_host_are_read()
    {
        var fileTime = new DateTime(2014, 1, 2, 3, 4, 5, DateTimeKind.Utc).ToFileTimeUtc();
        var windows = LzhMaker.Make(
            new LzhMember("a", [1])
            {
                HostOs = 'W',
                Extensions = [(0x41, [.. new byte[8], .. BitConverter.GetBytes(fileTime), .. new byte[8]]), (0x3F, "メモ"u8.ToArray())],
            }
        );
        var entry = Open(windows).Entries.Single();
        entry.ModifiedAt.ShouldBe("2014-01-02T03:04:05Z");
        entry.HostOs.ShouldBe("Windows NT");
        entry.Comment.ShouldBe("メモ");

        var unix = LzhMaker.Make(
            new LzhMember("a", [1])
            {
                Level = 1,
                HostOs = 'U',
                Extensions = [(0x54, BitConverter.GetBytes(1_400_000_000))],
            }
        );
        Open(unix).Entries.Single().ModifiedAt.ShouldBe("2014-05-13T16:53:20Z");
    }

    [Fact]
    public void Symbolic_links_and_folders_have_no_content()
    {
        var entries = Open(
            LzhMaker.Make(
                new LzhMember("dir/", []) { Method = "-lhd-", Level = 2 },
                new LzhMember("link|../../etc/passwd", [])
                {
                    Method = "-lhd-",
                    Level = 1,
                    HostOs = 'U',
                }
            )
        )
            .Entries.ToList();

        entries[0].IsDirectory.ShouldBeTrue();
        entries[1].Name.ShouldBe("link");
        entries[1].LinkTarget.ShouldBe("../../etc/passwd");
        entries.ShouldAllBe(entry => entry.Open == null);
    }

    [Fact]
    public void An_archive_behind_a_program_is_found_and_noted()
    {
        var archive = LzhMaker.Make(new LzhMember("payload.txt", [7, 8, 9]));
        byte[] program = [.. "MZ -lh5- is handled here"u8, .. new byte[3000], .. archive];
        new LzhFormat().Recognises(program).ShouldBeFalse();
        new LzhSelfExtractor().Recognises(program).ShouldBeTrue();

        var opened = new LzhSelfExtractor().Open(program, null);
        Members.Read(opened.Entries.Single()).ShouldBe([7, 8, 9]);
        opened.Findings.ShouldContain(finding => finding.Code == "lzh.self-extractor");
    }

    [Fact]
    public void A_document_that_holds_an_archive_is_no_self_extractor()
    {
        var archive = LzhMaker.Make(new LzhMember("payload.txt", [7, 8, 9]));
        new LzhSelfExtractor().Recognises([.. "%PDF-1.4 something"u8, .. new byte[300], .. archive]).ShouldBeFalse();
    }

    [Theory]
    [InlineData("-lh8-")]
    [InlineData("-pm2-")]
    public void An_unknown_method_is_listed_with_a_finding(string method)
    {
        var entry = Open(LzhMaker.Make(new LzhMember("a.txt", [1, 2]) { Method = method })).Entries.Single();
        entry.Open.ShouldBeNull();
        entry.Findings.ShouldContain(finding => finding.Code == "lzh.method-unknown");
    }

    [Fact]
    public void Content_that_differs_from_its_crc_is_said_at_the_end()
    {
        var archive = LzhMaker.Make(new LzhMember("a.txt", "hello, world"u8.ToArray()) { Method = "-lh0-" });
        archive[^3] ^= 1;
        Should.Throw<InvalidDataException>(() => Members.Read(Open(archive).Entries.Single())).Message.ShouldContain("checksum");
    }

    [Fact]
    public void A_wrong_header_checksum_is_noted_and_the_member_kept()
    {
        foreach (var level in (int[])[0, 1, 2, 3])
        {
            var archive = LzhMaker.Make(new LzhMember("a.txt", [1, 2, 3]) { Level = level, Method = "-lh0-" });
            archive[16] ^= 0x10;
            var entry = Open(archive).Entries.Single();
            entry.Findings.ShouldContain(finding => finding.Code == "lzh.header-checksum");
            Members.Read(entry).ShouldBe([1, 2, 3]);
        }
    }

    [Fact]
    public void Junk_between_members_does_not_hide_the_second_one()
    {
        var member = LzhMaker.MakeMember(new LzhMember("a.txt", [1, 2, 3]) { Method = "-lh0-" });
        var opened = Open([.. member, 0x33, 0x44, 0x55, .. member, 0]);
        opened.Entries.Count().ShouldBe(2);
        opened.Findings.ShouldContain(finding => finding.Code == "lzh.header-broken");
    }

    [Fact]
    public void Every_content_comes_back_from_lh5() =>
        Gen.Select(Gen.Byte.Array[0, 3000], Gen.Int[1, 8])
            .Sample(
                pair =>
                {
                    var content = pair.Item1.SelectMany(value => Enumerable.Repeat(value, pair.Item2)).ToArray();
                    var packed = Lh5Encoder.Encode(content);
                    using var stream = LzhDecoder.Decode("-lh5-", packed, content.Length);
                    using var read = new MemoryStream();
                    stream.CopyTo(read);
                    return read.ToArray().SequenceEqual(content);
                },
                iter: 300
            );

    [Theory]
    [InlineData("lha")]
    [InlineData("jlha")]
    public void Other_programs_read_what_the_maker_writes(string program) =>
        PeerTool.InFolder(folder =>
        {
            foreach (var level in (int[])[0, 1, 2])
            {
                var content = Members.Sample(100_000, seed: level);
                File.WriteAllBytes(
                    Path.Combine(folder, "a.lzh"),
                    LzhMaker.Make(new LzhMember("資料/能力表.txt", content) { Level = level })
                );

                // One of the programs puts the name in front, whatever it is told.
                var output = PeerTool.Run(folder, program, "pq", "a.lzh");
                output.AsSpan(Math.Max(0, output.Length - content.Length)).SequenceEqual(content).ShouldBeTrue($"{program}, level {level}");
            }
        });

    [Fact]
    public void Archives_written_by_jlha_are_read() =>
        PeerTool.InFolder(folder =>
        {
            var content = Members.Sample(50_000);
            File.WriteAllBytes(Path.Combine(folder, "report.txt"), content);
            foreach (var option in (string[])["ao5", "ao6", "ao7", "ao"])
            {
                var archive = Path.Combine(folder, option + ".lzh");
                PeerTool.Run(folder, "jlha", option, archive, "report.txt");
                Members.ReadAll(Open(File.ReadAllBytes(archive))).Single().Content.ShouldBe(content);
            }
        });
}
