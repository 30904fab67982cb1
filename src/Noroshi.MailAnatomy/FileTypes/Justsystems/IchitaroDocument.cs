using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Noroshi.MailAnatomy.Containers;
using Noroshi.MailAnatomy.FileTypes.Compound;
using Noroshi.MailAnatomy.FileTypes.Compound.Properties;
using Noroshi.MailAnatomy.FileTypes.Traits;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.FileTypes.Justsystems;

/// <summary>The document packed within a compressed one.</summary>
/// <param name="Name">Name it was packed under, or one by its kind.</param>
/// <param name="Start">What comes out of it, at most <see cref="IchitaroDocument.MaxUnpacked"/> bytes.</param>
/// <param name="Size">Bytes it has, as stated.</param>
/// <param name="Open">Unpacks it again, whole.</param>
internal sealed record PackedDocument(string Name, byte[] Start, long Size, Func<Stream> Open);

/// <summary>What an Ichitaro document says: its maker, its fonts, its text, what is embedded, and whether its own list of streams is right.</summary>
internal static class IchitaroDocument
{
    /// <summary>Bytes of a packed document that are looked into: 32 MiB, as for every file.</summary>
    public const int MaxUnpacked = 32 << 20;

    private const int MemberAt = 38;
    private const int MaxStream = 8 << 20;
    private const int MaxTextStreams = 64;
    private const int MaxFonts = 64;
    private const int MaxPictures = 32;
    private const string Segments = "\u0004JSRV_SegmentInformation";
    private const string Summary = "\u0004JSRV_SummaryInformation";

    /// <summary>The member of <c>JSCompDocument</c>: 38 bytes of mark, then an LHA member. Null when there is none.</summary>
    public static PackedDocument? Unpack(ref CompoundFile file)
    {
        if (file.FindStream("JSCompDocument") is not { } entry)
        {
            return null;
        }

        if (PackedLzhMember.Read(file.Read(entry, int.MaxValue), MemberAt) is not { } member)
        {
            return null;
        }

        var name = PropertySetReader.Decode(member.Name.Span, 932);
        return new PackedDocument(name.Length > 0 ? PathText.NameOf(name) : "document.jtd", Start(member.Open), member.Size, member.Open);
    }

    /// <summary>Adds traits, texts, findings and what is embedded.</summary>
    public static void Add(ref CompoundFile file, DocumentFacts facts)
    {
        if (file.FindStream(Summary) is { } summary)
        {
            IchitaroSummary.Add(file.Read(summary, 64 << 10), "JSRV_SummaryInformation", facts);
        }

        if (file.FindStream("Font") is { } font)
        {
            Fonts(file.Read(font, 64 << 10), facts);
        }

        CheckSegments(ref file, facts);
        var (texts, pictures) = (0, 0);
        foreach (var entry in file.Entries)
        {
            if (!entry.IsStream || entry.Size < 16)
            {
                continue;
            }

            if (texts < MaxTextStreams && Texts(ref file, entry, facts))
            {
                texts++;
            }
            else if (pictures < MaxPictures && Pictures(ref file, entry, facts))
            {
                pictures++;
            }
            else if (entry.Name.StartsWith("MacrosStream", StringComparison.OrdinalIgnoreCase))
            {
                Macros(file.Read(entry, 1 << 20), entry.Path, facts);
            }
        }
    }

    private static byte[] Start(Func<Stream> open)
    {
        using var result = new MemoryStream();
        try
        {
            using var stream = open();
            var buffer = new byte[64 << 10];
            int count;
            while (result.Length < MaxUnpacked && (count = stream.Read(buffer, 0, buffer.Length)) > 0)
            {
                result.Write(buffer, 0, count);
            }
        }
        catch (Exception error) when (error is InvalidDataException or NotSupportedException or EndOfStreamException)
        {
            // Whoever reads the inner file reports the damage; what came out so far still says who made it.
        }

        return result.ToArray();
    }

    /// <summary>
    /// Fonts: a count, then each with its number, 28 bytes of logical font, face name (UTF-16BE to NUL), 12 bytes, style name. The names
    /// in the document's order are a habit of its maker.
    /// </summary>
    private static void Fonts(ReadOnlySpan<byte> stream, DocumentFacts facts)
    {
        if (!stream.StartsWith("FontV.01"u8) || stream.Length < 10)
        {
            return;
        }

        var names = new List<string>();
        int count = BinaryPrimitives.ReadUInt16BigEndian(stream[8..]);
        var at = 10;
        for (var i = 0; i < Math.Min(count, MaxFonts); i++)
        {
            at += 30;
            var face = Name(stream, ref at);
            at += 12;
            Name(stream, ref at);
            if (face.Length == 0)
            {
                break;
            }

            names.Add(face);
        }

        facts.Trait(TraitKinds.Compound.FontNames, string.Join(", ", names), "Font");
    }

