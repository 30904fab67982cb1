using System.Buffers;
using System.Text;
using Noroshi.MailAnatomy.FileTypes.Scripts;
using Noroshi.MailAnatomy.FileTypes.Smuggling;

namespace Noroshi.MailAnatomy.FileTypes;

/// <summary>HTML, SVG, HTML applications, Windows script components and the XML forms of Office documents.</summary>
internal sealed class MarkupRecogniser : IFileTypeRecogniser
{
    private const int MostApplication = 256 << 10;

    private static readonly FileTypeMatch Html = new(
        FileType.Html,
        "html",
        ["html", "htm", "xhtml", "xht", "shtml", "shtm", "hta", "mht", "aspx", "asp", "php", "jsp", "tpl", "vue"]
    );
    private static readonly FileTypeMatch Svg = new(FileType.Html, "svg", ["svg"]);
    private static readonly FileTypeMatch Hta = new(FileType.Script, "hta", ["hta"]);
    private static readonly FileTypeMatch Wsf = new(FileType.Script, "wsf", ["wsf", "wsc", "ws"]);
    private static readonly FileTypeMatch Sct = new(FileType.Script, "sct", ["sct", "wsc"]);
    private static readonly FileTypeMatch Xsl = new(FileType.Script, "xsl", ["xsl", "xslt"]);
    private static readonly FileTypeMatch WordXml = new(FileType.Office, "wordml", ["xml", "doc"]);
    private static readonly FileTypeMatch FlatXml = new(FileType.Office, "flat-opc", ["xml", "doc", "ppt"]);
    private static readonly FileTypeMatch ExcelXml = new(FileType.Office, "spreadsheetml", ["xml", "xls"]);

    private static readonly SearchValues<byte> TagEnds = SearchValues.Create(" \t\r\n>/"u8);

    private static readonly SearchValues<string> Applications = SearchValues.Create(
        ["<hta:application", "wscript.shell", "shell.application", "scripting.filesystemobject"],
        StringComparison.OrdinalIgnoreCase
    );

    /// <inheritdoc/>
    public int Priority => 300;

    /// <inheritdoc/>
    public FileTypeMatch? Recognise(ReadOnlySpan<byte> bytes)
    {
        if (TextSample.FirstByte(bytes) != '<')
        {
            return null;
        }

        Span<byte> buffer = stackalloc byte[TextSample.Length];
        var sample = TextSample.Read(bytes, buffer).TrimStart(" \t\r\n\f\v"u8);
        if (sample.IsEmpty || sample[0] != '<')
        {
            return null;
        }

        var body = SkipProlog(sample);
        if (body.StartsWith("<svg"u8) || body.StartsWith("<svg:svg"u8))
        {
            return Svg;
        }

        if (ByRoot(sample, body) is { } match)
        {
            return match;
        }

        return StartsLikeHtml(body)
            ? IsApplication(bytes)
                ? Hta
                : Html
            : null;
    }

    /// <inheritdoc/>
    public void Inspect(ReadOnlyMemory<byte> bytes, FileTypeMatch match, FileInspection inspection)
    {
        ArgumentNullException.ThrowIfNull(match);
        ArgumentNullException.ThrowIfNull(inspection);
        if (match.Type == FileType.Script)
        {
            ScriptInspector.Inspect(bytes.Span, match.Format, inspection);
        }
        else if (match.Type == FileType.Html)
        {
            PageInspector.Inspect(ScriptInspector.Decode(bytes.Span), picture: match.Format == "svg", inspection);
        }

        Polyglots.Add(bytes.Span, match, inspection);
    }

    /// <summary>Whether the text begins as a page does.</summary>
    internal static bool IsHtml(ReadOnlySpan<byte> bytes)
    {
        Span<byte> buffer = stackalloc byte[1_024];
        var sample = TextSample.Read(bytes, buffer).TrimStart(" \t\r\n"u8);
        return !sample.IsEmpty && sample[0] == '<' && StartsLikeHtml(SkipProlog(sample));
    }

