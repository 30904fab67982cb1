using Noroshi.MailAnatomy.FileTypes.Compound;
using Noroshi.Makers.FileTypes;

namespace Noroshi.Fuzz.Targets;

internal sealed class CompoundFileTarget : IFuzzTarget
{
    private const int MaxRead = 1 << 20;
    private const int MaxStreams = 100;

    public string Name => "compound-file";

    public IReadOnlyList<byte[]> Dictionary { get; } =
    [
        [0xFE, 0xFF, 0xFF, 0xFF],
        [0xFD, 0xFF, 0xFF, 0xFF],
        [0xFC, 0xFF, 0xFF, 0xFF],
        [9, 0],
        [12, 0],
        [.. System.Text.Encoding.Unicode.GetBytes("WordDocument")],
        [.. System.Text.Encoding.Unicode.GetBytes("EncryptedPackage")],
        [.. System.Text.Encoding.Unicode.GetBytes("__substg1.0_")],
    ];

    public IEnumerable<byte[]> Seeds() =>
        [
            DocumentMaker.Doc(),
            DocumentMaker.Doc(encrypted: true, macros: true),
            DocumentMaker.Xls(),
            DocumentMaker.Xls(passType: 1),
            DocumentMaker.Ppt(encrypted: true),
            DocumentMaker.EncryptedPackage(4, 4),
            DocumentMaker.Msg(),
            DocumentMaker.Msi(),
            DocumentMaker.Jtd(),
            DocumentMaker.CompressedJtd(),
            DocumentMaker.OtherJustsystems(),
            new CompoundMaker(version: 4).Stream("a/b/c", new byte[100]).Stream("d", new byte[9000]).Build(),
        ];

    public void Run(byte[] bytes)
    {
        if (!CompoundFile.TryOpen(bytes, out var file))
        {
            return;
        }

        foreach (var entry in file.Entries.Take(MaxStreams))
        {
            file.Read(entry, MaxRead);
        }

        file.Find("a/b");
        file.FindStream("WordDocument");
        Inspecting.Run(bytes);
    }
}
