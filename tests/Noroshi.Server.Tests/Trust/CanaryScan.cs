using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Noroshi.Server.Tests.Trust;

/// <summary>
/// A value that is planted where only the hub may know it. The secret is looked for by its halves: a database may cut a value in two at the
/// border of a page, but it cannot cut both halves.
/// </summary>
/// <param name="Name">What it is, for the message of a failing test.</param>
/// <param name="Value">The planted text; at least 16 characters, no two canaries alike.</param>
internal sealed record Canary(string Name, string Value)
{
    /// <summary>What the text stands for, when a key is written as text but kept as bytes.</summary>
    public byte[]? Raw { get; init; }

    private const string Letters = "abcdefghijkmnpqrstuvwxyz23456789";
    private const string Kanji =
        "一丁七万三上下不世中丸主久乗九事二五井交京人今介仕他付代令以仲件任休会伝位低住何作使例係信俳候個健備像優億元兄先光児入全八公六共兵内円再写冬冷出刀分切刊列初別利制券前力加助努労動務勝化北区医十千半南単原厚去参友反取受口古句可台史右号司各合同名向君";

    /// <summary>A canary of 32 characters that fits wherever a word fits: local part, file name, header value.</summary>
    public static Canary Of(string name) => new(name, Draw(name, Letters, 32));

    /// <summary>A canary as a Japanese subject or project name has it.</summary>
    public static Canary Japanese(string name) => new(name, Draw(name, Kanji, 16));

    private static string Draw(string name, string letters, int length)
    {
        var seed = SHA512.HashData(Encoding.UTF8.GetBytes(name));
        return string.Concat(seed.Take(length).Select(one => letters[one % letters.Length]));
    }
}

/// <summary>Where a canary was found.</summary>
/// <param name="Canary">Which.</param>
/// <param name="Form">In which encoding.</param>
/// <param name="Place">File or log, and offset.</param>
internal sealed record CanaryHit(string Canary, string Form, string Place)
{
    public override string ToString() => $"{Canary} as {Form} in {Place}";
}

/// <summary>
/// Looks for canaries in bytes as somebody who got hold of them would: plain text in the usual charsets, base64 at each of the three offsets,
/// hex, escapes of JSON and URLs, unkeyed digests, and the same once more in what zstd or gzip packed.
/// </summary>
internal sealed class CanaryScan
{
    private const int MostUnpacked = 4 * 1024 * 1024;
    private readonly List<(string Canary, string Form, byte[] Pattern)> _patterns = [];

    static CanaryScan() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public CanaryScan(IEnumerable<Canary> canaries)
    {
        foreach (var canary in canaries)
        {
            if (canary.Value.Length < 16)
            {
                throw new ArgumentException($"The canary {canary.Name} is too short to be told from chance.", nameof(canaries));
            }

            var middle = canary.Value.Length / 2;
            AddForms(canary.Name, canary.Value[..middle]);
            AddForms(canary.Name, canary.Value[middle..]);
            AddDigests(canary);
            if (canary.Raw is { } raw)
            {
                AddRaw(canary.Name, raw[..(raw.Length / 2)]);
                AddRaw(canary.Name, raw[(raw.Length / 2)..]);
            }
        }

        if (_patterns.Count == 0)
        {
            throw new ArgumentException("A scan without canaries finds nothing.", nameof(canaries));
        }
    }

    /// <summary>Everything in and below a folder: bytes of the files and their names.</summary>
    /// <returns>What was found, and how many files and bytes were looked at, so that a test can see that there was something to look at.</returns>
    public (IReadOnlyList<CanaryHit> Hits, int Files, long Bytes) Folder(string folder)
    {
        var hits = new List<CanaryHit>();
        var files = 0;
        long bytes = 0;
        foreach (var path in Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var name = Path.GetRelativePath(folder, path);
            hits.AddRange(Text($"name of {name}", name));
            if (!File.Exists(path))
            {
                continue;
            }

            var content = ReadShared(path);
            hits.AddRange(Bytes(name, content));
            files++;
            bytes += content.Length;
        }

        return (hits, files, bytes);
    }

    /// <summary>A text: a log, an answer, a page.</summary>
    public IReadOnlyList<CanaryHit> Text(string place, string text) => Bytes(place, Encoding.UTF8.GetBytes(text));

    /// <summary>Bytes, and what is packed in them.</summary>
    public IReadOnlyList<CanaryHit> Bytes(string place, byte[] content)
    {
        var hits = new List<CanaryHit>();
        Search(place, content, hits);
        foreach (var (offset, form) in Packed(content))
        {
            Search($"{place} ({form} at {offset})", Unpack(content, offset, form), hits);
        }

        return hits;
    }

    private void Search(string place, byte[] content, List<CanaryHit> hits)
    {
        foreach (var (canary, form, pattern) in _patterns)
        {
            var at = content.AsSpan().IndexOf(pattern);
            if (at >= 0)
            {
                hits.Add(new CanaryHit(canary, form, $"{place} at {at}"));
            }
        }
    }

