using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Noroshi.MailAnatomy.Containers;
using Noroshi.MailAnatomy.FileTypes.OpenXml;
using Noroshi.MailAnatomy.FileTypes.Traits;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.FileTypes.Rtf;

/// <summary>Collects the hex of one object: digits from anywhere, raw bytes in between.</summary>
internal sealed class RtfObjectData
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private int _half = -1;
    private int _digits;

    /// <summary>Things between the digits that no honest writer puts there.</summary>
    public int Oddities { get; private set; }

    /// <summary>Whether anything came.</summary>
    public bool IsEmpty => _bytes.WrittenCount == 0;

    /// <summary>Takes text: hex digits count, everything else is passed over.</summary>
    public void AddText(ReadOnlySpan<byte> text)
    {
        foreach (var one in text)
        {
            var nibble = RtfTokens.Nibble(one);
            if (nibble < 0)
            {
                Oddities += one is (byte)' ' or (byte)'\t' ? 0 : 1;
                continue;
            }

            _digits++;
            if (_half < 0)
            {
                _half = nibble;
            }
            else
            {
                _bytes.GetSpan(1)[0] = (byte)((_half << 4) | nibble);
                _bytes.Advance(1);
                _half = -1;
            }
        }
    }

    /// <summary>Takes raw bytes behind \bin.</summary>
    public void AddBinary(ReadOnlySpan<byte> bytes)
    {
        _half = -1;
        _bytes.Write(bytes);
    }

    /// <summary>Notes something between the digits. <c>\'xx</c> makes Word forget the half byte before it.</summary>
    public void AddOddity(bool dropsHalf)
    {
        Oddities += _digits > 0 ? 1 : 0;
        if (dropsHalf)
        {
            _half = -1;
        }
    }

    /// <summary>The bytes.</summary>
    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();
}

/// <summary>Objects of OLE 1.0 as RTF stores them (MS-OLEDS 2.2).</summary>
internal static class RtfObject
{
    private const int MaxName = 512;

    /// <summary>Takes one object apart: class, file, where it came from.</summary>
    /// <param name="data">Bytes of \objdata.</param>
    /// <param name="number">Number of the object in the document.</param>
    /// <param name="sink">Takes the file and what is noticed.</param>
    public static void Add(byte[] data, int number, TraitSink sink)
    {
        var where = $"object {number}";
        var cursor = new ByteCursor(data);
        cursor.U32();
        var kind = cursor.U32();
        var name = Text(ref cursor);
        if (cursor.Failed || kind is not (1 or 2) || name is null)
        {
            // Word reads on where the header makes no sense, and so do those who look for what is inside.
            sink.Add(FindingCodes.Rtf.BrokenObject, $"{where}: {data.Length} bytes");
            Raw(data, $"{where}.bin", sink);
            return;
        }

        sink.Add(TraitKinds.OfficeDocument.ObjectClass, name, $"{where} class");
        Class(name, where, sink);
        var topic = Text(ref cursor);
        var item = Text(ref cursor);
        if (kind == 1)
        {
            sink.Add(FindingCodes.Rtf.LinkedObject, $"{where}: {name} {topic} {item}");
            sink.Add(TraitKinds.Common.ExternalTarget, topic, $"{where} link");
            sink.AddText(topic ?? "");
            return;
        }

        var size = cursor.U32();
        if (cursor.Failed)
        {
            sink.Add(FindingCodes.Rtf.BrokenObject, $"{where}: {name}");
            return;
        }

        var native = data.AsMemory(cursor.Position, (int)Math.Min(size, cursor.Left));
        if (size > cursor.Left)
        {
            sink.Add(FindingCodes.Rtf.BrokenObject, $"{where}: {name}, {size} bytes stated, {cursor.Left} there");
        }

        if (name.Equals("Package", StringComparison.OrdinalIgnoreCase) && AddPackage(native, where, sink))
        {
            return;
        }

        AddFile(native, $"{where} {Safe(name)}.bin", sink);
    }

