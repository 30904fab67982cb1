using System.Buffers.Binary;
using CsCheck;
using Noroshi.MailAnatomy.Containers;
using Noroshi.MailAnatomy.Containers.Arj;
using Noroshi.MailAnatomy.Containers.Lzh;
using Noroshi.Makers.Lzh;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Lzh;

/// <summary>Headers made to loop, sizes made to overflow and data made to expand.</summary>
public sealed class LzhHostileTests
{
    private static OpenedContainer Open(byte[] bytes) => new LzhFormat().Open(bytes, null);

    private static byte[] Member(int level) =>
        LzhMaker.MakeMember(
            new LzhMember("name.txt", [1, 2, 3, 4])
            {
                Level = level,
                Method = "-lh0-",
                Extensions = level == 0 ? [] : [(0x3F, [65, 66, 67])],
            }
        );

    private static readonly int[] Levels = [0, 1, 2, 3];

    [Fact]
    public void Packed_sizes_that_lead_backwards_or_nowhere_end_the_walk()
    {
        foreach (var level in Levels)
        {
            foreach (var packed in (uint[])[0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0xFFFFFFFF - 40])
            {
                var archive = (byte[])[.. Member(level), .. Member(level), 0];
                BinaryPrimitives.WriteUInt32LittleEndian(archive.AsSpan(7), packed);
                var opened = Open(archive);
                Members.Drain(opened).ShouldBeInRange(1, 4);
            }
        }
    }

    [Theory]
    [InlineData(1, 27 + 8)]
    [InlineData(2, 24)]
    [InlineData(3, 28)]
    public void Extended_headers_of_every_size_move_on(int level, int sizeAt)
    {
        // The chain's first size: those that would stay in place, go back or leave the file.
        foreach (var size in (int[])[0, 1, 2, 3, 4, 5, 6, 0x7FFF, 0x8000, 0xFFFE, 0xFFFF])
        {
            var archive = (byte[])[.. Member(level), .. Member(level), 0];
            BinaryPrimitives.WriteUInt16LittleEndian(archive.AsSpan(sizeAt - (level == 1 ? 2 : 0)), (ushort)size);
            Members.Drain(Open(archive)).ShouldBeInRange(0, 4);
        }
    }

    [Fact]
    public void A_chain_of_a_thousand_extended_headers_stops_at_the_limit()
    {
        foreach (var level in (int[])[1, 2, 3])
        {
            var archive = LzhMaker.Make(
                new LzhMember("a", [1]) { Level = level, Extensions = [.. Enumerable.Repeat(((byte)0x7F, (byte[])[1]), 1000)] }
            );
            Open(archive).Entries.First().Findings.ShouldContain(finding => finding.Code == "lzh.header-broken");
        }
    }

    [Fact]
    public void Header_lengths_that_are_too_small_or_too_large_are_findings()
    {
        foreach (var level in Levels)
        {
            foreach (var length in (int[])[1, 2, 21, 25, 31, 0x80, 0xFF])
            {
                var archive = (byte[])[.. Member(level), 0];
                archive[level == 3 ? 24 : 0] = (byte)length;
                var opened = Open(archive);
                Members.Drain(opened).ShouldBeInRange(0, 3);
            }
        }
    }

    [Fact]
    public void A_level_3_header_of_four_gigabytes_is_refused()
    {
        var archive = Member(3);
        BinaryPrimitives.WriteUInt32LittleEndian(archive.AsSpan(24), 0xFFFFFFF0);
        var opened = Open(archive);
        opened.Entries.ShouldBeEmpty();
        opened.Findings.ShouldContain(finding => finding.Code == "lzh.header-broken");
    }

    [Fact]
    public void Negative_64_bit_sizes_are_findings()
    {
        var archive = LzhMaker.Make(
            new LzhMember("a", [1]) { Extensions = [(0x42, [.. BitConverter.GetBytes(-5L), .. BitConverter.GetBytes(long.MinValue)])] }
        );
        var entry = Open(archive).Entries.First();
        entry.Size.ShouldBe(0);
        entry.Findings.ShouldContain(finding => finding.Code == "lzh.header-broken");
    }