    /// <summary>Text behind white space, comments, processing instructions and a document type that is not HTML's.</summary>
    internal static ReadOnlySpan<byte> SkipProlog(ReadOnlySpan<byte> text)
    {
        for (var steps = 0; steps < 64; steps++)
        {
            text = text.TrimStart(" \t\r\n\f\v"u8);
            var end =
                text.StartsWith("<!--"u8) ? After(text, "-->"u8)
                : text.StartsWith("<?"u8) ? After(text, "?>"u8)
                : text.StartsWith("<!doctype svg"u8) ? After(text, ">"u8)
                : 0;
            if (end <= 0)
            {
                return end < 0 ? default : text;
            }

            text = text[end..];
        }

        return text;
    }

    private static int After(ReadOnlySpan<byte> text, ReadOnlySpan<byte> mark)
    {
        var at = text.IndexOf(mark);
        return at < 0 ? -1 : at + mark.Length;
    }

    private static FileTypeMatch? ByRoot(ReadOnlySpan<byte> sample, ReadOnlySpan<byte> body)
    {
        if (body.StartsWith("<job"u8) || body.StartsWith("<package"u8))
        {
            return body.IndexOf("<script"u8) >= 0 ? Wsf : null;
        }

        if (body.StartsWith("<scriptlet"u8) || body.StartsWith("<component"u8))
        {
            return body.IndexOf("<script"u8) >= 0 || body.IndexOf("<registration"u8) >= 0 ? Sct : null;
        }

        if (body.StartsWith("<xsl:stylesheet"u8) || body.StartsWith("<stylesheet"u8))
        {
            return body.IndexOf("msxsl"u8) >= 0 || body.IndexOf("ms:script"u8) >= 0 ? Xsl : null;
        }

        return body.StartsWith("<w:worddocument"u8) || sample.IndexOf("progid=\"word.document\""u8) >= 0
            ? body.StartsWith("<pkg:"u8)
                ? FlatXml
                : WordXml
            : body.StartsWith("<pkg:package"u8)
                ? FlatXml
                : sample.IndexOf("progid=\"excel.sheet\""u8) >= 0 || IsWorkbook(body)
                    ? ExcelXml
                    : null;
    }

    private static bool IsWorkbook(ReadOnlySpan<byte> body) =>
        (body.StartsWith("<workbook"u8) || body.StartsWith("<ss:workbook"u8)) && body.IndexOf("office:spreadsheet"u8) >= 0;

    private static bool StartsLikeHtml(ReadOnlySpan<byte> body)
    {
        if (body.StartsWith("<!doctype html"u8))
        {
            return true;
        }

        if (body.Length < 3 || body[0] != '<')
        {
            return false;
        }

        var name = body[1..];
        var end = name.IndexOfAny(TagEnds);
        if (end is <= 0 or > 10)
        {
            return false;
        }

        Span<char> tag = stackalloc char[10];
        Encoding.Latin1.GetChars(name[..end], tag);
        return tag[..end]
            is "html"
                or "head"
                or "body"
                or "script"
                or "title"
                or "meta"
                or "iframe"
                or "table"
                or "div"
                or "a"
                or "img"
                or "form"
                or "style"
                or "center"
                or "br"
                or "p"
                or "font"
                or "h1"
                or "h2"
                or "h3"
                or "b"
                or "span"
                or "frameset"
                or "link"
                or "base"
                or "object"
                or "embed"
                or "input"
                or "button"
                or "video"
                or "audio"
                or "section"
                or "main"
                or "noscript"
                or "pre"
                or "marquee"
                or "basefont"
                or "template"
                or "math"
                or "ul"
                or "ol"
                or "hr"
                or "strong"
                or "em"
                or "i"
                or "u"
                or "header";
    }

    /// <summary>Pages that do what only an application may: browsers refuse these objects, mshta does not.</summary>
    private static bool IsApplication(ReadOnlySpan<byte> bytes) =>
        Decode(bytes[..Math.Min(bytes.Length, MostApplication)]).AsSpan().ContainsAny(Applications);

    private static string Decode(ReadOnlySpan<byte> bytes) =>
        TextSample.IsUtf16(bytes, out var bigEndian)
            ? (bigEndian ? Encoding.BigEndianUnicode : Encoding.Unicode).GetString(bytes)
            : Encoding.Latin1.GetString(bytes);
}
