using System.Text;

namespace Noroshi.Fuzz.Targets;

/// <summary>Writes small TNEF (MS-OXTNEF 2.1).</summary>
internal static class TnefBytes
{
    private static ReadOnlySpan<byte> Interface => [7, 3, 2, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46];

    public static byte[] File(params byte[][] attributes) => [0x78, 0x9F, 0x3E, 0x22, 1, 0, .. attributes.SelectMany(bytes => bytes)];

    public static byte[] Attribute(byte level, ushort id, byte[] value) =>
        [
            level,
            .. BitConverter.GetBytes(id),
            6,
            0,
            .. BitConverter.GetBytes(value.Length),
            .. value,
            .. BitConverter.GetBytes((ushort)value.Sum(item => item)),
        ];

    /// <summary>A mail with one property of each kind, a file and a mail inside.</summary>
    public static byte[] Mail(byte[] inner) =>
        File(
            Attribute(1, 0x9007, BitConverter.GetBytes(932L)),
            Attribute(1, 0x8004, [.. "old subject\0"u8]),
            Attribute(
                1,
                0x9003,
                Properties(
                    Text(0x37, "subject"),
                    Text(0xC1F, "/O=EXCHANGE/CN=A"),
                    [0x40, 0, 0x39, 0, .. BitConverter.GetBytes(130_201_164_300_000_000L)],
                    Variable(0x1000, 0x1E, [.. "body\0"u8]),
                    Variable(0x1013, 0x102, [.. "<p>body</p>"u8]),
                    Variable(0x1009, 0x102, Rtf()),
                    [3, 0, 0xDE, 0x3F, .. BitConverter.GetBytes(932)],
                    [0x1F, 0x10, 1, 0x80, 2, 0, 0, 0, .. Chars("ab"), .. Chars("cd")],
                    [3, 0, 0, 0x85, .. new byte[16], 0, 0, 0, 0, 1, 0, 0, 0, 7, 0, 0, 0]
                )
            ),
            Attribute(2, 0x9002, new byte[14]),
            Attribute(2, 0x8010, [.. "short.doc\0"u8]),
            Attribute(2, 0x800F, [1, 2, 3]),
            Attribute(2, 0x9005, Properties(Text(0x3707, "long name.docx"), Text(0x370E, "application/msword"))),
            Attribute(2, 0x9002, new byte[14]),
            Attribute(2, 0x9005, Properties(Text(0x3001, "mail"), Variable(0x3701, 0x0D, [.. Interface, .. inner])))
        );

    private static byte[] Properties(params byte[][] properties) =>
        [.. BitConverter.GetBytes(properties.Length), .. properties.SelectMany(bytes => bytes)];

    private static byte[] Variable(ushort id, ushort type, byte[] value) =>
        [.. BitConverter.GetBytes(type), .. BitConverter.GetBytes(id), 1, 0, 0, 0, .. Sized(value)];

    private static byte[] Text(ushort id, string text) => Variable(id, 0x1F, Encoding.Unicode.GetBytes(text + "\0"));

    private static byte[] Chars(string text) => Sized(Encoding.Unicode.GetBytes(text + "\0"));

    private static byte[] Sized(byte[] value) => [.. BitConverter.GetBytes(value.Length), .. value, .. new byte[-value.Length & 3]];

    /// <summary>RTF in the compressed form (MS-OXRTFCP), of literals only, and one reference to the dictionary.</summary>
    private static byte[] Rtf()
    {
        byte[] packed = [0, .. "{\\rtf1 a"u8, 0x20, .. "bcdef"u8, 0x00, 0x12, 0];
        return [.. BitConverter.GetBytes(packed.Length + 12), 20, 0, 0, 0, .. "LZFu"u8, 0, 0, 0, 0, .. packed];
    }
}
