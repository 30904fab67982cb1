using System.Globalization;
using System.Text;

namespace Noroshi.MailAnatomy.FileTypes.Rtf;

/// <summary>Text of one destination: bytes of code pages and Unicode characters as they come.</summary>
/// <param name="limit">Characters that are kept.</param>
internal sealed class RtfText(int limit)
{
    private readonly StringBuilder _text = new();
    private readonly List<byte> _bytes = [];
    private int _codePage = 1252;

    /// <summary>Takes a byte of a code page.</summary>
    public void Add(byte one, int codePage)
    {
        if (codePage != _codePage)
        {
            Flush();
            _codePage = codePage;
        }

        if (_text.Length + _bytes.Count < limit)
        {
            _bytes.Add(one);
        }
    }

    /// <summary>Takes a character.</summary>
    public void Add(char one)
    {
        Flush();
        if (_text.Length < limit)
        {
            _text.Append(one);
        }
    }

    /// <summary>Everything that came since the last call.</summary>
    public string Take()
    {
        Flush();
        var text = _text.ToString();
        _text.Clear();
        return text;
    }

    /// <summary>Code page of a character set of Windows (\fcharset); 0 for the document's own.</summary>
    public static int CodePageOf(int charset) =>
        charset switch
        {
            77 => 10000,
            78 => 10001,
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
            _ => 0,
        };

    /// <summary>Name of a language by its number in Windows; the number itself when it has none.</summary>
    public static string Language(int number)
    {
        try
        {
            return CultureInfo.GetCultureInfo(number) is { Name.Length: > 0 } culture ? culture.Name : Number(number);
        }
        catch (Exception error) when (error is CultureNotFoundException or ArgumentOutOfRangeException)
        {
            return Number(number);
        }
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private void Flush()
    {
        if (_bytes.Count > 0)
        {
            _text.Append(Page(_codePage).GetString([.. _bytes]));
            _bytes.Clear();
        }
    }

    private static Encoding Page(int codePage)
    {
        try
        {
            return codePage is 0 or 42
                ? Encoding.Latin1
                : CodePagesEncodingProvider.Instance.GetEncoding(codePage) ?? (codePage == 65001 ? Encoding.UTF8 : Encoding.Latin1);
        }
        catch (ArgumentOutOfRangeException)
        {
            return Encoding.Latin1;
        }
    }
}
