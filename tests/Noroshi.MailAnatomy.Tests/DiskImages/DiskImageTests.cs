using System.Buffers.Binary;
using CsCheck;
using Noroshi.MailAnatomy.Containers;
using Noroshi.MailAnatomy.Containers.DiskImages;
using Noroshi.MailAnatomy.Tests.Lzh;
using Noroshi.Makers.DiskImages;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.DiskImages;

public sealed class DiskImageTests
{
    private const int Sector = 2048;

    private static OpenedContainer Open(byte[] bytes)
    {
        new IsoFormat().Recognises(bytes).ShouldBeTrue();
        return new IsoFormat().Open(bytes, null);
    }

    private static byte[] Sample() =>
        IsoMaker.Make(
            "VOL",
            joliet: true,
            ("見積書.pdf.lnk", Members.Sample(3000)),
            ("隠し/中身.dll", Members.Sample(5000, 2)),
            ("隠し/深い/a.txt", [65])
        );

    [Fact]
    public void Joliet_names_win_and_content_comes_back()
    {
        var opened = Open(Sample());
        opened.Info.Format.ShouldBe("iso");
        opened.Info.DiskImage.ShouldBeTrue();
        opened.Info.FormatVersion.ShouldBe("iso9660+joliet");
        opened.Info.Comment.ShouldBe("VOL; NOROSHI ISO MAKER");

        var entries = opened.Entries.ToList();
        entries.Where(entry => entry.IsDirectory).Select(entry => entry.Name).ShouldBe(["隠し", "隠し/深い"]);
        var files = entries.Where(entry => !entry.IsDirectory).ToDictionary(entry => entry.Name, StringComparer.Ordinal);
        files.Keys.Order(StringComparer.Ordinal).ShouldBe(["見積書.pdf.lnk", "隠し/中身.dll", "隠し/深い/a.txt"]);
        Members.Read(files["見積書.pdf.lnk"]).ShouldBe(Members.Sample(3000));
        Members.Read(files["隠し/中身.dll"]).ShouldBe(Members.Sample(5000, 2));
        files["隠し/深い/a.txt"].ModifiedAt.ShouldBe("2013-08-05T10:20:30+09:00");
        opened.Findings.ShouldBeEmpty();
    }

    [Fact]
    public void Plain_iso_names_lose_their_version() =>
        Open(IsoMaker.Make("VOL", joliet: false, ("readme.txt", [1, 2]))).Entries.Single().Name.ShouldBe("FILE0.TXT");

    [Theory]
    [InlineData("-J")]
    [InlineData("-R")]
    [InlineData("-udf")]
    public void Images_of_another_program_are_read(string option) =>
        PeerTool.InFolder(folder =>
        {
            var source = Directory.CreateDirectory(Path.Combine(folder, "source", "資料フォルダー", "中"));
            var content = Members.Sample(200_000);
            File.WriteAllBytes(Path.Combine(source.FullName, "長い名前の見積書.docx.exe"), content);
            File.WriteAllBytes(Path.Combine(folder, "source", "empty.txt"), []);
            for (var i = 0; i < 120; i++)
            {
                File.WriteAllText(Path.Combine(folder, "source", $"file number {i:D3}.txt"), $"{i}");
            }

            PeerTool.Run(folder, "genisoimage", "-quiet", "-input-charset", "utf-8", "-o", "made.iso", "-V", "LABEL", option, "source");
            var opened = Open(File.ReadAllBytes(Path.Combine(folder, "made.iso")));
            opened.Info.Format.ShouldBe(option == "-udf" ? "udf" : "iso");
            opened.Info.Comment.ShouldNotBeNull().ShouldStartWith("LABEL");
            var files = Members.ReadAll(opened).ToDictionary(file => file.Name, file => file.Content, StringComparer.Ordinal);
            files.Count.ShouldBe(122);
            files["資料フォルダー/中/長い名前の見積書.docx.exe"].SequenceEqual(content).ShouldBeTrue();
            files["file number 077.txt"].ShouldBe("77"u8.ToArray());
            files["empty.txt"].ShouldBeEmpty();
            opened.Findings.ShouldAllBe(finding => finding.Code == "disk-image.two-file-systems");
        });

