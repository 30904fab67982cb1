using Noroshi.MailAnatomy.Containers;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.Files;

/// <summary>Content of an entry as far as it could be read.</summary>
/// <param name="Bytes">The content; only its beginning when <paramref name="Whole"/> is false.</param>
/// <param name="Size">Bytes that came out.</param>
/// <param name="Hashes">Digests; null when the content broke off.</param>
/// <param name="Whole">Everything is in <paramref name="Bytes"/>.</param>
/// <param name="Problem">Why it broke off; null when it did not.</param>
internal sealed record EntryContent(ReadOnlyMemory<byte> Bytes, long Size, Hashes? Hashes, bool Whole, Finding? Problem);

/// <summary>Reads entries of containers under the budget; whatever a decoder throws becomes a finding.</summary>
internal static class EntryReader
{
    /// <summary>Larger files are hashed and typed by their beginning, not looked into: 32 MiB.</summary>
    public const int KeepBytes = 32 << 20;

    /// <summary>Reads one entry.</summary>
    /// <param name="open">Opens the content.</param>
    /// <param name="path">Where the entry is, for findings.</param>
    /// <param name="packedSize">Bytes of the container, for the ratio.</param>
    /// <param name="budget">Budget of the whole dissection.</param>
    public static EntryContent Read(Func<Stream> open, string path, long packedSize, Budget budget)
    {
        using var kept = new MemoryStream();
        using var hashes = new StreamingHashes();
        long total = 0;
        Finding? problem = null;
        try
        {
            using var stream = open();
            var buffer = new byte[64 << 10];
            int count;
            while (problem is null && (count = stream.Read(buffer, 0, buffer.Length)) > 0)
            {
                total += count;
                hashes.Append(buffer.AsSpan(0, count));
                if (total <= KeepBytes)
                {
                    kept.Write(buffer, 0, count);
                }

                problem = budget.TakeBytes(count, total, packedSize)?.At(path);
            }
        }
        catch (OutOfMemoryException)
        {
            throw;
        }
        catch (Exception error)
        {
            // Decoders throw some thirty types on damaged input; each means the same here: the entry ends at this byte.
            problem = FindingCodes.Files.Damaged.At($"{path}: {error.GetType().Name} after {total} bytes");
        }

        var bytes = kept.ToArray();
        return new EntryContent(bytes, total, problem is null ? hashes.Finish() : null, bytes.Length == total && problem is null, problem);
    }
}
