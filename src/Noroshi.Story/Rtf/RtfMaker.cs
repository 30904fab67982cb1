using System.Text;

namespace Noroshi.Makers.Rtf;

/// <summary>RTF documents with information, fields and objects, plain or broken up as Word forgives.</summary>
public static class RtfMaker
{
    /// <summary>What an honest letter says about its maker.</summary>
    public const string Info =
        "{\\*\\generator Riched20 6.1.7601;}{\\*\\rsidtbl \\rsid8585216\\rsid10974247}{\\*\\template C:\\\\Users\\\\wang\\\\t.dotx}"
        + "{\\info{\\title \\'92\\'b2\\'8d\\'b8}{\\author yamada}{\\operator wang}{\\*\\company Example Lab}{\\creatim\\yr2013\\mo10\\dy17\\hr9\\min5}{\\edmins3}{\\nofpages1}}";

    /// <summary>A document of the given inside.</summary>
    public static byte[] Document(
        string inside,
        string head = "{\\rtf1\\ansi\\ansicpg932\\deff0\\deflang1033\\deflangfe1041{\\fonttbl{\\f0\\fcharset128 MS Mincho;}}"
    ) => Encoding.Latin1.GetBytes(head + inside + "}");

    /// <summary>An ordinary letter.</summary>
    public static byte[] Letter() =>
        Document(
            Info
                + "\\pard\\f0 \\'96\\'7b\\'95\\'b6 http://body.example.com/ \\u26085?\\par{\\field{\\*\\fldinst HYPERLINK \"http://link.example.com/\"}{\\fldrslt here}}"
        );

    /// <summary>An OLE 1.0 object (MS-OLEDS 2.2.5).</summary>
    public static byte[] Ole1(string className, byte[] native, int kind = 2)
    {
        byte[] Text(string text) =>
            text.Length == 0 ? new byte[4] : [.. BitConverter.GetBytes(text.Length + 1), .. Encoding.Latin1.GetBytes(text), 0];
        return
        [
            1,
            5,
            0,
            0,
            (byte)kind,
            0,
            0,
            0,
            .. Text(className),
            .. Text(""),
            .. Text(""),
            .. BitConverter.GetBytes(native.Length),
            .. native,
        ];
    }

    /// <summary>The packager's stream around a file.</summary>
    public static byte[] Package(string label, string path, string temporary, byte[] content) =>
        [
            2,
            0,
            .. Encoding.ASCII.GetBytes(label),
            0,
            .. Encoding.ASCII.GetBytes(path),
            0,
            0,
            0,
            3,
            0,
            .. BitConverter.GetBytes(temporary.Length + 1),
            .. Encoding.ASCII.GetBytes(temporary),
            0,
            .. BitConverter.GetBytes(content.Length),
            .. content,
        ];

    /// <summary>A document with one embedded object.</summary>
    public static byte[] WithObject(byte[] data, string words = "\\objemb") =>
        Document($"{{\\object{words}\\objw10\\objh10{{\\*\\objclass Package}}{{\\*\\objdata {Convert.ToHexStringLower(data)}}}}}");

    /// <summary>The same with the hex broken up by blanks, line ends, words, escapes and groups, and a broken header.</summary>
    public static byte[] Obfuscated(byte[] data)
    {
        var hex = Convert.ToHexString(data);
        var text = new StringBuilder("{\\object\\objocx\\objupdate{\\*\\objdata\\objdata ");
        for (var i = 0; i < hex.Length; i += 2)
        {
            text.Append(hex[i]);
            text.Append(
                (i / 2 % 5) switch
                {
                    0 => "\r\n",
                    1 => " \t",
                    2 => "{\\*\\nonsense abcdef0123}",
                    3 => "\\mmodso12 ",
                    _ => "",
                }
            );
            text.Append(hex[i + 1]);
            text.Append(i % 14 == 0 ? "\\'6f" : "");
        }

        return Document(text.Append("}}").ToString(), "{\\rt\\ansi");
    }

    /// <summary>The same as raw bytes behind \bin.</summary>
    public static byte[] Binary(byte[] data) =>
        Document($"{{\\object\\objemb{{\\*\\objdata \\bin{data.Length} {Encoding.Latin1.GetString(data)}}}}}");
}
