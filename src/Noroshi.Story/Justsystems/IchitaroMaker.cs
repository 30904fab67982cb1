using System.Text;
using Noroshi.Makers.FileTypes;
using Noroshi.Makers.Lzh;
using Noroshi.Makers.OfficeBinary;

namespace Noroshi.Makers.Justsystems;

/// <summary>Writes Ichitaro documents with the streams that people found in public ones.</summary>
public static class IchitaroMaker
{
    /// <summary>An ordinary document: block store, fonts, both summaries, the list of the streams.</summary>
    /// <param name="text">Text of the document.</param>
    /// <param name="author">Author.</param>
    /// <param name="path">Path on the maker's machine.</param>
    /// <param name="pieces">Keeps the text in two pieces, as large documents do.</param>
    /// <param name="wrongSizes">Lets the list of the streams state other sizes.</param>
    /// <param name="title">Title.</param>
    /// <param name="created">When it was made; null for a fixed moment.</param>
    /// <param name="figure">Bytes of the picture behind its signature; null for empty ones.</param>
    public static byte[] Document(
        string text = "調査のお願い\n詳しくは http://jtd.example.jp/a をご覧ください。",
        string author = "山田 太郎",
        string path = @"N:\企画課\照会\調査票.jtd",
        bool pieces = false,
        bool wrongSizes = false,
        string title = "照会の件",
        DateTime? created = null,
        byte[]? figure = null
    )
    {
        (string Name, byte[] Content)[] streams =
        [
            ("DocumentText", BlockStore(pieces ? Pieces(text) : [Text(text)])),
            ("Font", Fonts("ＭＳ 明朝", "ＭＳ ゴシック")),
            ("\u0004JSRV_SummaryInformation", OwnSummary(("見出し", title), ("作成者", author))),
            (
                "\u0005SummaryInformation",
                PropertySetMaker
                    .Summary()
                    .Text(2, title)
                    .Text(4, author)
                    .Text(6, "一太郎 13 文書")
                    .Text(7, path)
                    .Time(12, created ?? new DateTime(2013, 8, 5, 1, 20, 0, DateTimeKind.Utc))
                    .Build()
            ),
            ("DocumentViewStyles", new byte[500]),
            ("DocumentEditStyles", new byte[500]),
        ];
        var file = new CompoundMaker();
        foreach (var (name, content) in streams)
        {
            file.Stream(name, content);
        }

        return file.Stream("\u0004JSRV_SegmentInformation", Segments(streams, wrongSizes ? 1 : 0))
            .Stream("DocumentMacro/Macros/BaseStorage0/MacrosStream", new byte[64])
            .Stream("FigureData/Figure1", [.. new byte[24], 0x89, .. "PNG\r\n\u001A\n"u8, .. figure ?? new byte[80]])
            .Build();
    }

    /// <summary>The document packed as .jtdc and .jttc are: 38 bytes, then an LHA member.</summary>
    public static byte[] Compressed(byte[] document, string memberName = "document.jtd") =>
        Wrapped(LzhMaker.MakeMember(new LzhMember(memberName, document) { Level = 1 }));

    /// <summary>A packed document of any member.</summary>
    public static byte[] Wrapped(byte[] member) =>
        new CompoundMaker()
            .Stream("JSCompDocument", [0x26, 0, .. "JustCompressedDocument"u8, .. new byte[14], .. member, 0])
            .Stream("\u0004JSRV_SegmentInformation", new byte[336])
            .Stream("\u0004JSRV_SummaryInformation", new byte[2294])
            .Build();

