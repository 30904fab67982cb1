using System.Text;

namespace Noroshi.Makers.OfficeBinary;

/// <summary>Writes the streams of objects in documents.</summary>
public static class OleObjectMaker
{
    /// <summary>A packed file (<c>\x01Ole10Native</c>).</summary>
    public static byte[] Native(string label, string source, string temporary, byte[] data, bool wide = true)
    {
        byte[] body =
        [
            2,
            0,
            .. Ascii(label),
            .. Ascii(source),
            0,
            0,
            3,
            0,
            .. BitConverter.GetBytes(temporary.Length + 1),
            .. Ascii(temporary),
            .. BitConverter.GetBytes(data.Length),
            .. data,
            .. wide ? [.. Wide(temporary), .. Wide(label), .. Wide(source)] : Array.Empty<byte>(),
        ];
        return [.. BitConverter.GetBytes(body.Length), .. body];
    }

    /// <summary>A linked object's <c>\x01Ole</c> stream with a URL moniker.</summary>
    public static byte[] UrlLink(string url) => [1, 0, 0, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. UrlMoniker(url)];

    /// <summary>A URL moniker.</summary>
    public static byte[] UrlMoniker(string url)
    {
        var text = Encoding.Unicode.GetBytes(url + "\0");
        return [.. new Guid("79eac9e0-baf9-11ce-8c82-00aa004ba90b").ToByteArray(), .. BitConverter.GetBytes(text.Length), .. text];
    }

    /// <summary>A file moniker.</summary>
    public static byte[] FileMoniker(string path) =>
        [
            .. new Guid("00000303-0000-0000-c000-000000000046").ToByteArray(),
            0,
            0,
            .. BitConverter.GetBytes(path.Length + 1),
            .. Ascii(path),
            0xFF,
            0xFF,
            0xAD,
            0xDE,
            .. new byte[20],
            .. BitConverter.GetBytes(6 + (path.Length * 2)),
            .. BitConverter.GetBytes(path.Length * 2),
            3,
            0,
            .. Encoding.Unicode.GetBytes(path),
        ];

    /// <summary>The <c>\x01CompObj</c> stream of a class.</summary>
    public static byte[] CompObj(string userType, string progId) =>
        [.. new byte[28], .. Counted(userType), .. BitConverter.GetBytes(0), .. Counted(progId), .. new byte[8]];

    private static byte[] Counted(string text) => [.. BitConverter.GetBytes(text.Length + 1), .. Ascii(text)];

    private static byte[] Ascii(string text) => [.. Encoding.Latin1.GetBytes(text), 0];

    private static byte[] Wide(string text) => [.. BitConverter.GetBytes(text.Length), .. Encoding.Unicode.GetBytes(text)];
}
