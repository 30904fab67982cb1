using System.IO.Compression;
using System.Text;
using Noroshi.Makers.FileTypes;

namespace Noroshi.Makers.OfficeBinary;

/// <summary>Writes the two streams of PowerPoint 97 documents.</summary>
public sealed class PresentationMaker
{
    private readonly List<byte> _records = [];

    /// <summary>Name of who saved.</summary>
    public string User { get; init; } = "山田 太郎";

    /// <summary>Text of a slide.</summary>
    public PresentationMaker Text(string text) => Record(0, 0x0FA0, Encoding.Unicode.GetBytes(text));

    /// <summary>A hyperlink.</summary>
    public PresentationMaker Link(string target)
    {
        byte[] inner = [.. Make(0, 0x0FBA, Encoding.Unicode.GetBytes("shown")), .. Make(0x10, 0x0FBA, Encoding.Unicode.GetBytes(target))];
        return Record(0x0F, 0x0FD7, inner);
    }

    /// <summary>An action that runs a program.</summary>
    public PresentationMaker Runs(string program)
    {
        byte[] info = [.. new byte[8], 2, .. new byte[7]];
        return Record(0x0F, 0x0FF2, [.. Make(0, 0x0FF3, info), .. Make(0x20, 0x0FBA, Encoding.Unicode.GetBytes(program))]);
    }

    /// <summary>An object, deflated.</summary>
    public PresentationMaker Object(byte[] file)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(file);
        }

        return Record(0x10, 0x1011, [.. BitConverter.GetBytes(file.Length), .. packed.ToArray()]);
    }

    /// <summary>Any record.</summary>
    public PresentationMaker Record(int head, int kind, byte[] body)
    {
        _records.AddRange(Make(head, kind, body));
        return this;
    }

    /// <summary>The file.</summary>
    public CompoundMaker File()
    {
        byte[] user =
        [
            0,
            0,
            0xF6,
            0x0F,
            .. BitConverter.GetBytes(24 + (User.Length * 3)),
            0x14,
            0,
            0,
            0,
            0x5F,
            0xC0,
            0x91,
            0xE3,
            0,
            0,
            0,
            0,
            (byte)User.Length,
            0,
            0xF4,
            3,
            3,
            0,
            0,
            0,
            .. User.Select(letter => (byte)'?'),
            8,
            0,
            0,
            0,
            .. Encoding.Unicode.GetBytes(User),
        ];
        return new CompoundMaker().Stream("PowerPoint Document", [.. _records]).Stream("Current User", user);
    }

    private static byte[] Make(int head, int kind, byte[] body) =>
        [(byte)head, (byte)(head >> 8), (byte)kind, (byte)(kind >> 8), .. BitConverter.GetBytes(body.Length), .. body];
}