    private static string Name(ReadOnlySpan<byte> stream, ref int at)
    {
        var name = new StringBuilder();
        while (at + 2 <= stream.Length && name.Length < 64)
        {
            var letter = (char)BinaryPrimitives.ReadUInt16BigEndian(stream[at..]);
            at += 2;
            if (letter == 0)
            {
                return name.ToString();
            }

            if (letter < ' ')
            {
                return "";
            }

            name.Append(letter);
        }

        return "";
    }

    /// <summary>
    /// The list of the root's streams with their sizes. The programs of the company refuse a file in which it is wrong, so a wrong one says
    /// that another program wrote into the file.
    /// </summary>
    private static void CheckSegments(ref CompoundFile file, DocumentFacts facts)
    {
        if (file.Damaged || file.Find(Segments) is not { IsStream: true } entry)
        {
            return;
        }

        ReadOnlySpan<byte> list = file.Read(entry, 256 << 10);
        if (!list.StartsWith("VDA_DOC\0"u8) || list.Length < 20)
        {
            return;
        }

        int at = BinaryPrimitives.ReadUInt16LittleEndian(list[14..]);
        int size = BinaryPrimitives.ReadUInt16LittleEndian(list[16..]);
        int count = BinaryPrimitives.ReadUInt16LittleEndian(list[18..]);
        for (var i = 0; i < count && size >= 76 && at + size <= list.Length; i++, at += size)
        {
            var record = list.Slice(at, size);
            var name = Encoding.Unicode.GetString(record[..64]);
            var end = name.IndexOf('\0', StringComparison.Ordinal);
            name = end < 0 ? name : name[..end];
            var stated = BinaryPrimitives.ReadUInt32LittleEndian(record[68..]);
            var isStream = BinaryPrimitives.ReadUInt32LittleEndian(record[72..]) is 1 or 2;
            var found = file.Find(name);
            if (isStream && (found is null || found.Value.Size != stated))
            {
                var real = found is null ? "missing" : found.Value.Size.ToString(CultureInfo.InvariantCulture);
                facts.Finding(
                    FindingCodes.Justsystems.SegmentMismatch,
                    string.Create(CultureInfo.InvariantCulture, $"{DocumentFacts.Visible(name)}: {stated} stated, {real}")
                );
                return;
            }
        }
    }

    private static bool Texts(ref CompoundFile file, CompoundEntry entry, DocumentFacts facts)
    {
        var start = file.Read(entry, 64 << 10);
        var at = start.AsSpan().IndexOf(IchitaroText.Mark);
        if (at < 0)
        {
            return false;
        }

        var whole = entry.Size > start.Length ? file.Read(entry, MaxStream) : start;
        facts.Text(IchitaroText.Read(whole.AsSpan(at)));
        return true;
    }

    /// <summary>Pictures lie in streams of their own behind a short header; metafiles behind the word <c>METAFILE</c>.</summary>
    private static bool Pictures(ref CompoundFile file, CompoundEntry entry, DocumentFacts facts)
    {
        var start = file.Read(entry, 512);
        var (at, extension) = Picture(start);
        if (at < 0)
        {
            return false;
        }

        var bytes = file.Read(entry, facts.InnerBytesLeft);
        facts.Inner($"{entry.Path}.{extension}", bytes[Math.Min(at, bytes.Length)..]);
        return true;
    }

    private static (int At, string Extension) Picture(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith("METAFILE"u8))
        {
            for (var at = 8; at + 4 <= Math.Min(start.Length, 0x80); at += 2)
            {
                if (start[at..].StartsWith("\u0001\0\u0009\0"u8))
                {
                    return (at, "wmf");
                }
            }
        }

        ReadOnlySpan<byte> jpeg = [0xFF, 0xD8, 0xFF];
        ReadOnlySpan<byte> png = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];
        return start.IndexOf(png) is >= 0 and var pngAt ? (pngAt, "png")
            : start.IndexOf(jpeg) is >= 0 and var jpegAt ? (jpegAt, "jpg")
            : start.IndexOf("GIF89a"u8) is >= 0 and var gifAt ? (gifAt, "gif")
            : (-1, "");
    }

    /// <summary>Every document has the storage of macros; one with code in it has readable text there.</summary>
    private static void Macros(ReadOnlySpan<byte> stream, string where, DocumentFacts facts)
    {
        var runs = TextRuns.Read(stream, 8, 64 << 10);
        if (runs.Length >= 40)
        {
            facts.Trait(TraitKinds.Common.Macros, "ichitaro", where);
            facts.Text(runs);
        }
    }
}
