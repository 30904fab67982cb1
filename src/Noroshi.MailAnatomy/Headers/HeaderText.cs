using System.Buffers;
using System.Text;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Text.Charsets;

namespace Noroshi.MailAnatomy.Headers;

/// <summary>
/// Unstructured header text from raw bytes: folding (RFC 5322 2.2.3), encoded-words (RFC 2047, RFC 2231 5) wherever they stand, and raw bytes
/// in whatever charset they are. The result has no CR, LF or NUL and is trimmed.
/// </summary>
public static class HeaderText
{
    private const byte Esc = 0x1B;
    private const int MaxCharsetName = 80;
    private static readonly SearchValues<byte> Special = SearchValues.Create([0, (byte)'\r', (byte)'\n', (byte)'\t', Esc, 0x0E]);

    // What may make text more than ASCII: words, escape sequences, raw bytes.
    private static readonly SearchValues<byte> Coded = SearchValues.Create([
        (byte)'=',
        Esc,
        0x0E,
        .. Enumerable.Range(0x80, 0x80).Select(value => (byte)value),
    ]);
    private static readonly SearchValues<byte> SpecialOrCoded = SearchValues.Create([
        0,
        (byte)'\r',
        (byte)'\n',
        (byte)'\t',
        (byte)'=',
        Esc,
        0x0E,
        .. Enumerable.Range(0x80, 0x80).Select(value => (byte)value),
    ]);

    /// <summary>Decodes. Never throws; linear in the length.</summary>
    /// <param name="raw">Bytes after the colon, folding kept.</param>
    /// <param name="charsetHint">Charset of the body, for raw bytes without any declaration; null when unknown.</param>
    /// <param name="findings">Gets what was repaired.</param>
    public static string Decode(ReadOnlySpan<byte> raw, string? charsetHint, List<Finding> findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        if (raw.IndexOfAny(SpecialOrCoded) < 0 || (Ascii.IsValid(raw) && raw.IndexOf("=?"u8) < 0 && raw.IndexOfAny(Special) < 0))
        {
            return Encoding.ASCII.GetString(raw.Trim((byte)' '));
        }

        var buffer = ArrayPool<byte>.Shared.Rent(Math.Max(1, raw.Length));
        var line = buffer.AsSpan(0, Unfold(raw, buffer));
        var text =
            line.IndexOfAny(Coded) < 0
            || (line.IndexOf("=?"u8) < 0 && Ascii.IsValid(line) && line.IndexOf(Esc) < 0 && line.IndexOf((byte)0x0E) < 0)
                ? Encoding.ASCII.GetString(line.Trim((byte)' '))
                : new Words(line, charsetHint, findings).Run();
        ArrayPool<byte>.Shared.Return(buffer);
        return text.Trim();
    }

    /// <summary>Takes line breaks out. Inside a two-byte run of ISO-2022-JP the blank of the fold goes too, since it was never part of the text.</summary>
    private static int Unfold(ReadOnlySpan<byte> raw, Span<byte> target)
    {
        var length = 0;
        var index = 0;
        var twoByte = false;
        while (index < raw.Length)
        {
            var run = raw[index..].IndexOfAny(Special);
            run = run < 0 ? raw.Length - index : run;
            raw.Slice(index, run).CopyTo(target[length..]);
            length += run;
            index += run;
            if (index >= raw.Length)
            {
                break;
            }

            var value = raw[index++];
            switch (value)
            {
                case Esc:
                    twoByte = index < raw.Length && raw[index] == (byte)'$';
                    target[length++] = value;
                    break;
                case (byte)'\r' or (byte)'\n':
                    while (index < raw.Length && raw[index] is (byte)'\r' or (byte)'\n' or (byte)' ' or (byte)'\t')
                    {
                        index++;
                    }

                    if (!twoByte)
                    {
                        target[length++] = (byte)' ';
                    }

                    break;
                case (byte)'\t':
                    target[length++] = (byte)' ';
                    break;
                case 0:
                    break;
                default:
                    target[length++] = value;
                    break;
            }
        }

        return length;
    }

