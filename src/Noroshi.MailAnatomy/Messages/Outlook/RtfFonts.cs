using System.Text;
using Noroshi.MailAnatomy.Text.Charsets;

namespace Noroshi.MailAnatomy.Messages.Outlook;

/// <summary>Which code page the bytes of an RTF body are in: that of the font, else that of the document.</summary>
internal sealed class RtfFonts
{
    private const int MaxFonts = 4_096;
    private const int Western = 1252;

    private readonly Dictionary<int, int> _pages = [];

    /// <summary>\ansicpg.</summary>
    public int DocumentPage { get; set; } = Western;

    /// <summary>\deff.</summary>
    public int Default { get; set; }

    /// <summary>Notes the code page of a font: 0 stands for the document's.</summary>
    public void Set(int font, int page)
    {
        if (_pages.Count < MaxFonts || _pages.ContainsKey(font))
        {
            _pages[font] = page;
        }
    }

    /// <summary>Appends bytes written in a font.</summary>
    public void Decode(ReadOnlySpan<byte> bytes, int font, StringBuilder output)
    {
        if (Ascii.IsValid(bytes))
        {
            output.Append(Encoding.ASCII.GetString(bytes));
            return;
        }

        var page = _pages.GetValueOrDefault(font);
        if (page is 0 or Western)
        {
            // Fonts of Western alphabets are also named over Japanese text: the document's page counts where the bytes fit it.
            page = page == 0 || (DocumentPage is 932 or 936 or 949 or 950 && bytes.Length > 1) ? DocumentPage : page;
        }

        var text = CharsetDecoder.DecodeAs(bytes, NameOf(page), out var broken);
        if (broken && page != Western && _pages.GetValueOrDefault(font) == Western)
        {
            text = CharsetDecoder.DecodeAs(bytes, NameOf(Western), out _);
        }
        else if (broken && page != DocumentPage)
        {
            var other = CharsetDecoder.DecodeAs(bytes, NameOf(DocumentPage), out var brokenToo);
            text = brokenToo ? text : other;
        }

        output.Append(text);
    }

    /// <summary>Canonical name of a code page; that of Western Windows for unknown ones.</summary>
    public static string NameOf(int page) => MapiText.Charset(page) is { } name && CharsetAliases.IsKnown(name) ? name : "windows-1252";

    /// <summary>Code page of a \fcharset; 0 for the document's.</summary>
    public static int PageOf(int charset) =>
        charset switch
        {
            0 => Western,
            77 => 10000,
            128 => 932,
            129 => 949,
            130 => 1361,
            134 => 936,
            136 => 950,
            161 => 1253,
            162 => 1254,
            163 => 1258,
            177 => 1255,
            178 => 1256,
            186 => 1257,
            204 => 1251,
            222 => 874,
            238 => 1250,
            255 => 437,
            _ => 0,
        };
}