    /// <summary>Ichitaro 4 to 6 with title and text.</summary>
    public static byte[] Old(int version, string title, string text)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(932) ?? Encoding.Latin1;
        var body = encoding.GetBytes(text);
        var bytes = new byte[0x804 + body.Length + 8 + 16];
        "DOC"u8.CopyTo(bytes);
        bytes[43] = (byte)(0x10 + version);
        encoding.GetBytes(title).CopyTo(bytes, 0x40);
        // A control record of eight bytes stands before the text.
        byte[] control = [0x1F, 0, 8, 0, (byte)'x', (byte)'x', (byte)'x', (byte)'x'];
        BitConverter.TryWriteBytes(bytes.AsSpan(0x800), body.Length + control.Length);
        control.CopyTo(bytes, 0x804);
        body.CopyTo(bytes, 0x804 + control.Length);
        return bytes;
    }

    /// <summary>A block store of the given sub-streams; blocks of the second lie before those of the first, as edited documents have them.</summary>
    public static byte[] BlockStore(IReadOnlyList<byte[]> streams)
    {
        const int BlockSize = 256;
        var blocks = new List<byte[]>();
        var lists = new List<int>[streams.Count];
        for (var i = streams.Count - 1; i >= 0; i--)
        {
            lists[i] = [];
            for (var at = 0; at < streams[i].Length; at += BlockSize)
            {
                var block = new byte[BlockSize];
                streams[i].AsSpan(at, Math.Min(BlockSize, streams[i].Length - at)).CopyTo(block);
                lists[i].Add(blocks.Count);
                blocks.Add(block);
            }
        }

        var store = new List<byte>();
        store.AddRange("SsmgV.01"u8);
        store.AddRange([.. Big(streams.Count), .. Big(BlockSize), .. Big(blocks.Count)]);
        blocks.ForEach(store.AddRange);
        for (var i = 0; i < streams.Count; i++)
        {
            store.AddRange([.. Big(i), .. Big(0), .. Big(streams[i].Length), .. Big(lists[i].Count), .. Big(lists[i].Count)]);
            lists[i].ForEach(block => store.AddRange(Big(block)));
        }

        store.AddRange(Big(0));
        return [.. store];
    }

    /// <summary>Text in one piece: a paragraph record before it, a reading of ruby within it.</summary>
    public static byte[] Text(string text)
    {
        var units = Units(text);
        return [.. "TextV.01"u8, .. Big(units.Length), .. Encoding.BigEndianUnicode.GetBytes(units), 0, .. Big(units.Length), 0xFF];
    }

    /// <summary>The company's own summary: label and value, each at its place in the record.</summary>
    public static byte[] OwnSummary(params (string Label, string Value)[] properties)
    {
        var stream = new List<byte>(new byte[32]);
        var number = 2;
        foreach (var (label, value) in properties)
        {
            var bytes = Encoding.Unicode.GetBytes(value);
            var record = new byte[96 + bytes.Length];
            record[0] = (byte)number;
            record[3] = 0x31;
            Encoding.Unicode.GetBytes(label).CopyTo(record, 4);
            BitConverter.TryWriteBytes(record.AsSpan(80), (ushort)bytes.Length);
            bytes.CopyTo(record, 96);
            stream.AddRange(record);
            number += 2;
        }

        return [.. stream, .. new byte[128]];
    }

    private static byte[] Fonts(params string[] faces)
    {
        var stream = new List<byte>();
        stream.AddRange("FontV.01"u8);
        stream.AddRange([0, (byte)faces.Length]);
        for (var i = 0; i < faces.Length; i++)
        {
            stream.AddRange([0, (byte)i, .. new byte[28]]);
            stream.AddRange(Encoding.BigEndianUnicode.GetBytes(faces[i] + "\0"));
            stream.AddRange(new byte[12]);
            stream.AddRange(Encoding.BigEndianUnicode.GetBytes("標準\0"));
        }

        return [.. stream];
    }

    private static byte[] Segments((string Name, byte[] Content)[] streams, int error)
    {
        var bytes = new byte[0x90 + (streams.Length * 0x60)];
        "VDA_DOC\0"u8.CopyTo(bytes);
        BitConverter.TryWriteBytes(bytes.AsSpan(14), (ushort)0x90);
        BitConverter.TryWriteBytes(bytes.AsSpan(16), (ushort)0x60);
        BitConverter.TryWriteBytes(bytes.AsSpan(18), (ushort)streams.Length);
        for (var i = 0; i < streams.Length; i++)
        {
            var entry = bytes.AsSpan(0x90 + (i * 0x60));
            Encoding.Unicode.GetBytes(streams[i].Name, entry);
            BitConverter.TryWriteBytes(entry[68..], streams[i].Content.Length + error);
            BitConverter.TryWriteBytes(entry[72..], 1);
        }

        return bytes;
    }

    private static string Units(string text) =>
        "\u001C\u0010\u0008\u0000\u0008\u0000\u0010\u001F"
        + text
        + "\u001C\u0001\u0007\u0000\u0000\u0003\u001D漢字\u001E\u0005\u0000\u0001\u001F"
        + "\u001C\u0001\u0007\u0000\u0001\u0082\u001Dかんじ\u001E\u0005\u0000\u0001\u001F"
        + "\n";

    private static byte[][] Pieces(string text)
    {
        var units = Units(text);
        var middle = units.Length / 2;
        byte[] list = [.. "QLSTV.01"u8, .. Big(2), .. Big(middle), .. Big(1), .. Big(units.Length - middle), .. Big(2)];
        return
        [
            list,
            [.. Encoding.BigEndianUnicode.GetBytes(units[..middle]), 0, 0xFF],
            [.. Encoding.BigEndianUnicode.GetBytes(units[middle..]), 0, 0xFF],
        ];
    }

    private static byte[] Big(int value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];
}
