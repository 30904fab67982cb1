using System.Text;

namespace Noroshi.MailAnatomy.FileTypes.Macros;

/// <summary>
/// Puts strings together that a macro's author took apart: <c>"a" &amp; "b"</c>, <c>Chr(104)</c>, <c>StrReverse("…")</c>, and variables that
/// grow line by line. Nothing is run, and what depends on more than the text itself stays as it is.
/// </summary>
internal static class VbaStrings
{
    private const int MaxOutput = 256 << 10;
    private const int MaxVariables = 128;
    private const int MaxDepth = 8;
    private const int MaxPieces = 20_000;

    /// <summary>The strings that came out of two pieces or more, one a line.</summary>
    /// <param name="code">Source of a module.</param>
    /// <param name="tricks">Calls of Chr and StrReverse that were folded.</param>
    public static string Fold(string code, out int tricks)
    {
        // Lines that go on with " _" are one line to the language.
        var text = code.Replace(" _\r\n", " ", StringComparison.Ordinal).Replace(" _\n", " ", StringComparison.Ordinal);
        var folder = new Folder();
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            folder.Line(line);
        }

        tricks = folder.Tricks;
        return folder.Done();
    }

    private sealed class Folder
    {
        private readonly StringBuilder _output = new();
        private readonly Dictionary<string, (StringBuilder Value, int Pieces)> _variables = new(StringComparer.OrdinalIgnoreCase);
        private int _kept;
        private int _pieces;

        public int Tricks { get; private set; }

        public void Line(ReadOnlySpan<char> line)
        {
            if (_pieces >= MaxPieces)
            {
                return;
            }

            Assignment(line.Trim());
            for (var at = 0; at < line.Length; )
            {
                if (line[at] == '\'')
                {
                    return;
                }

                if (at > 0 && IsWord(line[at - 1]) && line[at] != '"')
                {
                    at++;
                    continue;
                }

                var piece = new StringBuilder();
                var count = 0;
                var end = Chain(line, at, piece, ref count, 0);
                if (end > at)
                {
                    Keep(piece, count);
                    at = end;
                }
                else
                {
                    at++;
                }
            }
        }

        public string Done()
        {
            foreach (var (value, pieces) in _variables.Values)
            {
                Keep(value, pieces);
            }

            return _output.ToString();
        }

        private void Keep(StringBuilder piece, int count)
        {
            if (count >= 2 && piece.Length >= 4 && _output.Length + piece.Length < MaxOutput)
            {
                _output.Append(piece).Append('\n');
            }
        }

        /// <summary><c>name = name &amp; "…"</c> goes on, <c>name = "…"</c> begins.</summary>
        private void Assignment(ReadOnlySpan<char> line)
        {
            var length = WordLength(line);
            if (length is 0 or > 64)
            {
                return;
            }

            var name = line[..length].ToString();
            var rest = line[length..].TrimStart();
            if (!rest.StartsWith("="))
            {
                return;
            }

            rest = rest[1..].TrimStart();
            var goesOn = rest.StartsWith(name, StringComparison.OrdinalIgnoreCase) && WordLength(rest) == length;
            if (goesOn)
            {
                rest = rest[length..].TrimStart();
                if (rest.IsEmpty || rest[0] is not ('&' or '+'))
                {
                    return;
                }

                rest = rest[1..];
            }

            var piece = new StringBuilder();
            var count = 0;
            var end = Chain(rest, 0, piece, ref count, 0);
            if (end <= 0 || _kept + piece.Length > MaxOutput)
            {
                return;
            }

            if (!_variables.TryGetValue(name, out var known))
            {
                if (_variables.Count >= MaxVariables)
                {
                    return;
                }

                known = (new StringBuilder(), 0);
            }

            if (!goesOn && known.Pieces > 0)
            {
                Keep(known.Value, known.Pieces);
                known.Value.Clear();
                known.Pieces = 0;
            }

            _kept += piece.Length;
            known.Value.Append(piece);
            _variables[name] = (known.Value, known.Pieces + 1);
        }

        /// <summary>Operands joined by &amp; or +. Returns the end, or the start when there is no operand.</summary>
        private int Chain(ReadOnlySpan<char> line, int at, StringBuilder output, ref int count, int depth)
        {
            var end = at;
            while (_pieces < MaxPieces)
            {
                var next = Operand(line, SkipBlanks(line, end), output, ref count, depth);
                if (next < 0)
                {
                    return end;
                }

                _pieces++;
                count++;
                end = next;
                var sign = SkipBlanks(line, end);
                if (sign >= line.Length || line[sign] is not ('&' or '+'))
                {
                    return end;
                }

                end = sign + 1;
            }

            return end;
        }

        private int Operand(ReadOnlySpan<char> line, int at, StringBuilder output, ref int count, int depth)
        {
            if (at >= line.Length)
            {
                return -1;
            }

            if (line[at] == '"')
            {
                return Literal(line, at, output);
            }

            var rest = line[at..];
            if (rest.StartsWith("VBA.", StringComparison.OrdinalIgnoreCase))
            {
                rest = rest[4..];
            }

            var length = WordLength(rest);
            var name = rest[..length].TrimEnd('$');
            if (Constant(name) is { } constant)
            {
                output.Append(constant);
                return line.Length - rest.Length + length;
            }

            var open = line.Length - rest.Length + length;
            if (length == 0 || open >= line.Length || line[open] != '(' || depth >= MaxDepth)
            {
                return depth < MaxDepth && length == 0 && line[at] == '(' ? Parenthesis(line, at, output, ref count, depth) : -1;
            }

            if (Is(name, "Chr") || Is(name, "ChrW") || Is(name, "ChrB"))
            {
                var end = VbaNumbers.Read(line, open + 1, out var number);
                if (end < 0 || end >= line.Length || line[end] != ')')
                {
                    return -1;
                }

                Tricks++;
                count++;
                output.Append((char)(ushort)number);
                return end + 1;
            }

            return Is(name, "StrReverse") ? Reversed(line, open, output, ref count, depth) : -1;
        }

        private int Reversed(ReadOnlySpan<char> line, int open, StringBuilder output, ref int count, int depth)
        {
            var inner = new StringBuilder();
            var end = Parenthesis(line, open, inner, ref count, depth);
            if (end < 0)
            {
                return -1;
            }

            Tricks++;
            count++;
            for (var i = inner.Length - 1; i >= 0; i--)
            {
                output.Append(inner[i]);
            }

            return end;
        }

        private int Parenthesis(ReadOnlySpan<char> line, int open, StringBuilder output, ref int count, int depth)
        {
            var inner = new StringBuilder();
            var end = Chain(line, open + 1, inner, ref count, depth + 1);
            if (end <= open + 1)
            {
                return -1;
            }

            end = SkipBlanks(line, end);
            if (end >= line.Length || line[end] != ')')
            {
                return -1;
            }

            output.Append(inner);
            return end + 1;
        }

        private static int Literal(ReadOnlySpan<char> line, int at, StringBuilder output)
        {
            for (var i = at + 1; i < line.Length; i++)
            {
                if (line[i] != '"')
                {
                    output.Append(line[i]);
                }
                else if (i + 1 < line.Length && line[i + 1] == '"')
                {
                    output.Append('"');
                    i++;
                }
                else
                {
                    return i + 1;
                }
            }

            return line.Length;
        }

        private static string? Constant(ReadOnlySpan<char> name) =>
            Is(name, "vbCrLf") || Is(name, "vbNewLine") || Is(name, "vbLf") || Is(name, "vbCr") ? "\n"
            : Is(name, "vbTab") ? "\t"
            : Is(name, "vbNullString") ? ""
            : null;

        private static bool Is(ReadOnlySpan<char> name, string wanted) => name.Equals(wanted, StringComparison.OrdinalIgnoreCase);

        private static int SkipBlanks(ReadOnlySpan<char> line, int at)
        {
            while (at < line.Length && line[at] is ' ' or '\t')
            {
                at++;
            }

            return at;
        }
    }

    internal static bool IsWord(char letter) => char.IsLetterOrDigit(letter) || letter is '_';

    private static int WordLength(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && (IsWord(text[length]) || (text[length] == '$' && length > 0)))
        {
            length++;
        }

        return length > 0 && !char.IsDigit(text[0]) ? length : 0;
    }
}
