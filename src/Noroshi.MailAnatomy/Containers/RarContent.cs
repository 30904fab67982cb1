using System.Buffers.Binary;
using System.Security.Cryptography;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.Containers;

/// <summary>The content of RAR files: grouped into runs that share a dictionary, opened with one password.</summary>
internal sealed class RarContent
{
    private readonly ReadOnlyMemory<byte> _archive;
    private readonly RarKeys? _keys;
    private readonly Dictionary<RarFile, (RarChain Chain, int Place)> _places = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<RarFile> _broken = new(ReferenceEqualityComparer.Instance);

    public RarContent(ReadOnlyMemory<byte> archive, IEnumerable<RarFile> files, RarKeys? keys)
    {
        _archive = archive;
        _keys = keys;
        RarChain? chain = null;
        var broken = false;
        foreach (var file in files)
        {
            if (file.IsDirectory || file.Method == 0 || (file.Packed == 0 && file.Rar5))
            {
                continue;
            }

            if (chain is null || !chain.Takes(file))
            {
                chain = new RarChain(archive, keys);
                broken = false;
            }

            // A run that misses a part of one file cannot go on behind it.
            broken |= file.SplitBefore || file.SplitAfter;
            if (broken)
            {
                _broken.Add(file);
            }

            _places[file] = (chain, chain.Add(file));
        }
    }

    /// <summary>The opener of a file; null when it cannot be read, and the finding that says why is added.</summary>
    public Func<Stream>? Opener(RarFile file, List<Finding> findings)
    {
        if (file.IsDirectory || (file.LinkTarget is not null && file.Rar5))
        {
            return null;
        }

        if (Refusal(file) is { } refusal)
        {
            findings.Add(refusal);
            return null;
        }

        if (file.Crc is null && file.Blake2 is null)
        {
            findings.Add(FindingCodes.Container.Unverified.At(EntryNames.Short(file.Name)));
        }

        return () => Open(file);
    }

    /// <summary>Opens a file that is not refused.</summary>
    public Stream Open(RarFile file)
    {
        var keyed = file.Lock is { Tweaked: true };
        ContentCheck? check = keyed || file.Blake2 is not null ? new RarCheck(file, keyed ? _keys : null) : null;
        var expected = new Expected(file.Size, keyed ? null : file.Crc);
        return _places.TryGetValue(file, out var place)
            ? new VerifiedStream(() => place.Chain.Open(place.Place), expected, stopAtSize: true, check)
            : new VerifiedStream(() => new ReadOnlyMemoryStream(Plain(_archive, file, _keys)), expected, stopAtSize: true, check);
    }

    /// <summary>The data of a file, decrypted when needed.</summary>
    public static ReadOnlyMemory<byte> Plain(ReadOnlyMemory<byte> archive, RarFile file, RarKeys? keys)
    {
        if (file.DataOffset > archive.Length)
        {
            return ReadOnlyMemory<byte>.Empty;
        }

        var data = archive.Slice((int)file.DataOffset, (int)Math.Min(file.Packed, archive.Length - file.DataOffset));
        if (!file.Encrypted)
        {
            return data;
        }

        if (keys is null)
        {
            throw new InvalidDataException("The password is missing.");
        }

        if (!file.Rar5)
        {
            return keys.Rar4(file.Salt ?? []).Decrypt(data.Span);
        }

        return file.Lock is { } by
            ? new AesKey(keys.Rar5(by), by.Iv).Decrypt(data.Span)
            : throw new InvalidDataException("The encryption is not known.");
    }

    private Finding? Refusal(RarFile file)
    {
        if (file.SplitBefore || file.SplitAfter || _broken.Contains(file))
        {
            return FindingCodes.Container.VolumeMissing.At(file.SplitBefore ? "begins in the volume before" : "goes on in the next volume");
        }

        if (file.Encrypted && LockRefusal(file) is { } refusal)
        {
            return refusal;
        }

        if (file.Method == 0)
        {
            return null;
        }

        var known = file.Rar5 ? file.Version == 50 : file.Version is 15 or 20 or 26 or 29 or 36;
        if (!known || file.Method is < 0 or > 5)
        {
            return FindingCodes.Container.Unsupported.At(RarWords.Method(file));
        }

        return _places.TryGetValue(file, out var place) && place.Chain.Dictionary > RarChain.MaxDictionary
            ? FindingCodes.Container.Memory.At($"dictionary of {place.Chain.Dictionary >> 20} MiB")
            : null;
    }

    private Finding? LockRefusal(RarFile file)
    {
        if (file.Rar5 ? file.Lock is null : file.Version < 29)
        {
            return FindingCodes.Container.Unsupported.At(file.Encryption ?? "");
        }

        if (file.Lock is { Count: > RarKeys.MaxCount } costly)
        {
            return FindingCodes.Container.KeyCost.At($"2^{costly.Count} rounds");
        }

        if (_keys is null)
        {
            return FindingCodes.Container.PasswordNeeded.At(file.Encryption ?? "");
        }

        return file.Lock is { } by && _keys.Rar5Fits(by) is false ? FindingCodes.Container.PasswordWrong.At(file.Encryption ?? "") : null;
    }

    /// <summary>Checksums of RAR 5: BLAKE2sp, and both kinds keyed with the password.</summary>
    private sealed class RarCheck(RarFile file, RarKeys? keys) : ContentCheck
    {
        private readonly Blake2sp? _blake = file.Blake2 is null ? null : new Blake2sp();

        public override void Add(ReadOnlySpan<byte> content) => _blake?.Add(content);

        public override string? Wrong(uint crc32)
        {
            var key = keys is not null && file.Lock is { } by ? keys.Rar5Hash(by) : null;
            if (key is not null && file.Crc is { } crc && Keyed(key, crc32) != crc)
            {
                return "Wrong keyed checksum.";
            }

            if (_blake is null || file.Blake2 is not { } stated)
            {
                return null;
            }

            var digest = _blake.Finish();
            return stated.AsSpan().SequenceEqual(key is null ? digest : HMACSHA256.HashData(key, digest))
                ? null
                : "Wrong BLAKE2sp checksum.";
        }

        private static uint Keyed(byte[] key, uint crc32)
        {
            Span<byte> value = stackalloc byte[4];
            BinaryPrimitives.WriteUInt32LittleEndian(value, crc32);
            Span<byte> digest = stackalloc byte[32];
            HMACSHA256.HashData(key, value, digest);
            uint folded = 0;
            for (var i = 0; i < 32; i += 4)
            {
                folded ^= BinaryPrimitives.ReadUInt32LittleEndian(digest[i..]);
            }

            return folded;
        }
    }
}
