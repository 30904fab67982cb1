using System.Text;
using CsCheck;
using Noroshi.MailAnatomy.Text.Charsets;

namespace Noroshi.MailAnatomy.Tests.Charsets;

/// <summary>Makes the bytes of the cases from text.</summary>
internal static class Bytes
{
    /// <summary>Joins texts (Latin-1) and byte arrays.</summary>
    public static byte[] Of(params object[] parts)
    {
        using var stream = new MemoryStream();
        foreach (var part in parts)
        {
            stream.Write(part as byte[] ?? Encoding.Latin1.GetBytes((string)part));
        }

        return stream.ToArray();
    }

    public static byte[] Sjis(string text) => In("shift_jis", text);

    public static byte[] Euc(string text) => In("euc-jp", text);

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    public static byte[] In(string charset, string text) =>
        (CharsetAliases.Find(charset) ?? throw new ArgumentException(charset, nameof(charset))).GetBytes(text);

    /// <summary>ISO-2022-JP with JIS X 0208, NEC row 13 and half-width kana.</summary>
    public static byte[] Jis(string text, bool close = true)
    {
        using var stream = new MemoryStream();
        var mode = "(B";
        void Switch(string to)
        {
            if (mode != to)
            {
                stream.Write(Encoding.ASCII.GetBytes("\x1b" + to));
                mode = to;
            }
        }

        foreach (var letter in text)
        {
            var euc = letter < 0x80 ? [(byte)letter] : Euc(letter.ToString());
            if (letter < 0x80)
            {
                Switch("(B");
                stream.WriteByte((byte)letter);
            }
            else if (letter is >= '\uFF61' and <= '\uFF9F')
            {
                Switch("(I");
                stream.WriteByte((byte)(letter - 0xFF61 + 0x21));
            }
            else
            {
                Switch("$B");
                stream.WriteByte((byte)(euc[0] & 0x7F));
                stream.WriteByte((byte)(euc[1] & 0x7F));
            }
        }

        if (close)
        {
            Switch("(B");
        }

        return stream.ToArray();
    }

    /// <summary>An encoded-word in base64.</summary>
    public static string Word(string charset, ReadOnlySpan<byte> bytes) => $"=?{charset}?B?{Convert.ToBase64String(bytes)}?=";

    /// <summary>One of the items.</summary>
    public static Gen<T> Pick<T>(params T[] items) => Gen.Int[0, items.Length - 1].Select(index => items[index]);
}
