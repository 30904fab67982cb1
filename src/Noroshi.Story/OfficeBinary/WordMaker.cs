using System.Buffers.Binary;
using System.Text;
using Noroshi.Makers.FileTypes;

namespace Noroshi.Makers.OfficeBinary;

/// <summary>Writes Word 97 documents: FIB, piece table, associated strings and the list of who saved.</summary>
public static class WordMaker
{
    /// <summary>The streams of a document, for others to be added.</summary>
    /// <param name="text">Text with field marks as they are stored (0x13, 0x14, 0x15).</param>
    /// <param name="saved">Pairs of author and path.</param>
    /// <param name="template">Attached template.</param>
    /// <param name="people">Title, author, who saved last, who commented; null for the usual ones.</param>
    public static CompoundMaker Document(
        string text,
        IReadOnlyList<string>? saved = null,
        string template = "Normal.dot",
        (string Title, string Author, string LastAuthor, string Reviewer)? people = null
    )
    {
        var who = people ?? ("表題", "山田 太郎", "佐藤 花子", "鈴木 一郎");
        // One piece 8-bit, the rest UTF-16, as Word writes texts that become Japanese midway.
        var narrow = 0;
        while (narrow < text.Length && text[narrow] < 0x7F)
        {
            narrow++;
        }

        var wide = Encoding.Unicode.GetBytes(text[narrow..]);
        var document = new byte[0x800 + narrow + wide.Length];
        Encoding.ASCII.GetBytes(text[..narrow]).CopyTo(document, 0x800);
        wide.CopyTo(document, 0x800 + narrow);
        document[0] = 0xEC;
        document[1] = 0xA5;
        document[2] = 0xC1;
        Short(document, 6, 0x0411);
        document[11] = 0x02;
        Short(document, 0x3C, 0x0411);

        var table = new List<byte>();
        void Part(int index, byte[] bytes)
        {
            Word(document, 154 + (index * 8), table.Count);
            Word(document, 158 + (index * 8), bytes.Length);
            table.AddRange(bytes);
        }

        Part(32, Strings(["", template, who.Title, "", "", "", who.Author, who.LastAuthor]));
        Part(71, Strings(saved ?? []));
        Part(51, Strings(["Unknown", who.Reviewer]));
        Part(33, Pieces(text.Length, narrow));
        return new CompoundMaker()
            .Stream("WordDocument", document.Length < 4_096 ? [.. document, .. new byte[4_096 - document.Length]] : document)
            .Stream("1Table", [.. table]);
    }

    /// <summary>A field: its instruction and what it shows.</summary>
    public static string Field(string instruction, string result = "shown") => $"\u0013 {instruction} \u0014{result}\u0015";

    private static byte[] Pieces(int length, int narrow)
    {
        var pieces = new List<(int From, int Place)>();
        if (narrow > 0)
        {
            pieces.Add((0, (0x800 * 2) | 0x40000000));
        }

        if (length > narrow)
        {
            pieces.Add((narrow, 0x800 + narrow));
        }

        var plc = new List<byte>();
        pieces.ForEach(piece => plc.AddRange(Bytes(piece.From)));
        plc.AddRange(Bytes(length));
        pieces.ForEach(piece => plc.AddRange([0, 0, .. Bytes(piece.Place), 0, 0]));
        return [1, 2, 0, 0xAA, 0xBB, 2, .. Bytes(plc.Count), .. plc];
    }

    private static byte[] Strings(IReadOnlyList<string> strings)
    {
        var table = new List<byte>();
        table.AddRange([0xFF, 0xFF, (byte)strings.Count, 0, 0, 0]);
        foreach (var text in strings)
        {
            table.AddRange([(byte)text.Length, 0, .. Encoding.Unicode.GetBytes(text)]);
        }

        return [.. table];
    }

    private static byte[] Bytes(int value) => [(byte)value, (byte)(value >> 8), (byte)(value >> 16), (byte)(value >> 24)];

    private static void Short(byte[] bytes, int at, int value) => BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(at), (ushort)value);

    private static void Word(byte[] bytes, int at, int value) => BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), value);
}