    /// <summary>One encoded-word: where it ends and what is in it.</summary>
    private readonly record struct Word(Range Charset, bool Base64, Range Text, int End, bool Closed);

    /// <summary>Walks over one unfolded line.</summary>
    private ref struct Words(ReadOnlySpan<byte> line, string? hint, List<Finding> findings)
    {
        private readonly ReadOnlySpan<byte> line = line;
        private readonly StringBuilder output = new(line.Length);
        private readonly EncodedWordBytes word = new();
        private string? openCharset;
        private bool open;
        private int nextClose = -1;

        public string Run()
        {
            var rawStart = 0;
            var index = 0;
            while (NextStart(index) is >= 0 and var start)
            {
                if (!TryWord(start, out var found))
                {
                    index = start + 2;
                    continue;
                }

                Between(line[rawStart..start]);
                Take(found);
                index = rawStart = found.End;
            }

            Between(line[rawStart..]);
            Close();
            return output.ToString();
        }

        /// <summary>Next <c>=?</c> that is not the trail of two-byte ISO-2022-JP characters.</summary>
        private readonly int NextStart(int index)
        {
            while (index < line.Length)
            {
                var rest = line[index..];
                var found = rest.IndexOfAny((byte)'=', Esc);
                if (found < 0)
                {
                    return -1;
                }

                index += found;
                if (line[index] == Esc && index + 1 < line.Length && line[index + 1] == (byte)'$')
                {
                    var end = line[(index + 1)..].IndexOf(Esc);
                    if (end < 0)
                    {
                        return -1;
                    }

                    index += 1 + end;
                    continue;
                }

                if (line[index] == (byte)'=' && index + 1 < line.Length && line[index + 1] == (byte)'?')
                {
                    return index;
                }

                index++;
            }

            return -1;
        }

        private bool TryWord(int start, out Word found)
        {
            found = default;
            var head = line.Slice(start + 2, Math.Min(MaxCharsetName, line.Length - start - 2));
            var mark = head.IndexOf((byte)'?');
            if (
                mark < 0
                || mark + 2 >= head.Length
                || head[mark + 2] != (byte)'?'
                || head[..mark].IndexOfAny((byte)' ', (byte)'=', Esc) >= 0
            )
            {
                return false;
            }

            var kind = (byte)(head[mark + 1] | 0x20);
            if (kind is not ((byte)'b' or (byte)'q'))
            {
                return false;
            }

            var textStart = start + 2 + mark + 3;
            var textEnd = FindEnd(textStart, kind == (byte)'q', out var closed);
            found = new Word(
                (start + 2)..(start + 2 + mark),
                kind == (byte)'b',
                textStart..textEnd,
                closed ? textEnd + 2 : textEnd,
                closed
            );
            return true;
        }

        /// <summary>End of the encoded text: the closing mark, or for a broken word the next blank, quote or word.</summary>
        private int FindEnd(int start, bool q, out bool closed)
        {
            var rest = line[start..];
            if (nextClose < start)
            {
                // Looked up once per closing mark, or many words before one mark would take quadratic time.
                var found = rest.IndexOf("?="u8);
                nextClose = found < 0 ? line.Length : start + found;
            }

            if (nextClose < line.Length)
            {
                var end = nextClose - start;

                // A raw question mark before an escaped byte ("what?=3F?=") is no end as long as a real one follows in the same word.
                while (
                    q
                    && end >= 0
                    && end + 3 < rest.Length
                    && char.IsAsciiHexDigit((char)rest[end + 2])
                    && char.IsAsciiHexDigit((char)rest[end + 3])
                )
                {
                    var next = rest[(end + 2)..].IndexOfAny((byte)'?', (byte)' ');
                    if (next < 0 || rest[end + 2 + next] == (byte)' ' || end + 3 + next >= rest.Length || rest[end + 3 + next] != (byte)'=')
                    {
                        break;
                    }

                    end += 2 + next;
                }

                // A new word before the end shows that this one was never closed.
                var another = end < 0 ? -1 : rest[..end].IndexOf("=?"u8);
                if (end >= 0 && (another < 0 || (q && another == end - 1)))
                {
                    closed = true;
                    return start + end;
                }

                if (end >= 0 && another > 0 && LooksLikeStart(rest[another..]))
                {
                    closed = false;
                    return start + another;
                }

                if (end >= 0)
                {
                    closed = true;
                    return start + end;
                }
            }

            closed = false;
            var stop = rest.IndexOfAny((byte)' ', (byte)'"', (byte)'<');
            var text = stop < 0 ? rest : rest[..stop];
            return start + text.TrimEnd((byte)'?').Length;
        }

        private static bool LooksLikeStart(ReadOnlySpan<byte> text)
        {
            var mark = text[2..Math.Min(text.Length, MaxCharsetName)].IndexOf((byte)'?');
            return mark > 0 && mark + 4 < text.Length && (text[mark + 3] | 0x20) is 'b' or 'q' && text[mark + 4] == (byte)'?';
        }

        private void Take(Word found)
        {
            var name = Encoding.Latin1.GetString(line[found.Charset]);
            var star = name.IndexOf('*', StringComparison.Ordinal);
            name = star >= 0 ? name[..star] : name;
            if (open && !string.Equals(name, openCharset, StringComparison.OrdinalIgnoreCase))
            {
                Close();
            }

            open = true;
            openCharset = name;
            word.Add(found.Base64, line[found.Text]);
            if (!found.Closed)
            {
                findings.AddBounded(FindingCodes.Mime.BrokenWord.At("no closing mark"));
            }
        }

        /// <summary>Text outside of words; blanks between two words are none (RFC 2047 6.2).</summary>
        private void Between(ReadOnlySpan<byte> text)
        {
            var content = text.Trim((byte)' ');
            if (open && content.IsEmpty)
            {
                return;
            }

            if (content is [(byte)'?', (byte)'='] or [(byte)'?'])
            {
                return;
            }

            Close();
            if (text.IsEmpty)
            {
                return;
            }

            if (Ascii.IsValid(text) && text.IndexOf(Esc) < 0 && text.IndexOf((byte)0x0E) < 0)
            {
                output.Append(Encoding.ASCII.GetString(text));
                return;
            }

            var decoded = CharsetDecoder.Decode(text, null, hint);
            findings.AddBounded(FindingCodes.Mime.HeaderRaw.At(decoded.Charset));
            AddFindings(decoded);
            Append(decoded.Text, hidden: false);
        }

        private void Close()
        {
            if (!open)
            {
                return;
            }

            open = false;
            word.Finish();
            if (word.Broken)
            {
                findings.AddBounded(FindingCodes.Mime.BrokenWord.At("encoded text"));
            }

            var decoded = CharsetDecoder.Decode(word.Bytes, openCharset, hint);
            word.Clear();
            AddFindings(decoded);
            Append(decoded.Text, hidden: true);
        }

        private readonly void AddFindings(DecodedText decoded)
        {
            foreach (var finding in decoded.Findings)
            {
                // Raw text has no declaration by its nature; HeaderRaw already says so.
                if (finding.Code != FindingCodes.Charset.Undeclared.Code)
                {
                    findings.AddBounded(finding);
                }
            }
        }

        private readonly void Append(string text, bool hidden)
        {
            if (text.AsSpan().IndexOfAny('\r', '\n', '\0') < 0)
            {
                output.Append(text);
                return;
            }

            if (hidden && text.AsSpan().TrimEnd("\r\n\0").IndexOfAny('\r', '\n') >= 0)
            {
                findings.AddBounded(FindingCodes.Mime.HiddenNewline.At("encoded word"));
            }

            output.Append(
                text.Replace("\r\n", " ", StringComparison.Ordinal)
                    .Replace('\r', ' ')
                    .Replace('\n', ' ')
                    .Replace("\0", "", StringComparison.Ordinal)
            );
        }
    }
}
