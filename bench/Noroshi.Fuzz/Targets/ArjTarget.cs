using System.Text;
using Noroshi.MailAnatomy.Containers.Arj;

namespace Noroshi.Fuzz.Targets;

internal sealed class ArjTarget() : ContainerTarget(new ArjFormat())
{
    public override string Name => "arj";

    public override IReadOnlyList<byte[]> Dictionary { get; } =
    [
        [0x60, 0xEA],
        [0x60, 0xEA, 0, 0],
    ];

    protected override IEnumerable<byte[]> Honest() => [Archive(0, 0), Archive(0, 1), Archive(1, 0), Archive(4, 0)];

    private static byte[] Archive(byte method, byte flags) =>
        [
            .. Header(2, 0, 0, "archive.arj", []),
            .. Header(0, method, flags, Files[0].Name, Files[0].Content),
            .. Files[0].Content,
            .. Header(0, method, flags, Files[1].Name, Files[1].Content),
            .. Files[1].Content,
            0x60,
            0xEA,
            0,
            0,
        ];

    private static byte[] Header(byte type, byte method, byte flags, string name, byte[] content)
    {
        byte[] first =
        [
            30,
            11,
            1,
            2,
            flags,
            method,
            type,
            0,
            .. BitConverter.GetBytes(0x52600000),
            .. BitConverter.GetBytes(content.Length),
            .. BitConverter.GetBytes(content.Length),
            .. BitConverter.GetBytes(Checksums.Crc32(content)),
            .. new byte[6],
            .. Encoding.UTF8.GetBytes(name + "\0comment\0"),
        ];
        return
        [
            0x60,
            0xEA,
            .. BitConverter.GetBytes((ushort)first.Length),
            .. first,
            .. BitConverter.GetBytes(Checksums.Crc32(first)),
            0,
            0,
        ];
    }
}
