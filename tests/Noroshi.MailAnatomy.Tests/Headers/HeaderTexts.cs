using System.Text;
using MimeKit.Utils;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Headers;

namespace Noroshi.MailAnatomy.Tests.Headers;

/// <summary>Header blocks for tests, from text or bytes.</summary>
internal static class HeaderTexts
{
    static HeaderTexts() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static HeaderDecoder Decoder { get; } = Decode;

    public static HeaderBlock Block(params (string Name, string Value)[] fields) =>
        new([.. fields.Select(field => Field(field.Name, field.Value))]);

    public static HeaderField Field(string name, string value) => new(name, Encoding.UTF8.GetBytes(value), value);

    public static HeaderField Field(string name, byte[] raw) => new(name, raw, Decode(raw, null, []));

    public static IReadOnlyList<MailAddress> Addresses(string value, List<Finding>? findings = null) =>
        AddressList.Parse(Field("To", value), null, findings ?? [], Decoder);

    /// <summary>Header fields of a mail as bytes: a plain splitter, enough for tests.</summary>
    public static HeaderBlock Read(byte[] mail)
    {
        var text = Encoding.Latin1.GetString(mail).Replace("\r\n", "\n", StringComparison.Ordinal);
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        List<HeaderField> fields = [];
        foreach (var line in (end < 0 ? text : text[..end]).Replace("\n\t", "\n ", StringComparison.Ordinal).Split('\n'))
        {
            if (line.StartsWith(' ') && fields.Count > 0)
            {
                var last = fields[^1];
                fields[^1] = Field(last.Name, [.. last.Raw.ToArray(), (byte)'\n', .. Encoding.Latin1.GetBytes(line)]);
            }
            else if (line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon)
            {
                fields.Add(Field(line[..colon].Trim(), Encoding.Latin1.GetBytes(line[(colon + 1)..])));
            }
        }

        return new HeaderBlock(fields);
    }

    private static string Decode(ReadOnlySpan<byte> raw, string? hint, List<Finding> findings)
    {
        var bytes = raw.ToArray();
        var text = Array.IndexOf(bytes, (byte)0x1b) >= 0 ? Encoding.GetEncoding("iso-2022-jp").GetString(bytes)
            : System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes)
            : Encoding.GetEncoding(hint ?? "shift_jis").GetString(bytes);
        if (text.Contains("=?", StringComparison.Ordinal))
        {
            text = Rfc2047.DecodeText(bytes);
        }

        return text.Replace("\r\n", " ", StringComparison.Ordinal).Replace('\n', ' ').Trim();
    }
}
