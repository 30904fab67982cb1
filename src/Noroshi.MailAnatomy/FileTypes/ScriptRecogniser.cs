using System.Buffers;
using System.Text;
using Noroshi.MailAnatomy.FileTypes.Scripts;

namespace Noroshi.MailAnatomy.FileTypes;

/// <summary>
/// Script languages by content. Words alone would take every text about a script for one, so the lines must also look like code: a file in
/// which people talk is none, nor is a listing in a letter.
/// </summary>
internal sealed class ScriptRecogniser : IFileTypeRecogniser
{
    private const int Window = TextSample.Length;
    private const int MaxLines = 200;

    private static readonly FileTypeMatch Encoded = new(FileType.Script, "jse", ["jse", "vbe", "wsf", "asp"]);
    private static readonly FileTypeMatch Shell = new(FileType.Script, "sh", ["sh", "bash", "command", "ksh", "zsh", "run", "txt"]);
    private static readonly FileTypeMatch Python = new(FileType.Script, "py", ["py", "pyw", "txt"]);
    private static readonly FileTypeMatch Perl = new(FileType.Script, "pl", ["pl", "pm", "cgi", "txt"]);
    private static readonly FileTypeMatch Ruby = new(FileType.Script, "rb", ["rb", "txt"]);
    private static readonly FileTypeMatch Php = new(FileType.Script, "php", ["php", "phtml", "php5", "inc", "txt"]);
    private static readonly FileTypeMatch AppleScript = new(FileType.Script, "scpt", ["scpt", "applescript"]);

    private static readonly SearchValues<byte> CodeMarks = SearchValues.Create("=(){}[];$%<>&|\\/\"'@+#_:"u8);

