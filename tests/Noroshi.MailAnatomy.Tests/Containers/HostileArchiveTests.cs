using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Noroshi.MailAnatomy.Containers;
using Noroshi.MailAnatomy.Findings;
using Noroshi.Makers;
using Noroshi.Makers.Lzh;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Containers;

/// <summary>Archives made to deceive or to break: no exception of another type, no hang, a finding that tells.</summary>
public sealed class HostileArchiveTests
{
    private static readonly MadeFile[] Two = [MadeFile.Text("a.txt", "first"), MadeFile.Text("b.txt", "second")];

    [Theory]
    [MemberData(nameof(MadeArchiveTests.All), MemberType = typeof(MadeArchiveTests))]
    public void Cut_archives_never_leak_an_exception(string name)
    {
        var whole = MadeArchiveTests.Archives[name];
        var format = ContainerFormats.Recognise(whole);
        format.ShouldNotBeNull();
        for (var length = 0; length < whole.Length; length += length < 120 ? 7 : 797)
        {
            var outcome = Outcome.Of(format, whole.AsMemory(0, length), "h22ki-Pass");
            outcome.Whole.ShouldBeLessThanOrEqualTo(2);
            if (length < 60)
            {
                format.CreateProbe(whole.AsMemory(0, length))?.Check("x").ShouldBeFalse();
            }
        }
    }

    [Theory]
    [MemberData(nameof(MadeArchiveTests.All), MemberType = typeof(MadeArchiveTests))]
    public void Damaged_archives_never_leak_an_exception_nor_give_wrong_content(string name)
    {
        var whole = MadeArchiveTests.Archives[name];
        var format = ContainerFormats.Recognise(whole);
        format.ShouldNotBeNull();
        var random = new Random(20131017);
        for (var round = 0; round < 30; round++)
        {
            var damaged = (byte[])whole.Clone();
            for (var flips = 1 + (round % 4); flips > 0; flips--)
            {
                damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            }

            foreach (var (entry, content, _) in Outcome.Of(format, damaged, round % 2 == 0 ? "h22ki-Pass" : null).Entries)
            {
                if (
                    content is not null
                    && entry.Findings.Count == 0
                    && Array.Find(MadeArchiveTests.Files, file => file.Name == entry.Name) is { } original
                )
                {
                    content.ShouldBe(original.Content);
                }
            }
        }
    }

    [Fact]
    public void Bytes_of_every_kind_behind_a_signature_never_leak_an_exception()
    {
        var random = new Random(7);
        byte[][] heads =
        [
            [.. "PK\x03\x04"u8],
            [.. "PK\x05\x06"u8],
            [.. "Rar!\x1A\x07\0"u8],
            [.. "Rar!\x1A\x07\x01\0"u8],
            [(byte)'7', (byte)'z', 0xBC, 0xAF, 0x27, 0x1C],
            [0x1F, 0x8B, 8, 0],
            [.. "BZh91AY&SY"u8],
            [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0],
            [0x28, 0xB5, 0x2F, 0xFD],
            [.. "LZIP\x01\x0C"u8],
            [0x1F, 0x9D, 0x90],
        ];
        foreach (var head in heads)
        {
            for (var round = 0; round < 40; round++)
            {
                var bytes = new byte[600];
                random.NextBytes(bytes);
                head.CopyTo(bytes, 0);
                if (round % 3 == 0)
                {
                    bytes.AsSpan(40).Clear();
                }

                if (ContainerFormats.Recognise(bytes) is { } format)
                {
                    Outcome.Of(format, bytes, "x").Entries.Count.ShouldBeLessThan(1_000);
                    format.CreateProbe(bytes)?.Check("x");
                }
            }
        }
    }

    [Fact]
    public void A_wrong_checksum_shows_at_the_end()
    {
        var archive = ZipMaker.Zip(Two, new ZipChoices { Deflate = false });
        archive[archive.AsSpan().IndexOf("first"u8)] ^= 1;

        var outcome = Outcome.Of(archive);

        outcome.Entries[0].Failure.ShouldNotBeNull().ShouldContain("checksum");
        outcome.Entries[1].Content.ShouldBe(Two[1].Content);
    }