    [Fact]
    public void Rock_ridge_links_are_links() =>
        PeerTool.InFolder(folder =>
        {
            var source = Directory.CreateDirectory(Path.Combine(folder, "source")).FullName;
            File.CreateSymbolicLink(Path.Combine(source, "link"), "../../etc/passwd");
            PeerTool.Run(folder, "genisoimage", "-quiet", "-o", "made.iso", "-R", "source");
            var entry = Open(File.ReadAllBytes(Path.Combine(folder, "made.iso"))).Entries.Single();
            entry.LinkTarget.ShouldBe("../../etc/passwd");
            entry.Open.ShouldBeNull();
        });

    [Theory]
    [InlineData("1.02", 2048)]
    [InlineData("2.01", 2048)]
    [InlineData("1.50", 2048)]
    [InlineData("2.01", 512)]
    public void Udf_of_another_program_can_be_entered(string revision, int blockSize) =>
        PeerTool.InFolder(folder =>
        {
            var image = Path.Combine(folder, "empty.udf");
            using (var file = File.Create(image))
            {
                file.SetLength(4 << 20);
            }

            PeerTool.Run(folder, "mkudffs", "--utf8", $"--udfrev={revision}", $"--blocksize={blockSize}", "--label=ラベル", image);
            var opened = Open(File.ReadAllBytes(image));
            opened.Info.Format.ShouldBe("udf");
            opened.Info.Comment.ShouldBe("ラベル");
            opened.Entries.Where(entry => !entry.IsDirectory).ShouldBeEmpty();
            opened.Findings.ShouldBeEmpty();
        });

    [Theory]
    [InlineData(false, UdfAddressing.Short)]
    [InlineData(false, UdfAddressing.Long)]
    [InlineData(false, UdfAddressing.Embedded)]
    [InlineData(true, UdfAddressing.Long)]
    [InlineData(true, UdfAddressing.Embedded)]
    public void Udf_with_every_kind_of_address_and_with_a_metadata_partition_is_read(bool metadata, UdfAddressing addressing)
    {
        (string, byte[])[] made =
        [
            ("請求書.pdf.exe", Members.Sample(10_000)),
            ("資料/a.txt", [65, 66]),
            ("資料/中/é.bin", Members.Sample(1000, 3)),
            ("empty", []),
        ];
        var opened = Open(UdfMaker.Make("ラベル", metadata, addressing, made));
        opened.Info.Format.ShouldBe("udf");
        opened.Info.FormatVersion.ShouldBe(metadata ? "2.50" : "1.02");
        opened.Info.HostOs.ShouldBe("Noroshi Makers");
        opened.Info.Comment.ShouldBe("ラベル");

        var entries = opened.Entries.ToList();
        var read = entries.Where(entry => !entry.IsDirectory).ToDictionary(entry => entry.Name, Members.Read, StringComparer.Ordinal);
        read.Keys.Order(StringComparer.Ordinal).ShouldBe(made.Select(file => file.Item1).Order(StringComparer.Ordinal));
        made.ShouldAllBe(file => read[file.Item1].SequenceEqual(file.Item2));
        entries.ShouldAllBe(entry => entry.ModifiedAt == "2013-08-05T10:20:30+09:00");
        opened.Findings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("12")]
    [InlineData("16")]
    [InlineData("32")]
    public void A_fat_volume_is_named_and_said_to_be_unread(string bits) =>
        PeerTool.InFolder(folder =>
        {
            var image = Path.Combine(folder, "a.img");
            using (var file = File.Create(image))
            {
                file.SetLength(
                    bits switch
                    {
                        "12" => 2 << 20,
                        "16" => 20 << 20,
                        _ => 40 << 20,
                    }
                );
            }

            PeerTool.Run(folder, "mkfs.fat", "-F", bits, image);
            var bytes = File.ReadAllBytes(image);
            new OtherImageFormat().Recognises(bytes).ShouldBeTrue();
            var opened = new OtherImageFormat().Open(bytes, null);
            opened.Entries.ShouldBeEmpty();
            opened.Info.Format.ShouldBe("fat");
            opened.Info.DiskImage.ShouldBeTrue();
            opened.Findings.Single().Code.ShouldBe("disk-image.unsupported");
        });

    [Fact]
    public void Virtual_disks_are_named_and_other_bytes_are_not()
    {
        new OtherImageFormat().Open("vhdxfile........"u8.ToArray(), null).Info.Format.ShouldBe("vhdx");
        new OtherImageFormat().Open((byte[])[.. new byte[4096], .. "conectix"u8, .. new byte[504]], null).Info.Format.ShouldBe("vhd");
        new OtherImageFormat().Recognises(new byte[8192]).ShouldBeFalse();
        new OtherImageFormat().Recognises([]).ShouldBeFalse();
    }

