using System.Text;
using Noroshi.MailAnatomy.Text.Charsets;

namespace Noroshi.MailAnatomy.FileTypes.Shortcuts;

/// <summary>
/// Texts in the code page of the maker's system. The link never states which that is, but it often holds the same name in UTF-16 too: the
/// code page under which both agree is the right one, and says where the maker's system comes from.
/// </summary>
internal sealed class LinkText(string? charset)
{
    private const int MaxNoted = 64;
    private const int MaxLength = 4_096;

    private static readonly string[] Candidates =
    [
        "shift_jis",
        "windows-1252",
        "windows-1251",
        "gb18030",
        "big5",
        "euc-kr",
        "windows-1250",
        "windows-1253",
        "windows-1254",
        "windows-1255",
        "windows-1256",
        "windows-1257",
        "windows-1258",
    ];

    private readonly List<byte[]> _narrow = [];
    private readonly List<string> _wide = [];

    /// <summary>Charset of the narrow texts; null while unknown.</summary>
    public string? Charset { get; } = charset;

    /// <summary>Text of the system code page.</summary>
    public string Narrow(ReadOnlySpan<byte> bytes)
    {
        if (Ascii.IsValid(bytes))
        {
            return Encoding.ASCII.GetString(bytes);
        }

        if (Charset is not null)
        {
            return CharsetDecoder.DecodeAs(bytes, Charset, out _);
        }

        if (_narrow.Count < MaxNoted)
        {
            _narrow.Add(bytes[..Math.Min(bytes.Length, MaxLength)].ToArray());
        }

        return Encoding.Latin1.GetString(bytes);
    }

    /// <summary>UTF-16 text up to a nil.</summary>
    public string Wide(ReadOnlySpan<byte> bytes) => Noted(bytes.Wide());

    /// <summary>UTF-16 text of a stated length, nils included.</summary>
    public string WideCounted(ReadOnlySpan<byte> bytes) => Noted(Encoding.Unicode.GetString(bytes));

    private string Noted(string text)
    {
        if (_wide.Count < MaxNoted && text.Length is > 0 and < MaxLength && !Ascii.IsValid(text))
        {
            _wide.Add(text);
        }

        return text;
    }

    /// <summary>A reader that knows the charset of what this one met; null when all was ASCII.</summary>
    /// <param name="codePage">Code page of the console, where the link states one; 0 for none.</param>
    public LinkText? Settled(uint codePage)
    {
        if (_narrow.Count == 0)
        {
            return null;
        }

        var agreed = Candidates.Select(name => (Name: name, Score: Agreement(name))).MaxBy(one => one.Score);
        if (agreed.Score > 0)
        {
            return new LinkText(agreed.Name);
        }

        var stated = codePage switch
        {
            932 => "shift_jis",
            936 => "gb18030",
            949 => "euc-kr",
            950 => "big5",
            >= 1250 and <= 1258 => $"windows-{codePage}",
            _ => null,
        };
        return new LinkText(CharsetDecoder.Decode(_narrow.MaxBy(one => one.Length), stated).Charset);
    }

    /// <summary>Characters outside ASCII in those names that are also there in UTF-16.</summary>
    private int Agreement(string name)
    {
        var score = 0;
        foreach (var bytes in _narrow)
        {
            var text = CharsetDecoder.DecodeAs(bytes, name, out var broken);
            if (broken)
            {
                continue;
            }

            foreach (var part in text.Split('\\', StringSplitOptions.RemoveEmptyEntries))
            {
                if (!Ascii.IsValid(part) && _wide.Exists(wide => wide.Contains(part, StringComparison.OrdinalIgnoreCase)))
                {
                    score += part.Length;
                }
            }
        }

        return score;
    }
}