    [Fact]
    public void A_bomb_of_codes_without_bits_gives_no_more_than_is_asked_for()
    {
        // A block of 65,535 tokens in 52 bits: every token is the one symbol "copy 256 bytes", at the one distance 1.
        var bits = string.Concat(Enumerable.Repeat("1111111111111111" + "00000" + "00000" + "000000000" + "111111101" + "0000" + "0000", 4))
            .PadRight(216, '0');
        var packed = Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2)).ToArray();

        using var stream = LzhDecoder.Decode("-lh5-", packed, long.MaxValue);
        var buffer = new byte[1 << 20];
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 60; i++)
        {
            stream.ReadExactly(buffer);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1 << 20);
        buffer.ShouldAllBe(value => value == ' ');
    }

    [Fact]
    public void Every_truncation_of_every_level_ends_without_a_throw()
    {
        foreach (var level in Levels)
        {
            var archive = LzhMaker.Make(
                new LzhMember("dir/名前.txt", Members.Sample(600)) { Level = level },
                new LzhMember("b", [1]) { Level = level }
            );
            for (var length = 0; length < archive.Length; length++)
            {
                Members.Drain(Open(archive[..length])).ShouldBeLessThanOrEqualTo(2);
            }
        }
    }

    [Fact]
    public void Cut_off_data_is_noted_before_it_is_read()
    {
        var archive = LzhMaker.Make(new LzhMember("a", Members.Sample(5000)));
        var entry = Open(archive[..2000]).Entries.Single();
        entry.Findings.ShouldContain(finding => finding.Code == "lzh.truncated");
        Should.Throw<InvalidDataException>(() => Members.Read(entry));
    }

    [Fact]
    public void Changed_bytes_never_throw_outside_the_streams() =>
        Gen.Select(Gen.Int[0, 3], Gen.Select(Gen.Int[0, 700], Gen.Byte).Array[1, 8])
            .Sample(
                pair =>
                {
                    var archive = LzhMaker.Make(
                        new LzhMember("dir/名前.txt", Members.Sample(900)) { Level = pair.Item1 },
                        new LzhMember("b", [1]) { Level = pair.Item1 }
                    );
                    foreach (var (at, value) in pair.Item2)
                    {
                        archive[at % archive.Length] = value;
                    }

                    Members.Drain(Open(archive));
                },
                iter: 3000
            );

    [Theory]
    [InlineData("-lh1-")]
    [InlineData("-lh2-")]
    [InlineData("-lh3-")]
    [InlineData("-lh4-")]
    [InlineData("-lh5-")]
    [InlineData("-lh6-")]
    [InlineData("-lh7-")]
    [InlineData("-lk7-")]
    [InlineData("-lhx-")]
    [InlineData("-lz5-")]
    [InlineData("-lzs-")]
    public void Random_data_ends_every_method_with_content_or_invalid_data(string method) =>
        Gen
            .Byte.Array[0, 400]
            .Sample(
                packed =>
                {
                    try
                    {
                        using var stream = LzhDecoder.Decode(method, packed, 100_000);
                        stream.CopyTo(Stream.Null);
                    }
                    catch (InvalidDataException)
                    {
                        // What every caller expects of damaged data.
                    }
                },
                iter: 300
            );

    [Fact]
    public void Changed_arj_bytes_never_throw_outside_the_streams()
    {
        var archive = File.ReadAllBytes(Path.Combine(Corpora.Folder("archives"), "Arj.method1.arj"));
        Gen.Select(Gen.Int[0, 400], Gen.Byte)
            .Array[1, 6]
            .Sample(
                changes =>
                {
                    var changed = (byte[])archive.Clone();
                    foreach (var (at, value) in changes)
                    {
                        changed[at] = value;
                    }

                    if (new ArjFormat().Recognises(changed))
                    {
                        Members.Drain(new ArjFormat().Open(changed, "x"), mostBytes: 20_000);
                    }
                },
                iter: 300
            );
    }
}
