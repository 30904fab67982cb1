using System.Buffers;
using System.Globalization;
using System.Text;

namespace Noroshi.Makers.Corpus;

/// <summary>Charsets as Japanese mailers really send them.</summary>
public static class Charsets
{
    /// <summary>windows-31j (CP932).</summary>
    public static Encoding ShiftJis { get; } = Get(932);

    /// <summary>ISO-2022-JP with CP932's extensions, half-width kana as they are (CP50221).</summary>
    public static Encoding Jis { get; } = Get(50221);

    /// <summary>EUC-JP with CP932's extensions.</summary>
    public static Encoding EucJp { get; } = Get(51932);

    private static Encoding Get(int codePage) =>
        CodePagesEncodingProvider.Instance.GetEncoding(codePage) ?? throw new InvalidOperationException($"code page {codePage}");
}

/// <summary>Writes a mail byte by byte: what is wrong in it is wrong on purpose.</summary>
public sealed class MailMaker
{
    private readonly ArrayBufferWriter<byte> _bytes = new(4_096);

    /// <summary>The usual headers of a first inquiry; all names and domains are reserved ones.</summary>
    public static MailMaker Inquiry(string date = "Thu, 17 Oct 2013 09:02:00 +0900") =>
        new MailMaker()
            .Header(
                "Received",
                "from mail.webmail.example (mail.webmail.example [198.51.100.23]) by mx.power-a.example (Postfix) with ESMTP id 3A1B2C for <info@power-a.example>; Thu, 17 Oct 2013 09:02:05 +0900"
            )
            .Header("Date", date)
            .Header("From", "tanaka.ichiro@webmail.example")
            .Header("To", "info@power-a.example")
            .Header("Message-ID", "<20131017000200.1234@webmail.example>")
            .Header("MIME-Version", "1.0");

    /// <summary>Adds a header line of ASCII.</summary>
    public MailMaker Header(string name, string value) => Raw(Encoding.Latin1.GetBytes($"{name}: {value}\r\n"));

    /// <summary>Adds a header whose value is raw bytes.</summary>
    public MailMaker Header(string name, ReadOnlySpan<byte> value) => Raw(Encoding.ASCII.GetBytes(name + ": ")).Raw(value).Raw("\r\n"u8);

    /// <summary>Adds bytes as they are.</summary>
    public MailMaker Raw(ReadOnlySpan<byte> bytes)
    {
        _bytes.Write(bytes);
        return this;
    }

    /// <summary>Adds ASCII as it is.</summary>
    public MailMaker Raw(string text) => Raw(Encoding.Latin1.GetBytes(text));

    /// <summary>Ends the headers.</summary>
    public MailMaker Body(ReadOnlySpan<byte> bytes) => Raw("\r\n"u8).Raw(bytes);

    /// <summary>Ends the headers and writes text in a charset with CRLF.</summary>
    public MailMaker Body(string text, Encoding encoding) => Body(encoding.GetBytes(text.ReplaceLineEndings("\r\n")));

    /// <summary>Writes a multipart/mixed body: a text part and files in base64.</summary>
    public MailMaker Mixed(string text, Encoding encoding, string charset, params (string Name, byte[] Content)[] files)
    {
        const string boundary = "----=_NextPart_000_0012_01CECB17.5B2D3F40";
        Header("Content-Type", $"multipart/mixed;\r\n boundary=\"{boundary}\"");
        Raw($"\r\nThis is a multi-part message in MIME format.\r\n\r\n--{boundary}\r\nContent-Type: text/plain; charset={charset}\r\n\r\n");
        Raw(encoding.GetBytes(text.ReplaceLineEndings("\r\n"))).Raw("\r\n");
        foreach (var (name, content) in files)
        {
            Raw(
                $"--{boundary}\r\nContent-Type: application/octet-stream;\r\n name=\"{Word(name)}\"\r\nContent-Transfer-Encoding: base64\r\n"
            );
            Raw($"Content-Disposition: attachment;\r\n filename=\"{Word(name)}\"\r\n\r\n");
            Raw(Base64(content));
        }

        return Raw($"--{boundary}--\r\n");
    }

    /// <summary>An encoded-word (RFC 2047, B) in ISO-2022-JP, or the text itself when it is ASCII.</summary>
    public static string Word(string text) => Ascii.IsValid(text) ? text : Word(text, "ISO-2022-JP", Charsets.Jis);

    /// <summary>An encoded-word (RFC 2047, B).</summary>
    public static string Word(string text, string charset, Encoding encoding) =>
        $"=?{charset}?B?{Convert.ToBase64String(encoding.GetBytes(text))}?=";

    /// <summary>RFC 2231 extended value.</summary>
    public static string Percent(string text, string charset, Encoding encoding) =>
        charset + "''" + string.Concat(encoding.GetBytes(text).Select(value => "%" + value.ToString("X2", CultureInfo.InvariantCulture)));

    /// <summary>Base64 in lines of 76.</summary>
    public static string Base64(ReadOnlySpan<byte> content) =>
        Convert.ToBase64String(content, Base64FormattingOptions.InsertLineBreaks).ReplaceLineEndings("\r\n") + "\r\n";

    /// <summary>The mail.</summary>
    public byte[] Done() => _bytes.WrittenSpan.ToArray();
}
