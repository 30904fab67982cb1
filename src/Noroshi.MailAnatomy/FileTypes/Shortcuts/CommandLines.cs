using System.Collections.Frozen;
using System.Text;

namespace Noroshi.MailAnatomy.FileTypes.Shortcuts;

/// <summary>What command lines hide, and with what. Linear in the text.</summary>
internal static class CommandLines
{
    /// <summary>Characters that the properties dialog shows.</summary>
    public const int Shown = 260;

    /// <summary>Blanks in a row that nobody types.</summary>
    private const int PaddingRun = 20;

    private const int MaxEncoded = 128 << 10;
    private const int MaxDecoded = 4;
    private const string Separators = " \t\r\n\"";
    private const string EncodedCommand = "encodedcommand";

    /// <summary>Programs of Windows that run, load or fetch what their arguments name.</summary>
    private static readonly FrozenSet<string> Interpreters = FrozenSet.ToFrozenSet(
        [
            "cmd",
            "powershell",
            "powershell_ise",
            "pwsh",
            "mshta",
            "rundll32",
            "regsvr32",
            "wscript",
            "cscript",
            "certutil",
            "bitsadmin",
            "msiexec",
            "forfiles",
            "ftp",
            "conhost",
            "explorer",
            "pcalua",
            "scriptrunner",
            "wmic",
            "schtasks",
            "msbuild",
            "installutil",
            "regasm",
            "regsvcs",
            "odbcconf",
            "hh",
            "curl",
            "ssh",
            "control",
            "cmstp",
            "presentationhost",
            "syncappvpublishingserver",
            "desktopimgdownldr",
            "finger",
            "bash",
            "wsl",
            "winrm",
            "mmc",
            "java",
            "javaw",
            "python",
            "pythonw",
            "node",
            "sh",
            "perl",
            "osascript",
        ],
        StringComparer.OrdinalIgnoreCase
    );

