using System.Security.Cryptography;
using CsCheck;
using Noroshi.Hub.Storage;
using Noroshi.Storage.Blobs;
using Shouldly;
using Xunit;

namespace Noroshi.Storage.Tests.Blobs;

public sealed class SealedObjectTests
{
    private const int SmallChunks = 4; // 16 bytes a chunk: many chunks with few bytes
    private static readonly Guid Id = Guid.Parse("00112233-4455-6677-8899-aabbccddeeff");
    private static readonly byte[] Key = SHA256.HashData("key"u8);

    [Fact]
    public void What_was_sealed_opens_as_it_was() =>
        Gen
            .Byte.Array[0, 300]
            .Select(Gen.Int[SmallChunks, 8])
            .Sample((content, bits) => SealedObject.Open(SealedObject.Seal(content, Id, Key, bits), Id, Key).SequenceEqual(content));

    [Fact]
    public void Text_is_stored_smaller_and_opens_as_it_was()
    {
        var text = System.Text.Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("お問い合わせの件、添付をご確認ください。", 10_000)));
        var box = SealedObject.Seal(text, Id, Key);
        box.Length.ShouldBeLessThan(text.Length / 20);
        SealedObject.Open(box, Id, Key).ShouldBe(text);
    }

    [Fact]
    public void Every_changed_byte_is_found()
    {
        var box = SealedObject.Seal(RandomNumberGenerator.GetBytes(100), Id, Key, SmallChunks);
        for (var i = 0; i < box.Length; i++)
        {
            var changed = (byte[])box.Clone();
            changed[i] ^= 0x40;
            Should.Throw<EvidenceDamagedException>(() => SealedObject.Open(changed, Id, Key), $"byte {i}");
        }
    }

    [Fact]
    public void Every_cut_end_and_every_addition_is_found()
    {
        // 96 bytes are six whole chunks: a cut between two chunks leaves nothing half.
        var box = SealedObject.Seal(RandomNumberGenerator.GetBytes(96), Id, Key, SmallChunks);
        for (var length = 0; length < box.Length; length++)
        {
            Should.Throw<EvidenceDamagedException>(() => SealedObject.Open(box.AsSpan(0, length), Id, Key), $"{length} bytes");
        }

        Should.Throw<EvidenceDamagedException>(() => SealedObject.Open([.. box, 0], Id, Key));
        Should.Throw<EvidenceDamagedException>(() => SealedObject.Open([.. box, .. box.AsSpan(SealedObject.HeaderSize)], Id, Key));
    }

    [Fact]
    public void Chunks_that_changed_places_are_found()
    {
        var box = SealedObject.Seal(RandomNumberGenerator.GetBytes(96), Id, Key, SmallChunks);
        var first = box.AsSpan(SealedObject.HeaderSize, 32).ToArray();
        box.AsSpan(SealedObject.HeaderSize + 32, 32).CopyTo(box.AsSpan(SealedObject.HeaderSize));
        first.CopyTo(box.AsSpan(SealedObject.HeaderSize + 32));
        Should.Throw<EvidenceDamagedException>(() => SealedObject.Open(box, Id, Key));
    }

    [Fact]
    public void Another_object_and_another_key_do_not_open_it()
    {
        var box = SealedObject.Seal("content"u8, Id, Key);
        Should.Throw<EvidenceDamagedException>(() => SealedObject.Open(box, Guid.NewGuid(), Key));
        Should.Throw<EvidenceDamagedException>(() => SealedObject.Open(box, Id, SHA256.HashData("other"u8)));
        // The id in the header is bound, not only compared.
        var other = Guid.NewGuid();
        other.TryWriteBytes(box.AsSpan(8), bigEndian: true, out _);
        Should.Throw<EvidenceDamagedException>(() => SealedObject.Open(box, other, Key));
    }

    [Fact]
    public void Any_bytes_give_the_same_exception_and_no_other() =>
        Gen
            .Byte.Array[0, 120]
            .Sample(bytes =>
            {
                byte[] started = [.. "NRSO"u8, 1, 1, 4, 0, .. Id.ToByteArray(bigEndian: true), .. bytes];
                Should.Throw<EvidenceDamagedException>(() => SealedObject.Open(started, Id, Key));
                Should.Throw<EvidenceDamagedException>(() => SealedObject.Open(bytes, Id, Key));
            });

    [Fact]
    public void A_document_is_bound_to_its_place()
    {
        var place = new DocumentIdentity(Id, 7, "facts", "s");
        var box = DocumentBox.Seal(DocumentBox.Pack("document"u8), place, Key);
        DocumentBox.Open(box, place, Key).ShouldBe("document"u8.ToArray());
        foreach (
            var other in (DocumentIdentity[])
                [place with { Provision = 8 }, place with { Kind = "fact", Subject = "ss" }, place with { Id = Guid.NewGuid() }]
        )
        {
            Should.Throw<EvidenceDamagedException>(() => DocumentBox.Open(box, other, Key));
        }

        for (var i = 0; i < box.Length; i++)
        {
            var changed = (byte[])box.Clone();
            changed[i] ^= 1;
            Should.Throw<EvidenceDamagedException>(() => DocumentBox.Open(changed, place, Key));
            Should.Throw<EvidenceDamagedException>(() => DocumentBox.Open(box.AsSpan(0, i), place, Key));
        }
    }
}
