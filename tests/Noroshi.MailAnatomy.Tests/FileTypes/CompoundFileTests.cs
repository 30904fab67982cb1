using System.Buffers.Binary;
using System.Diagnostics;
using CsCheck;
using Noroshi.MailAnatomy.FileTypes;
using Noroshi.MailAnatomy.FileTypes.Compound;
using Noroshi.Makers.FileTypes;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.FileTypes;

public sealed class CompoundFileTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void Streams_of_every_size_read_back_from_both_versions(int version)
    {
        int[] sizes = [0, 1, 63, 64, 65, 511, 512, 513, 4_095, 4_096, 4_097, 100_000];
        var maker = new CompoundMaker(version);
        foreach (var size in sizes)
        {
            maker.Stream($"Storage/{size}", Pattern(size));
        }

        CompoundFile.TryOpen(maker.Build(), out var file).ShouldBeTrue();

        foreach (var size in sizes)
        {
            var entry = file.Find($"storage/{size}");
            entry.ShouldNotBeNull();
            entry.Value.Size.ShouldBe(size);
            file.Read(entry.Value, int.MaxValue).ShouldBe(Pattern(size));
        }

        file.Damaged.ShouldBeFalse();
        file.MajorVersion.ShouldBe(version);
    }

    [Fact]
    public void A_file_beyond_the_tables_of_the_header_is_read_through_its_chained_tables()
    {
        var content = Pattern(8 << 20);
        var bytes = new CompoundMaker().Stream("Large", content).Stream("Small", Pattern(100)).Build();

        CompoundFile.TryOpen(bytes, out var file).ShouldBeTrue();

        file.FindStream("Large").ShouldNotBeNull();
        file.Read(file.FindStream("Large").GetValueOrDefault(), int.MaxValue).AsSpan().SequenceEqual(content).ShouldBeTrue();
        file.Read(file.FindStream("Small").GetValueOrDefault(), int.MaxValue).ShouldBe(Pattern(100));
    }

    [Fact]
    public void Reading_stops_at_the_limit()
    {
        CompoundFile.TryOpen(new CompoundMaker().Stream("A", Pattern(10_000)).Build(), out var file).ShouldBeTrue();

        file.Read(file.FindStream("A").GetValueOrDefault(), 10).ShouldBe(Pattern(10_000)[..10]);
    }

    [Fact]
    public void A_chain_that_runs_into_itself_ends_and_is_reported()
    {
        var bytes = DocumentMaker.Jtd();
        // Every sector of the table follows itself.
        var fat = FatAt(bytes);
        for (var i = 0; i < 128; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(fat + (4 * i)), (uint)i);
        }

        var found = FileTypeTable.Recognise(bytes);

        found.ShouldNotBeNull();
        found.Value.Match.Format.ShouldBe("jtd");
        Findings(bytes).ShouldBe(["type.compound-damaged"]);
    }

    [Fact]
    public void A_destroyed_allocation_table_does_not_hide_an_ichitaro_document()
    {
        var bytes = DocumentMaker.Jtd();
        bytes.AsSpan(FatAt(bytes), 512).Fill(0xFF);

        FileTypeTable.Recognise(bytes).ShouldNotBeNull().Match.Format.ShouldBe("jtd");
    }

    [Fact]
    public void A_lost_directory_is_found_by_its_root()
    {
        var bytes = DocumentMaker.Jtd();
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(0x30), 0x00FFFFFF);

        FileTypeTable.Recognise(bytes).ShouldNotBeNull().Match.Format.ShouldBe("jtd");
        Findings(bytes).ShouldBe(["type.compound-damaged"]);
    }

    [Fact]
    public void A_directory_whose_links_form_a_circle_is_walked_once()
    {
        var bytes = DocumentMaker.Doc();
        var directory = DirectoryAt(bytes);
        for (var entry = 0; entry < 4; entry++)
        {
            for (var link = 68; link < 80; link += 4)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(directory + (entry * 128) + link), 1);
            }
        }

        FileTypeTable.Recognise(bytes).ShouldNotBeNull().Match.Format.ShouldBe("doc");
        Findings(bytes).ShouldBe(["type.compound-damaged"]);
    }

    [Fact]
    public void A_header_that_promises_65535_tables_costs_nothing()
    {
        var bytes = DocumentMaker.Xls();
        foreach (var field in (int[])[0x2C, 0x40, 0x48])
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(field), 0xFFFF);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        FileTypeTable.Recognise(bytes).ShouldNotBeNull().Match.Format.ShouldBe("xls");
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1 << 20);
    }

    [Fact]
    public void A_program_that_promises_65535_sections_is_a_program_still()
    {
        var bytes = ProgramMaker.Pe();
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(0x86), 0xFFFF);

        FileTypeTable.Recognise(bytes).ShouldNotBeNull().Match.Format.ShouldBe("pe32");
        Findings(bytes).ShouldBe(["type.odd-program"]);
    }

    [Fact]
    public void A_stream_that_claims_more_than_the_file_gives_what_is_there()
    {
        var bytes = DocumentMaker.Jtd();
        var directory = DirectoryAt(bytes);
        for (var at = directory + 128; at < bytes.Length - 128 && bytes[at + 66] == 2; at += 128)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at + 120), 0x7FFFFFFF);
        }

        CompoundFile.TryOpen(bytes, out var file).ShouldBeTrue();
        foreach (var entry in file.Entries)
        {
            file.Read(entry, int.MaxValue).Length.ShouldBeLessThanOrEqualTo(bytes.Length);
        }
    }

    [Fact]
    public void A_deep_tree_of_long_names_stays_within_its_budget()
    {
        var path = string.Join('/', Enumerable.Range(0, 200).Select(i => $"{i:D3}{new string('x', 28)}"));
        var bytes = new CompoundMaker().Stream(path + "/WordDocument", new byte[64]).Build();

        CompoundFile.TryOpen(bytes, out var file).ShouldBeTrue();

        file.Entries.Length.ShouldBe(201);
        file.Entries.Max(entry => entry.Path.Length).ShouldBeLessThan(40 * 32);
    }

    [Fact]
    public void A_large_hostile_file_is_done_in_a_moment()
    {
        // 32 MiB whose tables all point to sector 0.
        var bytes = new byte[32 << 20];
        DocumentMaker.Doc().AsSpan(0, 512).CopyTo(bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(0x2C), 0xFFFFFFFF);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(0x44), 0);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(0x48), 0xFFFFFFFF);
        var watch = Stopwatch.StartNew();

        FileTypeTable.Recognise(bytes).ShouldNotBeNull().Match.Format.ShouldBe("ole");

        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void Random_damage_never_throws()
    {
        byte[][] files = [DocumentMaker.Jtd(), DocumentMaker.Msg(), DocumentMaker.CompressedJtd(), DocumentMaker.EncryptedPackage(4, 4, 4)];
        Gen.Select(Gen.Int[0, files.Length - 1], Gen.Select(Gen.Int[0, 60_000], Gen.Byte).Array[1, 40])
            .Sample(
                (which, changes) =>
                {
                    var bytes = files[which].ToArray();
                    foreach (var (at, value) in changes)
                    {
                        bytes[at % bytes.Length] = value;
                    }

                    if (CompoundFile.TryOpen(bytes, out var file))
                    {
                        foreach (var entry in file.Entries)
                        {
                            file.Read(entry, 1 << 20);
                        }
                    }

                    FileTypeTable.Recognise(bytes);
                },
                iter: 1_500,
                threads: 1
            );
    }

    private static byte[] Pattern(int size) => [.. Enumerable.Range(0, size).Select(i => (byte)((i * 31) + (i >> 8)))];

    private static int FatAt(byte[] bytes) => (BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(0x4C)) + 1) * 512;

    private static int DirectoryAt(byte[] bytes) => (BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(0x30)) + 1) * 512;

    private static string[] Findings(byte[] bytes)
    {
        var (recogniser, match) = FileTypeTable.Recognise(bytes).ShouldNotBeNull();
        var inspection = new FileInspection();
        recogniser.Inspect(bytes, match, inspection);
        return [.. inspection.Findings.Select(finding => finding.Code)];
    }
}