    [Fact]
    public void A_wrong_size_shows_at_the_end()
    {
        var archive = ZipMaker.Zip([new MadeFile("zeros", new byte[100_000])]);
        Patch(archive, "PK\x01\x02"u8, 24, 5);

        var outcome = Outcome.Of(archive);

        outcome.Entries[0].Failure.ShouldNotBeNull().ShouldContain("size");
        outcome.Has(FindingCodes.Container.HeaderMismatch).ShouldBeTrue();
    }

    [Fact]
    public void Two_directories_and_data_in_front_are_noticed()
    {
        byte[] joined = [.. ZipMaker.Zip([Two[0]]), .. ZipMaker.Zip([Two[1]])];

        var outcome = Outcome.Of(joined);

        outcome.Has(FindingCodes.Container.TwoDirectories).ShouldBeTrue();
        outcome.Entries.Select(entry => entry.Entry.Name).Order(StringComparer.Ordinal).ShouldBe(["a.txt", "b.txt"]);
        outcome.Has(FindingCodes.Container.HiddenEntry).ShouldBeTrue();
    }

    [Fact]
    public void An_archive_in_an_archive_is_no_second_directory()
    {
        var archive = ZipMaker.Zip([new MadeFile("inner.zip", ZipMaker.Zip(Two))], new ZipChoices { Deflate = false });

        Outcome.Of(archive).Findings.ShouldBeEmpty();
    }

    [Fact]
    public void An_archive_behind_other_data_is_found()
    {
        byte[] polyglot = [.. "GIF89a"u8, .. new byte[500], .. ZipMaker.Zip(Two)];

        var outcome = Outcome.Of(polyglot);

        outcome.Whole.ShouldBe(2);
        outcome.Has(FindingCodes.Container.Prefix).ShouldBeTrue();
    }

    [Fact]
    public void A_self_extracting_rar_is_found()
    {
        byte[] program = [.. "MZ"u8, .. new byte[3_000], .. RarMaker.Rar5(Two, "p")];

        var outcome = Outcome.Of(program, "p");

        outcome.Whole.ShouldBe(2);
        outcome.Has(FindingCodes.Container.SelfExtracting).ShouldBeTrue();
        ContainerFormats.Recognise(program)?.CreateProbe(program).ShouldNotBeNull().Check("p").ShouldBeTrue();
    }

    [Fact]
    public void Entries_that_share_data_are_noticed()
    {
        var archive = ZipMaker.Zip(Two);
        var second = archive.AsSpan().LastIndexOf("PK\x01\x02"u8);
        BinaryPrimitives.WriteUInt32LittleEndian(archive.AsSpan(second + 42), 0);

        var outcome = Outcome.Of(archive);

        outcome.Has(FindingCodes.Container.Overlap).ShouldBeTrue();
        outcome.Has(FindingCodes.Container.NameMismatch).ShouldBeTrue();
        outcome.Has(FindingCodes.Container.HiddenEntry).ShouldBeTrue();
    }

    [Fact]
    public void A_directory_that_is_gone_is_replaced_by_the_headers()
    {
        var archive = ZipMaker.Zip(Two);
        var cut = archive.AsSpan().IndexOf("PK\x01\x02"u8);

        var outcome = Outcome.Of(archive.AsMemory(0, cut));

        outcome.Whole.ShouldBe(2);
        outcome.Has(FindingCodes.Container.NoDirectory).ShouldBeTrue();
    }