    [Fact]
    public void A_udf_folder_that_holds_itself_is_read_once()
    {
        var image = UdfMaker.Make("x", metadata: false, UdfAddressing.Short, ("a/b/c.txt", [65]));
        for (var at = 300 * Sector; at < 330 * Sector; at += 4)
        {
            // Names of folders: their entry becomes that of the root.
            if (image[at] == 1 && image[at + 1] == 1 && image[at + 18] == 2)
            {
                BinaryPrimitives.WriteInt32LittleEndian(image.AsSpan(at + 24), 1);
            }
        }

        var opened = Open(image);
        opened.Entries.Count().ShouldBeLessThan(4);
        opened.Findings.ShouldContain(finding => finding.Code == "disk-image.loop");
    }

    [Fact]
    public void A_folder_that_holds_itself_is_read_once()
    {
        var image = Sample();
        var loops = 0;
        for (var at = 16 * Sector; at + 34 < image.Length; at += 2)
        {
            // Folder records of both trees: point each at the extent its own list stands in.
            if (image[at] is >= 34 and < 80 && image[at + 25] == 2 && image[at + 28] == 1 && image[at + 32] > 1)
            {
                BinaryPrimitives.WriteInt32LittleEndian(image.AsSpan(at + 2), at / Sector);
                loops++;
            }
        }

        loops.ShouldBeGreaterThan(0);
        var opened = Open(image);
        opened.Entries.Count().ShouldBeLessThan(10);
        opened.Findings.ShouldContain(finding => finding.Code == "disk-image.loop");
    }

    [Fact]
    public void A_file_outside_the_image_is_a_finding_and_its_stream_says_so()
    {
        var image = Sample();
        var entry = Open(image[..^4096]).Entries.Where(file => file.Findings.Count > 0).ToList();
        entry.ShouldNotBeEmpty();
        entry[0].Findings[0].Code.ShouldBe("disk-image.truncated");
        Should.Throw<InvalidDataException>(() => Members.Read(entry[0]));
    }

    [Fact]
    public void Changed_bytes_never_throw_outside_the_streams()
    {
        var image = Sample();
        Gen.Select(Gen.Int[16 * Sector, (26 * Sector) - 1], Gen.Byte)
            .Array[1, 40]
            .Sample(
                changes =>
                {
                    var changed = (byte[])image.Clone();
                    foreach (var (at, value) in changes)
                    {
                        changed[at % changed.Length] = value;
                    }

                    if (new IsoFormat().Recognises(changed))
                    {
                        Members.Drain(new IsoFormat().Open(changed, null), 2000, 20_000);
                    }
                },
                iter: 500
            );
    }

    [Fact]
    public void Changed_bytes_of_udf_never_throw_outside_the_streams() =>
        PeerTool.InFolder(folder =>
        {
            var source = Directory.CreateDirectory(Path.Combine(folder, "source", "dir")).FullName;
            File.WriteAllBytes(Path.Combine(source, "a.bin"), Members.Sample(9000));
            PeerTool.Run(folder, "genisoimage", "-quiet", "-o", "made.iso", "-udf", "source");
            var image = File.ReadAllBytes(Path.Combine(folder, "made.iso"));

            // Structures of genisoimage stand before sector 300; tags get their checksum anew so that the change is seen.
            Gen.Select(Gen.Int[32 * Sector, 290 * Sector], Gen.Byte)
                .Array[1, 60]
                .Sample(
                    changes =>
                    {
                        var changed = (byte[])image.Clone();
                        foreach (var (at, value) in changes)
                        {
                            var place = at % changed.Length;
                            place = (place / Sector * Sector) + (place % 300);
                            changed[place] = value;
                            Retag(changed, place / Sector * Sector);
                        }

                        Members.Drain(new IsoFormat().Open(changed, null), 2000, 20_000);
                    },
                    iter: 500
                );
        });

    private static void Retag(byte[] image, int at)
    {
        byte sum = 0;
        for (var i = 0; i < 16; i++)
        {
            sum += i == 4 ? (byte)0 : image[at + i];
        }

        image[at + 4] = sum;
    }
}