    private static void Class(string name, string where, TraitSink sink)
    {
        if (name.StartsWith("Equation", StringComparison.OrdinalIgnoreCase))
        {
            sink.Add(FindingCodes.Rtf.Equation, $"{where}: {name}");
        }
        else if (name.Equals("OLE2Link", StringComparison.OrdinalIgnoreCase))
        {
            sink.Add(FindingCodes.Rtf.LinkedObject, $"{where}: {name}");
        }
    }

    /// <summary>The packager's stream: label, path at the maker's, temporary path, the file itself.</summary>
    private static bool AddPackage(ReadOnlyMemory<byte> native, string where, TraitSink sink)
    {
        var bytes = native.Span;
        if (bytes.Length < 8 || BinaryPrimitives.ReadUInt16LittleEndian(bytes) != 2)
        {
            return false;
        }

        var at = 2;
        var label = Zero(bytes, ref at);
        var path = Zero(bytes, ref at);
        at += 4;
        if (label is null || path is null || at + 4 > bytes.Length)
        {
            return false;
        }

        var temporaryLength = BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
        at += 4;
        if (temporaryLength > (uint)(bytes.Length - at))
        {
            return false;
        }

        var temporary = Decode(bytes.Slice(at, (int)temporaryLength)).TrimEnd('\0');
        at += (int)temporaryLength;
        if (at + 4 > bytes.Length)
        {
            return false;
        }

        var size = BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
        sink.Add(TraitKinds.Common.OriginalPath, path, $"{where} package path");
        sink.Add(TraitKinds.Common.OriginalPath, temporary, $"{where} package temporary path");
        sink.Add(TraitKinds.Common.OriginalName, label, $"{where} package label");
        AddFile(native.Slice(at + 4, (int)Math.Min(size, bytes.Length - at - 4)), label.Length > 0 ? label : $"{where}.bin", sink);
        return true;
    }

    /// <summary>Looks for what an object with a made-up header carries.</summary>
    private static void Raw(byte[] data, string name, TraitSink sink)
    {
        var compound = data.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);
        if (data.AsSpan().IndexOf("quation"u8) is >= 0 and < 1_024)
        {
            sink.Add(FindingCodes.Rtf.Equation, name);
        }

        AddFile(data.AsMemory(Math.Max(0, compound)), name, sink);
    }

    /// <summary>Hands a file over.</summary>
    private static void AddFile(ReadOnlyMemory<byte> content, string name, TraitSink sink)
    {
        if (content.Length > 0)
        {
            sink.Inspection.Inner.Add(
                new ContainerEntry
                {
                    Name = name,
                    Size = content.Length,
                    Open = () => new ReadOnlyMemoryStream(content),
                }
            );
        }
    }

    /// <summary>LengthPrefixedAnsiString; null when it cannot be one.</summary>
    private static string? Text(ref ByteCursor cursor)
    {
        var length = cursor.U32();
        if (length > MaxName || length > cursor.Left)
        {
            return null;
        }

        return Decode(cursor.Take((int)length)).TrimEnd('\0');
    }

    private static string? Zero(ReadOnlySpan<byte> bytes, ref int at)
    {
        var end = at < bytes.Length ? bytes[at..].IndexOf((byte)0) : -1;
        if (end is < 0 or > 2_048)
        {
            return null;
        }

        var text = Decode(bytes.Slice(at, end));
        at += end + 1;
        return text;
    }

    private static string Decode(ReadOnlySpan<byte> bytes) =>
        (CodePagesEncodingProvider.Instance.GetEncoding(932) ?? Encoding.Latin1).GetString(bytes);

    private static string Safe(string name)
    {
        var safe = new StringBuilder(name.Length);
        foreach (var one in name)
        {
            safe.Append(char.IsAsciiLetterOrDigit(one) || one == '.' ? one : '_');
        }

        return safe.ToString();
    }
}