    [Fact]
    public void Many_headers_without_sizes_are_scanned_in_bounded_time()
    {
        byte[] header = [.. "PK\x03\x04\x14\0\x08\0\x08\0"u8, .. new byte[16], 1, 0, 0, 0, (byte)'n'];
        byte[] many = [.. Enumerable.Repeat(header, 150_000).SelectMany(one => one)];
        var clock = System.Diagnostics.Stopwatch.StartNew();

        var outcome = new ZipFormat().Open(many, null);

        outcome.Entries.Count().ShouldBeGreaterThan(10);
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData("../../startup/a.lnk", "parent")]
    [InlineData("..\\..\\a.exe", "parent")]
    [InlineData("a/.. /b", "parent")]
    [InlineData("/etc/passwd", "absolute")]
    [InlineData("C:\\Windows\\a.dll", "drive")]
    [InlineData("\\\\server\\share\\a", "absolute")]
    [InlineData("CON", "device")]
    [InlineData("dir/nul.txt", "device")]
    [InlineData("com1.jpg", "device")]
    [InlineData("lpt0", "device")]
    [InlineData("a/CLOCK$.txt", "device")]
    public void Names_that_leave_the_folder_or_name_a_device_are_noticed(string name, string danger)
    {
        var zip = Dissector.File(ZipMaker.Zip([MadeFile.Text(name, "x")]), "a.zip").Children.ShouldHaveSingleItem();
        var lzh = Dissector.File(LzhMaker.Make(new LzhMember(name, [1])), "a.lzh").Children.ShouldHaveSingleItem();

        foreach (var file in new[] { zip, lzh })
        {
            var finding = file.Findings.Where(finding => finding.Code == FindingCodes.Files.UnsafeName.Code).ShouldHaveSingleItem();
            finding.Detail.ShouldBe($"{file.Path} ({danger})");
        }
    }

    [Fact]
    public void Ordinary_names_are_not_noticed()
    {
        var archive = ZipMaker.Zip([MadeFile.Text("console/com.txt", "x"), MadeFile.Text("a..b/…/nulls", "x")]);

        Outcome.Of(archive).Findings.ShouldBeEmpty();
        var files = Dissector.File(archive, "a.zip").Children;
        files.Count.ShouldBe(2);
        files.ShouldAllBe(file => file.Findings.Count == 0);
    }

    [Fact]
    public void A_name_of_64_kilobytes_and_a_doubled_name_are_noticed()
    {
        var outcome = Outcome.Of(ZipMaker.Zip([MadeFile.Text(new string('n', 65_535), "x"), Two[0], Two[0]]));

        outcome.Has(FindingCodes.Container.LongName).ShouldBeTrue();
        outcome.Has(FindingCodes.Container.NameTwice).ShouldBeTrue();
        outcome.Whole.ShouldBe(3);
    }

    [Fact]
    public void A_nul_in_a_name_is_noticed() =>
        Outcome.Of(ZipMaker.Zip([MadeFile.Text("a.txt\0.exe", "x")])).Has(FindingCodes.Container.ControlInName).ShouldBeTrue();

