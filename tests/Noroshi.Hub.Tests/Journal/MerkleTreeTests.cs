using System.Security.Cryptography;
using CsCheck;
using Noroshi.Hub.Journal;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Journal;

public sealed class MerkleTreeTests
{
    /// <summary>Leaves and roots that implementations of RFC 6962 share as test data.</summary>
    private static readonly string[] Leaves =
    [
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    ];

    private static readonly string[] Roots =
    [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    private static readonly Gen<(int First, int Second)> Sizes = Gen.Int[0, 130]
        .Select(Gen.Int[0, 130])
        .Select(pair => (Math.Min(pair.Item1, pair.Item2), Math.Max(pair.Item1, pair.Item2)));

    [Fact]
    public void Roots_are_those_of_the_standards_test_data()
    {
        var hashes = Leaves.Select(leaf => MerkleTree.Leaf(Convert.FromHexString(leaf))).ToArray();
        for (var size = 0; size < Roots.Length; size++)
        {
            Convert.ToHexStringLower(MerkleTree.Root(size, Nodes(hashes))).ShouldBe(Roots[size]);
        }
    }

    [Fact]
    public void The_root_is_that_of_the_definition_for_every_size()
    {
        var hashes = Hashes(130);
        for (var size = 1; size <= hashes.Length; size++)
        {
            MerkleTree.Root(size, Nodes(hashes)).ShouldBe(Defined(hashes.AsSpan(0, size)));
        }
    }

    [Fact]
    public void Every_leaf_of_every_tree_is_proved_and_no_other_leaf_place_or_root_is()
    {
        var hashes = Hashes(70);
        for (var size = 1; size <= hashes.Length; size++)
        {
            var root = MerkleTree.Root(size, Nodes(hashes));
            for (var index = 0; index < size; index++)
            {
                var path = MerkleTree.InclusionProof(index, size, Nodes(hashes));
                MerkleTree.VerifyInclusion(hashes[index], index, size, path, root).ShouldBeTrue();
                MerkleTree.VerifyInclusion(MerkleTree.Leaf("other"u8), index, size, path, root).ShouldBeFalse();
                MerkleTree.VerifyInclusion(hashes[index], (index + 1) % (size + 1), size, path, root).ShouldBeFalse();
                MerkleTree.VerifyInclusion(hashes[index], index, size, path, MerkleTree.Leaf("no root"u8)).ShouldBeFalse();
                MerkleTree.VerifyInclusion(hashes[index], index, size, [.. path, hashes[0]], root).ShouldBeFalse();
            }
        }
    }

    [Fact]
    public void A_tree_that_only_grew_is_proved_to_have_grown() =>
        Sizes.Sample(sizes =>
        {
            var hashes = Hashes(sizes.Second);
            var first = ((long)sizes.First, MerkleTree.Root(sizes.First, Nodes(hashes)));
            var second = ((long)sizes.Second, MerkleTree.Root(sizes.Second, Nodes(hashes)));
            return MerkleTree.VerifyConsistency(first, second, MerkleTree.ConsistencyProof(sizes.First, sizes.Second, Nodes(hashes)));
        });

    [Fact]
    public void A_tree_in_which_an_old_leaf_changed_is_not_proved() =>
        Sizes
            .Where(sizes => sizes.First > 0 && sizes.First < sizes.Second)
            .Select(Gen.Int[0, 10_000])
            .Sample(
                (sizes, choice) =>
                {
                    var before = Hashes(sizes.Second);
                    var after = Hashes(sizes.Second);
                    after[choice % sizes.First] = MerkleTree.Leaf("changed"u8);
                    var first = ((long)sizes.First, MerkleTree.Root(sizes.First, Nodes(before)));
                    var second = ((long)sizes.Second, MerkleTree.Root(sizes.Second, Nodes(after)));
                    return !MerkleTree.VerifyConsistency(
                            first,
                            second,
                            MerkleTree.ConsistencyProof(sizes.First, sizes.Second, Nodes(after))
                        )
                        && !MerkleTree.VerifyConsistency(
                            first,
                            second,
                            MerkleTree.ConsistencyProof(sizes.First, sizes.Second, Nodes(before))
                        );
                }
            );

    [Fact]
    public void A_checkpoint_is_read_as_it_was_written_and_any_change_breaks_its_signature()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var publicKey = key.ExportSubjectPublicKeyInfo();
        var at = new DateTimeOffset(2013, 10, 17, 9, 2, 3, TimeSpan.FromHours(9));
        var checkpoint = Checkpoint.Sign(key, "noroshi/test", 7, MerkleTree.Leaf("x"u8), at);
        Checkpoint.TryParse(checkpoint.ToText(), out var read).ShouldBeTrue();
        read.ShouldBe(checkpoint);
        read.ShouldNotBeNull().IsSignedBy(publicKey).ShouldBeTrue();
        (read with { Size = 8 }).IsSignedBy(publicKey).ShouldBeFalse();
        (read with { Origin = "noroshi/tess" }).IsSignedBy(publicKey).ShouldBeFalse();
        (read with { At = at.AddMinutes(1) }).IsSignedBy(publicKey).ShouldBeFalse();
        (read with { RootHash = Convert.ToBase64String(MerkleTree.Leaf("y"u8)) }).IsSignedBy(publicKey).ShouldBeFalse();
        (read with { Signature = "no base64" }).IsSignedBy(publicKey).ShouldBeFalse();
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        read.IsSignedBy(other.ExportSubjectPublicKeyInfo()).ShouldBeFalse();
    }

    [Fact]
    public void Only_the_very_text_of_a_checkpoint_is_read() =>
        Gen.String.Sample(text =>
            new[] { text, $"a\n1\nb\ntime {text}\n\n— noroshi c\n", $"{text}\n0{text.Length}\nb\ntime 1\n\n— noroshi c\n" }.All(one =>
                !Checkpoint.TryParse(one, out var read) || read.ToText() == one
            )
        );

    private static byte[][] Hashes(int count) => [.. Enumerable.Range(0, count).Select(i => MerkleTree.Leaf(BitConverter.GetBytes(i)))];

    /// <summary>Complete subtrees, computed each time.</summary>
    private static Func<int, long, byte[]> Nodes(byte[][] leaves) =>
        (level, index) => Defined(leaves.AsSpan((int)(index << level), 1 << level));

    /// <summary>RFC 9162, 2.1.1, word for word.</summary>
    private static byte[] Defined(ReadOnlySpan<byte[]> leaves)
    {
        if (leaves.Length == 1)
        {
            return leaves[0];
        }

        var split = 1;
        while (split * 2 < leaves.Length)
        {
            split *= 2;
        }

        return MerkleTree.Node(Defined(leaves[..split]), Defined(leaves[split..]));
    }
}
