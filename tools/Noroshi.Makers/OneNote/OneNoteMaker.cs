using System.Text;

namespace Noroshi.Makers.OneNote;

/// <summary>Sections of OneNote reduced to what is looked for: property sets and file data objects (MS-ONESTORE 2.6.7, 2.6.13).</summary>
public static class OneNoteMaker
{
    private static readonly byte[] FileDataHeader = new Guid("BDE316E7-2665-4511-A4C4-8D4D0B7A9EAC").ToByteArray();
    private static readonly byte[] FileDataFooter = new Guid("71FBA722-0F79-4A0B-BB13-899256426B24").ToByteArray();

    /// <summary>A section with one page and the given attachments.</summary>
    public static byte[] Section(params (string Name, string Path, byte[] Content)[] files)
    {
        var bytes = new List<byte>(new Guid("7B5C52E4-D88C-4DA7-AEB1-5378D02996D3").ToByteArray());
        bytes.AddRange(new byte[1_008]);
        bytes.AddRange(Set((0x1C001CF3, "見積書"), (0x1C001D75, "wang"), (0x1C001E20, "http://note.example.com/")));
        foreach (var (name, path, content) in files)
        {
            bytes.AddRange(Set((0x1C001D9C, name), (0x1C001D9D, path)));
            bytes.AddRange(FileData(content, content.Length));
        }

        return [.. bytes];
    }

    /// <summary>A file data object that states any length.</summary>
    public static byte[] FileData(byte[] content, long stated) =>
        [
            .. FileDataHeader,
            .. BitConverter.GetBytes(stated),
            .. new byte[12],
            .. content,
            .. new byte[(8 - (content.Length % 8)) % 8],
            .. FileDataFooter,
        ];

    /// <summary>A property set of strings, with a number among them.</summary>
    public static byte[] Set(params (uint Id, string Text)[] properties)
    {
        var bytes = new List<byte>(BitConverter.GetBytes((ushort)(properties.Length + 1)));
        bytes.AddRange(BitConverter.GetBytes(0x14001D7Au));
        foreach (var (id, _) in properties)
        {
            bytes.AddRange(BitConverter.GetBytes(id));
        }

        bytes.AddRange([1, 2, 3, 4]);
        foreach (var (_, text) in properties)
        {
            var data = Encoding.Unicode.GetBytes(text + "\0");
            bytes.AddRange(BitConverter.GetBytes(data.Length));
            bytes.AddRange(data);
        }

        return [.. bytes];
    }
}