    [Fact]
    public void Absurd_key_derivation_of_rar5_is_refused()
    {
        var archive = RarMaker.Rar5(Two, "p", encryptHeaders: true);
        var lockAt = archive.AsSpan().IndexOf([(byte)4, (byte)0, (byte)0, (byte)1, (byte)15]);
        archive[lockAt + 4] = 24;
        BinaryPrimitives.WriteUInt32LittleEndian(
            archive.AsSpan(lockAt - 5),
            ArchiveCrc32.Of(archive.AsSpan(lockAt - 1, archive[lockAt - 1] + 1))
        );

        var outcome = Outcome.Of(archive, "p");

        outcome.Has(FindingCodes.Container.KeyCost).ShouldBeTrue();
        ContainerFormats.Recognise(archive)?.CreateProbe(archive).ShouldBeNull();
    }

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData((ulong)long.MaxValue)]
    [InlineData(1UL << 60)]
    [InlineData(uint.MaxValue)]
    public void Sizes_beyond_all_memory_are_survived(ulong size)
    {
        var wide = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(wide, size);
        byte[] extra = [1, 0, 24, 0, .. wide, .. wide, .. wide];
        byte[] fields = [45, 0, 1, 0, 0, 0, .. new byte[8], .. Enumerable.Repeat((byte)0xFF, 8), 1, 0, (byte)extra.Length, 0];
        byte[] local = [.. "PK\x03\x04"u8, .. fields, (byte)'n', .. extra];
        byte[] central = [.. "PK\x01\x02"u8, 45, 0, .. fields, .. new byte[16], (byte)'n', .. extra];
        byte[] end = [.. "PK\x05\x06\0\0\0\0\x01\0\x01\0"u8, (byte)central.Length, 0, 0, 0, (byte)local.Length, 0, 0, 0, 0, 0];

        foreach (var archive in (byte[][])[local, [.. local, .. local], [.. local, .. central, .. end]])
        {
            var outcome = Outcome.Of(archive, "p");
            outcome.Whole.ShouldBe(0);
            outcome.Findings.ShouldNotBeEmpty();
            new ZipFormat().CreateProbe(archive)?.Check("p").ShouldBeFalse();
        }
    }

    [Fact]
    public void Negative_sizes_of_rar4_are_survived()
    {
        foreach (var high in (uint[])[0x80000000, 0xFFFFFFFF, 0x7FFFFFFF])
        {
            byte[] highs = [.. BitConverter.GetBytes(high), .. BitConverter.GetBytes(high)];
            byte[] body =
            [
                0x74,
                0x00,
                0x81,
                41,
                0,
                1,
                0,
                0,
                0,
                1,
                0,
                0,
                0,
                2,
                .. new byte[8],
                29,
                0x30,
                1,
                0,
                .. new byte[4],
                .. highs,
                (byte)'n',
            ];
            var crc = (ushort)ArchiveCrc32.Of(body);
            byte[] archive = [.. "Rar!\x1A\x07\0"u8, (byte)crc, (byte)(crc >> 8), .. body, 1, 2, 3];

            var outcome = Outcome.Of(archive);

            outcome.Whole.ShouldBe(0);
            outcome.Has(FindingCodes.Container.Truncated).ShouldBeTrue();
        }
    }

    [Fact]
    public void Absurd_key_derivation_of_7z_is_refused()
    {
        var archive = SevenZipMaker.SevenZip([Two[0]], "p");
        var coder = archive.AsSpan().IndexOf([(byte)0x06, (byte)0xF1, (byte)0x07, (byte)0x01]);
        archive[coder + 5] = 0x40 | 30;

        var outcome = Outcome.Of(archive, "p");

        outcome.Has(FindingCodes.Container.KeyCost).ShouldBeTrue();
        outcome.Whole.ShouldBe(0);
    }

    [Fact]
    public void A_7z_header_that_breaks_behind_its_files_still_lists_them()
    {
        var archive = SevenZipMaker.SevenZip(Two);
        archive[^1] = 9;

        var outcome = Outcome.Of(archive);

        outcome.Has(FindingCodes.Container.Damaged).ShouldBeTrue();
        outcome.Entries.Select(entry => entry.Entry.Name).ShouldBe(["a.txt", "b.txt"]);
        outcome.Whole.ShouldBe(2);
    }

    [Fact]
    public void Gzip_tells_name_time_and_system_and_notices_damage()
    {
        byte[] header = [0x1F, 0x8B, 8, 8, 0, 0x5F, 0x5F, 0x52, 0, 3, .. Encoding.UTF8.GetBytes("メール.eml"), 0];
        var content = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("本文です。", 300)));
        using var made = new MemoryStream();
        using (var gzip = new GZipStream(made, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(content);
        }

        byte[] archive = [.. header, .. made.ToArray()[10..]];
        var outcome = Outcome.Of(archive);
        outcome.Container.Info.HostOs.ShouldBe("unix");
        outcome.Entries[0].Entry.Name.ShouldBe("メール.eml");
        outcome.Entries[0].Entry.ModifiedAt.ShouldBe("2013-10-17T03:52:32Z");
        outcome.Entries[0].Content.ShouldBe(content);

        Outcome.Of(archive.AsMemory(0, archive.Length - 12)).Failed.ShouldBe(1);
        archive[^6] ^= 1;
        Outcome.Of(archive).Failed.ShouldBe(1);
    }

    [Fact]
    public void A_bomb_is_read_as_a_stream_and_not_at_once()
    {
        using var made = new MemoryStream();
        using (var gzip = new GZipStream(made, CompressionLevel.Optimal, leaveOpen: true))
        {
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 200; i++)
            {
                gzip.Write(zeros);
            }
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        using var stream = new GzipFormat().Open(made.ToArray(), null).Entries.Single().Open.ShouldNotBeNull()();
        var buffer = new byte[4096];
        stream.Read(buffer).ShouldBe(4096);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(4 << 20);
    }

    private static void Patch(byte[] archive, ReadOnlySpan<byte> signature, int offset, uint value) =>
        BinaryPrimitives.WriteUInt32LittleEndian(archive.AsSpan(archive.AsSpan().IndexOf(signature) + offset), value);
}
