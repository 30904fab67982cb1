using System.Buffers.Binary;
using CsCheck;
using Noroshi.MailAnatomy.Containers;
using Noroshi.MailAnatomy.Containers.Cab;
using Noroshi.MailAnatomy.Tests.Lzh;
using Noroshi.Makers.Cab;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Cab;

public sealed class CabTests
{
    private static OpenedContainer Open(byte[] bytes)
    {
        new CabFormat().Recognises(bytes).ShouldBeTrue();
        return new CabFormat().Open(bytes, null);
    }

    [Theory]
    [InlineData(CabMethod.Stored, "stored")]
    [InlineData(CabMethod.MsZip, "MSZIP")]
    public void Files_across_blocks_come_back(CabMethod method, string name)
    {
        (string, byte[])[] files = [("議事録/第1回.txt", Members.Sample(50_000)), ("empty", []), ("b.bin", Members.Sample(70_000, 2))];
        var opened = Open(CabMaker.Make(method, files));

        var entries = new List<(string, byte[])>();
        foreach (var entry in opened.Entries)
        {
            entry.Method.ShouldBe(name);
            entry.ModifiedAt.ShouldBe("2013-08-05T10:20:30");
            entries.Add((entry.Name, Members.Read(entry)));
        }

        entries.Select(entry => entry.Item1).ShouldBe(files.Select(file => file.Item1));
        entries.Zip(files).ShouldAllBe(pair => pair.First.Item2.SequenceEqual(pair.Second.Item2));
        opened.Findings.ShouldBeEmpty();
    }

    [Fact]
    public void Cabinets_of_another_program_whose_blocks_share_history_are_read() =>
        PeerTool.InFolder(folder =>
        {
            // Blocks after the first copy from those before: noise that comes again 20,000 bytes later.
            var noise = new byte[20_000];
            new Random(5).NextBytes(noise);
            var content = Enumerable.Repeat(noise, 10).SelectMany(bytes => bytes).ToArray();
            File.WriteAllBytes(Path.Combine(folder, "a.bin"), content);
            File.WriteAllBytes(Path.Combine(folder, "b.txt"), Members.Sample(3000));
            PeerTool.Run(folder, "gcab", "-c", "-z", "made.cab", "a.bin", "b.txt");

            var read = Open(File.ReadAllBytes(Path.Combine(folder, "made.cab")))
                .Entries.Select(entry => (entry.Name, entry.Method, Content: Members.Read(entry)))
                .ToList();
            read.Select(entry => entry.Name).ShouldBe(["a.bin", "b.txt"]);
            read[0].Method.ShouldBe("MSZIP");
            read[0].Content.SequenceEqual(content).ShouldBeTrue();
            read[1].Content.SequenceEqual(Members.Sample(3000)).ShouldBeTrue();
        });

    [Theory]
    [InlineData(CabMethod.Stored)]
    [InlineData(CabMethod.MsZip)]
    public void Another_program_reads_what_the_maker_writes(CabMethod method) =>
        PeerTool.InFolder(folder =>
        {
            var content = Members.Sample(90_000);
            File.WriteAllBytes(Path.Combine(folder, "a.cab"), CabMaker.Make(method, ("a.bin", content)));
            PeerTool.Run(folder, "cabextract", "-q", "-p", "a.cab").SequenceEqual(content).ShouldBeTrue();
        });

    [Fact]
    public void Lzx_is_listed_with_a_finding()
    {
        var entry = Open(CabMaker.Make(CabMethod.ClaimsLzx, ("a.exe", [1, 2, 3]))).Entries.Single();
        entry.Name.ShouldBe("a.exe");
        entry.Method.ShouldBe("LZX:21");
        entry.Open.ShouldBeNull();
        entry.Findings.ShouldContain(finding => finding.Code == "cab.method-unsupported");
    }

    [Theory]
    [InlineData(0xFFFD)]
    [InlineData(0xFFFE)]
    [InlineData(0xFFFF)]
    public void A_file_that_spans_cabinets_is_noted(int folder)
    {
        var cabinet = CabMaker.Make(CabMethod.Stored, ("a.bin", [1, 2, 3]));
        BinaryPrimitives.WriteUInt16LittleEndian(cabinet.AsSpan(44 + 8), (ushort)folder);
        var entry = Open(cabinet).Entries.Single();
        entry.Open.ShouldBeNull();
        entry.Findings.ShouldContain(finding => finding.Code == "cab.volume");
    }

    [Fact]
    public void A_changed_byte_of_the_data_is_said_by_the_checksum()
    {
        var cabinet = CabMaker.Make(CabMethod.Stored, ("a.bin", Members.Sample(100)));
        cabinet[^1] ^= 1;
        Should.Throw<InvalidDataException>(() => Members.Read(Open(cabinet).Entries.Single())).Message.ShouldContain("checksum");
    }

    [Fact]
    public void Files_in_an_order_made_to_unpack_the_folder_again_and_again_hit_a_limit()
    {
        var big = new byte[20 << 20];
        var cabinet = CabMaker.Make(
            CabMethod.MsZip,
            [("head", [1]), ("big", big), .. Enumerable.Range(0, 40).Select(i => ($"{i}", new byte[] { 1 }))]
        );

        // Every other file goes back to the start of the folder.
        for (var i = 2; i < 42; i += 2)
        {
            var at = 44 + 21 + 20 + Enumerable.Range(0, i - 2).Sum(index => 17 + $"{index}".Length);
            BinaryPrimitives.WriteUInt32LittleEndian(cabinet.AsSpan(at + 4), 0);
        }

        var limited = 0;
        foreach (var entry in Open(cabinet).Entries)
        {
            try
            {
                Members.Read(entry);
            }
            catch (InvalidDataException exception) when (exception.Message.Contains("skipped", StringComparison.Ordinal))
            {
                limited++;
            }
        }

        limited.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Every_truncation_ends_without_a_throw()
    {
        var cabinet = CabMaker.Make(CabMethod.MsZip, ("資料.txt", Members.Sample(300)), ("b", [1]));
        for (var length = 36; length < cabinet.Length; length++)
        {
            Members.Drain(Open(cabinet[..length])).ShouldBeLessThanOrEqualTo(2);
        }
    }

    [Fact]
    public void Changed_bytes_never_throw_outside_the_streams() =>
        Gen.Select(Gen.Int[8, 400], Gen.Byte)
            .Array[1, 6]
            .Sample(
                changes =>
                {
                    var cabinet = CabMaker.Make(CabMethod.MsZip, ("資料.txt", Members.Sample(600)), ("b", [1]));
                    foreach (var (at, value) in changes)
                    {
                        cabinet[at % cabinet.Length] = value;
                    }

                    if (new CabFormat().Recognises(cabinet))
                    {
                        Members.Drain(new CabFormat().Open(cabinet, null), mostBytes: 100_000);
                    }
                },
                iter: 2000
            );
}