    private static readonly FrozenSet<string> ProgramExtensions = FrozenSet.ToFrozenSet(
        [
            "exe",
            "com",
            "scr",
            "pif",
            "bat",
            "cmd",
            "js",
            "jse",
            "vbs",
            "vbe",
            "wsf",
            "wsh",
            "hta",
            "msi",
            "cpl",
            "dll",
            "ps1",
            "jar",
            "lnk",
            "url",
        ],
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary>The interpreter that a path names, without its extension; null when it is none.</summary>
    public static string? Interpreter(string? path)
    {
        var name = FileName(path);
        if (name.Equals("%comspec%", StringComparison.OrdinalIgnoreCase))
        {
            return "cmd";
        }

        if (name.EndsWith(".exe", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".com", StringComparison.OrdinalIgnoreCase))
        {
            name = name[..^4];
        }

        return Interpreters.TryGetValue(name.ToString(), out var known) ? known : null;
    }

    /// <summary>Whether the path names something that runs.</summary>
    public static bool IsProgram(string? path) => Interpreter(path) is not null || ProgramExtensions.Contains(Extension(path));

    /// <summary>Extension of a path in small letters, without its dot; empty for none.</summary>
    public static string Extension(string? path)
    {
        var name = FileName(path);
        var dot = name.LastIndexOf('.');
        return dot < 0 ? "" : name[(dot + 1)..].ToString().ToLowerInvariant();
    }

    /// <summary>Last part of a path, quotes and blanks around it left out.</summary>
    public static ReadOnlySpan<char> FileName(string? path)
    {
        var text = path.AsSpan().Trim(" \t\"'\0");
        return text[(text.LastIndexOfAny('\\', '/') + 1)..];
    }

    /// <summary>Whether blanks or line ends hide the rest.</summary>
    public static bool IsPadded(string text)
    {
        var run = 0;
        foreach (var letter in text)
        {
            if (letter is '\n' or '\r' or '\v' or '\f')
            {
                return true;
            }

            run = IsBlank(letter) ? run + 1 : 0;
            if (run >= PaddingRun)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The text with each run of blanks made one: what runs, without what hides it.</summary>
    public static string Collapsed(string text)
    {
        var result = new StringBuilder(Math.Min(text.Length, 4_096));
        var blank = false;
        foreach (var letter in text)
        {
            var isBlank = IsBlank(letter) || letter is '\n' or '\r' or '\v' or '\f' or '\0';
            if (!isBlank)
            {
                result.Append(letter);
            }
            else if (!blank)
            {
                result.Append(' ');
            }

            blank = isBlank;
        }

        return result.ToString().Trim();
    }

    /// <summary>Commands within: PowerShell's base64 decoded (also within each other), and carets of the command prompt taken out.</summary>
    public static IReadOnlyList<string> Decoded(string text)
    {
        var found = new List<string>();
        var current = text;
        while (found.Count < MaxDecoded && Encoded(current) is { } decoded)
        {
            found.Add(decoded);
            current = decoded;
        }

        return found;
    }

    /// <summary>The text as the command prompt sees it, escapes taken out; null when there are none.</summary>
    public static string? Unescaped(string text) =>
        text.Contains('^', StringComparison.Ordinal) ? text.Replace("^", "", StringComparison.Ordinal) : null;

    private static bool IsBlank(char letter) =>
        letter is ' ' or '\t' or '\u00A0' or '\u3000' or '\uFEFF' or (>= '\u2000' and <= '\u200F') or '\u2028' or '\u2029';

    private static string? Encoded(string text)
    {
        var rest = text.AsSpan();
        for (var token = Next(ref rest); !token.IsEmpty; token = Next(ref rest))
        {
            if (!IsEncodedSwitch(token))
            {
                continue;
            }

            var ahead = rest;
            var value = Next(ref ahead).Trim("'`");
            if (value.Length is >= 16 and <= MaxEncoded && Base64(value) is { } decoded)
            {
                return decoded;
            }
        }

        return null;
    }

    /// <summary>The next word, blanks and quotes around it left out; empty at the end.</summary>
    private static ReadOnlySpan<char> Next(ref ReadOnlySpan<char> rest)
    {
        rest = rest.TrimStart(Separators);
        var end = rest.IndexOfAny(Separators);
        var token = end < 0 ? rest : rest[..end];
        rest = end < 0 ? default : rest[(end + 1)..];
        return token;
    }

    /// <summary>PowerShell takes any beginning of the name, behind a hyphen, a dash of any length or a slash.</summary>
    private static bool IsEncodedSwitch(ReadOnlySpan<char> token)
    {
        if (token.Length < 2 || token[0] is not ('-' or '/' or '\u2013' or '\u2014' or '\u2015'))
        {
            return false;
        }

        var name = token[1..].TrimEnd(':');
        return name.Length > 0
            && (
                EncodedCommand.AsSpan().StartsWith(name, StringComparison.OrdinalIgnoreCase)
                || name.Equals("ec", StringComparison.OrdinalIgnoreCase)
            );
    }

    private static string? Base64(ReadOnlySpan<char> text)
    {
        var bytes = new byte[text.Length];
        // A missing end is made up for: PowerShell does the same in some versions, and a cut text still tells.
        var usable = text.TrimEnd('=');
        usable = usable[..(usable.Length - (usable.Length % 4))];
        if (!Convert.TryFromBase64Chars(text, bytes, out var count) && !Convert.TryFromBase64Chars(usable, bytes, out count))
        {
            return null;
        }

        var decoded = bytes.AsSpan(0, count);
        var zeros = 0;
        for (var i = 1; i < count; i += 2)
        {
            zeros += decoded[i] == 0 ? 1 : 0;
        }

        return count < 4 ? null
            : zeros >= count / 4 ? Encoding.Unicode.GetString(decoded)
            : System.Text.Unicode.Utf8.IsValid(decoded) ? Encoding.UTF8.GetString(decoded)
            : null;
    }
}