    private void AddForms(string name, string text)
    {
        foreach (var spelling in new[] { text, text.ToLowerInvariant(), text.ToUpperInvariant() }.Distinct(StringComparer.Ordinal))
        {
            foreach (var charset in Charsets(spelling))
            {
                var bytes = charset.GetBytes(spelling);
                // ISO-2022-JP: without the escapes around, which stand elsewhere when other Japanese text is beside it.
                bytes = charset.CodePage == 50220 ? bytes[3..^3] : bytes;
                Add(name, charset.WebName, bytes);
                AddCoded(name, charset.WebName, bytes);
            }

            Add(name, "json", Encoding.ASCII.GetBytes(string.Concat(spelling.Select(c => $"\\u{(int)c:x4}"))));
            Add(name, "json", Encoding.ASCII.GetBytes(string.Concat(spelling.Select(c => $"\\u{(int)c:X4}"))));
            Add(name, "percent", Encoding.ASCII.GetBytes(Uri.EscapeDataString(spelling)));
        }
    }

    private void AddRaw(string name, byte[] bytes)
    {
        Add(name, "raw bytes", bytes);
        AddCoded(name, "raw bytes", bytes);
    }

    private void AddCoded(string name, string charset, byte[] bytes)
    {
        Add(name, $"hex of {charset}", Encoding.ASCII.GetBytes(Convert.ToHexStringLower(bytes)));
        Add(name, $"hex of {charset}", Encoding.ASCII.GetBytes(Convert.ToHexString(bytes)));
        for (var offset = 0; offset < 3; offset++)
        {
            // Only the characters that depend on nothing but the value: without the first group's and the last group's.
            byte[] shifted = [.. new byte[offset], .. bytes];
            var whole = Convert.ToBase64String(shifted, 0, shifted.Length - (shifted.Length % 3));
            var inner = offset == 0 ? whole : whole[4..];
            Add(name, $"base64 of {charset}, offset {offset}", Encoding.ASCII.GetBytes(inner));
            Add(name, $"base64url of {charset}, offset {offset}", Encoding.ASCII.GetBytes(inner.Replace('+', '-').Replace('/', '_')));
        }
    }

    private void AddDigests(Canary canary)
    {
        var bytes = Encoding.UTF8.GetBytes(canary.Value);
        // A digest without a key is an answer to "was it this one?".
        foreach (
            var (name, digest) in new[]
            {
                ("sha-256", SHA256.HashData(bytes)),
                ("sha-1", SHA1.HashData(bytes)),
                ("md5", MD5.HashData(bytes)),
            }
        )
        {
            Add(canary.Name, name, digest);
            Add(canary.Name, $"{name} in hex", Encoding.ASCII.GetBytes(Convert.ToHexStringLower(digest)));
            Add(canary.Name, $"{name} in base64", Encoding.ASCII.GetBytes(Convert.ToBase64String(digest)));
        }
    }

    private void Add(string canary, string form, byte[] pattern)
    {
        if (pattern.Length >= 8 && !_patterns.Exists(one => one.Canary == canary && one.Pattern.AsSpan().SequenceEqual(pattern)))
        {
            _patterns.Add((canary, form, pattern));
        }
    }

    private static IEnumerable<Encoding> Charsets(string text)
    {
        yield return Encoding.UTF8;
        yield return Encoding.Unicode;
        yield return Encoding.BigEndianUnicode;
        if (!Ascii.IsValid(text))
        {
            yield return Encoding.GetEncoding("iso-2022-jp");
            yield return Encoding.GetEncoding("shift_jis");
            yield return Encoding.GetEncoding("euc-jp");
        }
    }

    private static IEnumerable<(int Offset, string Form)> Packed(byte[] content)
    {
        byte[] zstd = [0x28, 0xB5, 0x2F, 0xFD];
        byte[] gzip = [0x1F, 0x8B, 0x08];
        foreach (var (mark, form) in new[] { (zstd, "zstd"), (gzip, "gzip") })
        {
            for (var from = 0; from < content.Length; )
            {
                var at = content.AsSpan(from).IndexOf(mark);
                if (at < 0)
                {
                    break;
                }

                yield return (from + at, form);
                from += at + mark.Length;
            }
        }
    }

    private static byte[] Unpack(byte[] content, int offset, string form)
    {
        using var packed = new MemoryStream(content, offset, content.Length - offset, writable: false);
        using Stream plain =
            form == "zstd" ? new ZstdSharp.DecompressionStream(packed) : new GZipStream(packed, CompressionMode.Decompress);
        using var result = new MemoryStream();
        var buffer = new byte[16 * 1024];
        try
        {
            int read;
            while (result.Length < MostUnpacked && (read = plain.Read(buffer)) > 0)
            {
                result.Write(buffer, 0, read);
            }
        }
        catch (Exception error) when (error is InvalidDataException or ZstdSharp.ZstdException or EndOfStreamException or IOException)
        {
            // Four bytes of chance, or cut off: what came out until here is looked at.
        }

        return result.ToArray();
    }

    private static byte[] ReadShared(string path)
    {
        if (new FileInfo(path).Length == 0)
        {
            return []; // such as the lock that the hub holds
        }

        // The hub may have the file open.
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var content = new MemoryStream();
        file.CopyTo(content);
        return content.ToArray();
    }
}