    private static readonly SearchValues<byte> Statement = SearchValues.Create("(){}=%$@"u8);
    private static readonly SearchValues<byte> Digits = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/="u8
    );
    private static readonly SearchValues<byte> WordEnds = SearchValues.Create(" \t(.:;{"u8);

    /// <inheritdoc/>
    public int Priority => 900;

    /// <inheritdoc/>
    public FileTypeMatch? Recognise(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("Fasd"u8) && bytes.Length > 8 && bytes[4..].StartsWith("UAS "u8))
        {
            return AppleScript;
        }

        Span<byte> buffer = stackalloc byte[Window];
        var whole = TextSample.Read(bytes, buffer);
        var sample = whole.TrimStart(" \t\r\n\f"u8);
        if (sample.Length < 8)
        {
            return null;
        }

        if (ByMark(sample) is { } marked)
        {
            return marked;
        }

        // Data may quote a script; pages were asked for before.
        var cut = whole.Length == Window;
        if (sample[0] == '<' || !IsDense(sample) || PlainTextRecogniser.IsJson(sample, cut) || IsTableOfScripts(sample, cut))
        {
            return null;
        }

        foreach (var foreign in ScriptSigns.Foreign)
        {
            if (sample.IndexOf(foreign) >= 0)
            {
                return null;
            }
        }

        return Best(sample, cut);
    }

    /// <inheritdoc/>
    public void Inspect(ReadOnlyMemory<byte> bytes, FileTypeMatch match, FileInspection inspection)
    {
        ArgumentNullException.ThrowIfNull(inspection);
        ArgumentNullException.ThrowIfNull(match);
        ScriptInspector.Inspect(bytes.Span, match.Format, inspection);
    }

    private static int Count(ReadOnlySpan<byte> text)
    {
        var count = 0;
        for (var at = text.IndexOfAny(CodeMarks); at >= 0; at = text.IndexOfAny(CodeMarks))
        {
            count++;
            text = text[(at + 1)..];
        }

        return count;
    }

    /// <summary>Whether code marks stand as densely as in code; what a script carries as text is no measure.</summary>
    private static bool IsDense(ReadOnlySpan<byte> sample)
    {
        var marks = Count(sample);
        return marks >= Math.Max(3, sample.Length / 64) || (marks >= 8 && marks >= (sample.Length - Carried(sample)) / 64);
    }

    /// <summary>Bytes of lists of numbers and of long runs of letters and digits, in which scripts carry files.</summary>
    private static int Carried(ReadOnlySpan<byte> text)
    {
        const int Run = 64;
        var count = 0;
        var rest = text;
        for (var at = rest.IndexOf((byte)','); at >= 0; at = rest.IndexOf((byte)','))
        {
            var before = rest[..at];
            var digits = before.Length - before.TrimEnd("0123456789"u8).Length;
            count += digits > 0 ? digits + 2 : 0;
            rest = rest[(at + 1)..];
        }

        while (!text.IsEmpty)
        {
            var length = text.IndexOfAnyExcept(Digits);
            length = length < 0 ? text.Length : length;
            count += length >= Run ? length : 0;
            text = text[Math.Min(text.Length, length + 1)..];
        }

        return count;
    }

    /// <summary>Statements may have equally many commas; a head line of mere names they do not have.</summary>
    private static bool IsTableOfScripts(ReadOnlySpan<byte> sample, bool cut)
    {
        var end = sample.IndexOfAny((byte)'\r', (byte)'\n');
        return end > 0 && sample[..end].IndexOfAny(Statement) < 0 && PlainTextRecogniser.IsTable(sample, cut);
    }

    private static FileTypeMatch? ByMark(ReadOnlySpan<byte> sample)
    {
        // Microsoft's script encoder: the mark, six characters of length, "==".
        if (sample.StartsWith("#@~^"u8) && sample.Length >= 12 && sample[10] == '=' && sample[11] == '=')
        {
            return Encoded;
        }

        if (sample.StartsWith("<?php"u8))
        {
            return Php;
        }

        if (!sample.StartsWith("#!"u8))
        {
            return null;
        }

        var end = sample.IndexOfAny((byte)'\r', (byte)'\n');
        var line = end < 0 ? sample : sample[..end];
        return line.IndexOf((byte)'/') < 0 ? null
            : line.IndexOf("python"u8) >= 0 ? Python
            : line.IndexOf("perl"u8) >= 0 ? Perl
            : line.IndexOf("ruby"u8) >= 0 ? Ruby
            : line.IndexOf("php"u8) >= 0 ? Php
            : line.IndexOf("pwsh"u8) >= 0 ? ScriptSigns.Languages[0].Match
            : line.IndexOf("node"u8) >= 0 ? ScriptSigns.Languages[3].Match
            : Shell;
    }

    private static FileTypeMatch? Best(ReadOnlySpan<byte> sample, bool cut)
    {
        FileTypeMatch? best = null;
        var most = 0;
        foreach (var language in ScriptSigns.Languages)
        {
            // Prose is dismissed at its first line, before any word is looked for.
            if (!ReadsAsCode(sample, language, cut))
            {
                continue;
            }

            // Weights of a language count against its own threshold, so that languages can be compared.
            var weight = Weigh(sample, language) * 100 / language.Threshold;
            if (weight >= 100 && weight > most)
            {
                (best, most) = (language.Match, weight);
            }
        }

        return best;
    }

    private static int Weigh(ReadOnlySpan<byte> sample, ScriptSigns language)
    {
        var weight = 0;
        foreach (var (word, value) in language.Words)
        {
            // A word that stands at the beginning of a line also stands at the beginning of the file.
            if (sample.IndexOf(word) >= 0 || (word[0] == '\n' && sample.StartsWith(word.AsSpan(1))))
            {
                weight += value;
            }
        }

        return weight;
    }

    /// <summary>Nearly all lines that are no remark are code, and the first of them is.</summary>
    private static bool ReadsAsCode(ReadOnlySpan<byte> sample, ScriptSigns language, bool cut)
    {
        var (code, prose) = (0, 0);
        byte[] open = [];
        var rest = sample;
        for (var lines = 0; lines < MaxLines && !rest.IsEmpty; lines++)
        {
            var end = rest.IndexOfAny((byte)'\n', (byte)'\r');
            // The last line is cut short and says little, unless it is all there is: packed scripts are one line.
            if (end < 0 && cut && code > 0)
            {
                break;
            }

            var line = (end < 0 ? rest : rest[..end]).Trim(" \t"u8);
            rest = end < 0 ? default : rest[(end + 1)..];
            line = WithoutRemark(line, language, ref open);
            if (line.IsEmpty)
            {
                continue;
            }

            if (IsCode(line, language))
            {
                code++;
            }
            else if (IsProse(line))
            {
                prose++;
                if (code == 0)
                {
                    return false;
                }
            }
        }

        return code > 0 && prose * 10 <= code;
    }

    /// <summary>What is left of a line without remarks; <paramref name="open"/> holds the mark that ends a remark of several lines.</summary>
    private static ReadOnlySpan<byte> WithoutRemark(ReadOnlySpan<byte> line, ScriptSigns language, scoped ref byte[] open)
    {
        for (var steps = 0; steps < 16 && !line.IsEmpty; steps++)
        {
            if (open.Length > 0)
            {
                var close = line.IndexOf(open);
                if (close < 0)
                {
                    return default;
                }

                line = line[(close + open.Length)..].TrimStart(" \t"u8);
                open = [];
                continue;
            }

            if (Opened(line, language) is not { } block)
            {
                break;
            }

            open = block.End;
            line = line[block.Start.Length..];
        }

        foreach (var start in language.Remarks)
        {
            if (line.StartsWith(start))
            {
                return default;
            }
        }

        return line;
    }

    private static (byte[] Start, byte[] End)? Opened(ReadOnlySpan<byte> line, ScriptSigns language)
    {
        foreach (var block in language.Blocks)
        {
            if (line.StartsWith(block.Start))
            {
                return block;
            }
        }

        return null;
    }

    private static bool IsCode(ReadOnlySpan<byte> line, ScriptSigns language)
    {
        var first = line[0] == '@' ? line[1..] : line;
        var end = first.IndexOfAny(WordEnds);
        var word = end < 0 ? first : first[..end];
        var marks = Count(line);
        if (word.Length is > 0 and <= 16)
        {
            Span<char> text = stackalloc char[16];
            Encoding.Latin1.GetChars(word, text);
            if (
                language.Openers.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text[..word.Length])
                && (marks > 0 || line.Length < 48)
                && !EndsSentence(line, marks)
            )
            {
                return true;
            }
        }

        // Statements of other shapes: assignments, calls, brackets.
        var separators = line.IndexOfAny(language.Separators) >= 0;
        return separators
            && (
                marks * 6 >= line.Length / 4
                || marks >= 3
                || line[^1] is (byte)';' or (byte)'{' or (byte)'}' or (byte)')' or (byte)':' or (byte)','
            )
            && !EndsSentence(line, marks);
    }

    /// <summary>Ends as a sentence does and has more words than marks.</summary>
    private static bool EndsSentence(ReadOnlySpan<byte> line, int marks) =>
        (line[^1] is (byte)'.' or (byte)'?' or (byte)'!' || line.EndsWith("\u3002"u8)) && line.Count((byte)' ') > marks;

    /// <summary>Several words, or letters outside ASCII, and hardly a mark.</summary>
    private static bool IsProse(ReadOnlySpan<byte> line)
    {
        var marks = Count(line);
        var words = line.Count((byte)' ') + 1;
        var foreign = 0;
        foreach (var value in line)
        {
            foreign += value >= 0x80 ? 1 : 0;
        }

        return (words >= 3 && marks <= words / 2) || (foreign >= 4 && marks <= foreign / 4);
    }
}
