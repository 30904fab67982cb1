using System.Buffers;
using System.Globalization;
using System.Text;

namespace Noroshi.MailAnatomy.Containers;

/// <summary>How much a whole file may make the reader build.</summary>
internal sealed class PdfAllowance
{
    /// <summary>Values of all objects together.</summary>
    public const int MaxValues = 600_000;

    /// <summary>Values that may still be built.</summary>
    public int Values { get; set; } = MaxValues;

    /// <summary>Lists within dictionaries within lists went deeper than any honest file's.</summary>
    public bool TooDeep { get; set; }
}

/// <summary>Reads PDF values (ISO 32000-1, 7.2 and 7.3) leniently: what cannot be read is the null value.</summary>
internal ref struct PdfLexer(ReadOnlySpan<byte> bytes, int at, PdfAllowance allowance)
{
    private const int MaxDepth = 48;
    private const int MaxName = 512;
    private const int MaxString = 4 << 20;

    private static readonly SearchValues<byte> Ends = SearchValues.Create(" \t\r\n\f\0()<>[]{}/%"u8);
    private static readonly SearchValues<byte> StringMarks = SearchValues.Create("()\\"u8);

    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Offset of the next byte.</summary>
    public int At { get; private set; } = at;

    /// <summary>Whether a byte is white space.</summary>
    public static bool IsSpace(byte value) => value is 0x20 or 0x0A or 0x0D or 0x09 or 0x0C or 0;

    /// <summary>Passes white space and comments.</summary>
    public void SkipSpace()
    {
        while (At < _bytes.Length)
        {
            if (IsSpace(_bytes[At]))
            {
                At++;
            }
            else if (_bytes[At] == '%')
            {
                var end = _bytes[At..].IndexOfAny((byte)'\r', (byte)'\n');
                At = end < 0 ? _bytes.Length : At + end + 1;
            }
            else
            {
                return;
            }
        }
    }

    /// <summary>The value at the offset, behind white space.</summary>
    public PdfValue Read() => Read(0);

    /// <summary>Passes a word when it stands next.</summary>
    public bool Take(ReadOnlySpan<byte> word)
    {
        SkipSpace();
        if (!_bytes[At..].StartsWith(word))
        {
            return false;
        }

        At += word.Length;
        return true;
    }

    private PdfValue Read(int depth)
    {
        SkipSpace();
        if (At >= _bytes.Length || --allowance.Values < 0)
        {
            return PdfValue.Null;
        }

        if (depth > MaxDepth)
        {
            allowance.TooDeep = true;
            At = _bytes.Length;
            return PdfValue.Null;
        }

        switch (_bytes[At])
        {
            case (byte)'/':
                return PdfValue.OfName(ReadName());
            case (byte)'(':
                return PdfValue.OfBytes(ReadString());
            case (byte)'<':
                if (At + 1 < _bytes.Length && _bytes[At + 1] == '<')
                {
                    At += 2;
                    return ReadMap(depth);
                }

                return PdfValue.OfBytes(ReadHex());
            case (byte)'[':
                At++;
                return ReadList(depth);
            default:
                return ReadWord();
        }
    }

    private PdfValue ReadMap(int depth)
    {
        var map = new Dictionary<string, PdfValue>(StringComparer.Ordinal);
        while (true)
        {
            SkipSpace();
            if (At >= _bytes.Length || allowance.Values < 0)
            {
                break;
            }

            if (_bytes[At] == '>')
            {
                At += At + 1 < _bytes.Length && _bytes[At + 1] == '>' ? 2 : 1;
                break;
            }

            if (_bytes[At] != '/')
            {
                // Not a key: an object that was never closed ends here, other rubbish is passed.
                if (_bytes[At..].StartsWith("endobj"u8) || _bytes[At..].StartsWith("stream"u8))
                {
                    break;
                }

                var before = At;
                Read(depth + 1);
                At += At == before ? 1 : 0;
                continue;
            }

            var key = ReadName();
            SkipSpace();
            if (At < _bytes.Length && _bytes[At] == '>')
            {
                continue;
            }

            var value = Read(depth + 1);
            map[key] = value;
        }

        return PdfValue.OfMap(map);
    }

    private PdfValue ReadList(int depth)
    {
        var items = new List<PdfValue>();
        while (true)
        {
            SkipSpace();
            if (At >= _bytes.Length || allowance.Values < 0)
            {
                break;
            }

            if (_bytes[At] == ']')
            {
                At++;
                break;
            }

            if (_bytes[At..].StartsWith("endobj"u8) || _bytes[At] == '>')
            {
                break;
            }

            var before = At;
            var value = Read(depth + 1);
            if (At == before)
            {
                At++;
                continue;
            }

            items.Add(value);
        }

        return PdfValue.OfItems(items);
    }

    /// <summary>A name at its slash, <c>#xx</c> decoded.</summary>
    private string ReadName()
    {
        At++;
        var rest = _bytes[At..];
        var length = rest.IndexOfAny(Ends);
        length = length < 0 ? rest.Length : length;
        At += length;
        return DecodeName(rest[..Math.Min(length, MaxName)], out _);
    }

    /// <summary>Decodes <c>#xx</c> of a name.</summary>
    /// <param name="raw">Bytes behind the slash.</param>
    /// <param name="needless">Letters or digits were written as <c>#xx</c>, which no honest program does.</param>
    public static string DecodeName(ReadOnlySpan<byte> raw, out bool needless)
    {
        needless = false;
        if (raw.IndexOf((byte)'#') < 0)
        {
            return Encoding.Latin1.GetString(raw);
        }

        var text = new StringBuilder(raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] == '#' && i + 2 < raw.Length && Hex(raw[i + 1]) is var high and >= 0 && Hex(raw[i + 2]) is var low and >= 0)
            {
                var value = (char)((high << 4) | low);
                needless |= char.IsAsciiLetterOrDigit(value);
                text.Append(value);
                i += 2;
            }
            else
            {
                text.Append((char)raw[i]);
            }
        }

        return text.ToString();
    }

    /// <summary>Value of a hexadecimal digit; -1 for other bytes.</summary>
    public static int Hex(byte value) =>
        value switch
        {
            >= (byte)'0' and <= (byte)'9' => value - '0',
            >= (byte)'a' and <= (byte)'f' => value - 'a' + 10,
            >= (byte)'A' and <= (byte)'F' => value - 'A' + 10,
            _ => -1,
        };

    private byte[] ReadHex()
    {
        var rest = _bytes[(At + 1)..];
        var end = rest.IndexOf((byte)'>');
        var digits = end < 0 ? rest : rest[..end];
        At = end < 0 ? _bytes.Length : At + end + 2;
        digits = digits[..Math.Min(digits.Length, MaxString)];
        var result = new byte[(digits.Length + 1) / 2];
        var (length, half) = (0, -1);
        foreach (var digit in digits)
        {
            var value = Hex(digit);
            if (value < 0)
            {
                continue;
            }

            if (half < 0)
            {
                half = value;
            }
            else
            {
                result[length++] = (byte)((half << 4) | value);
                half = -1;
            }
        }

        if (half >= 0)
        {
            result[length++] = (byte)(half << 4);
        }

        return result[..length];
    }

    private byte[] ReadString()
    {
        At++;
        var result = new ArrayBufferWriter<byte>(64);
        var depth = 1;
        while (At < _bytes.Length)
        {
            var rest = _bytes[At..];
            var mark = rest.IndexOfAny(StringMarks);
            var plain = mark < 0 ? rest : rest[..mark];
            if (result.WrittenCount < MaxString)
            {
                result.Write(plain);
            }

            At += plain.Length;
            if (mark < 0)
            {
                break;
            }

            var value = _bytes[At++];
            if (value == '\\')
            {
                Escape(result);
                continue;
            }

            depth += value == '(' ? 1 : -1;
            if (depth == 0)
            {
                break;
            }

            result.Write([value]);
        }

        return result.WrittenSpan.ToArray();
    }

    private void Escape(ArrayBufferWriter<byte> result)
    {
        if (At >= _bytes.Length)
        {
            return;
        }

        var value = _bytes[At++];
        switch (value)
        {
            case (byte)'n':
                result.Write("\n"u8);
                break;
            case (byte)'r':
                result.Write("\r"u8);
                break;
            case (byte)'t':
                result.Write("\t"u8);
                break;
            case (byte)'b':
                result.Write("\b"u8);
                break;
            case (byte)'f':
                result.Write("\f"u8);
                break;
            case (byte)'\n':
                break;
            case (byte)'\r':
                At += At < _bytes.Length && _bytes[At] == '\n' ? 1 : 0;
                break;
            case >= (byte)'0' and <= (byte)'7':
                var code = value - '0';
                for (var i = 0; i < 2 && At < _bytes.Length && _bytes[At] is >= (byte)'0' and <= (byte)'7'; i++)
                {
                    code = (code * 8) + _bytes[At++] - '0';
                }

                result.Write([(byte)code]);
                break;
            default:
                result.Write([value]);
                break;
        }
    }

    /// <summary>Numbers, references and words.</summary>
    private PdfValue ReadWord()
    {
        var word = Word();
        if (word.IsEmpty)
        {
            return PdfValue.Null;
        }

        if (!IsNumber(word, out var number))
        {
            return word.SequenceEqual("true"u8) ? new PdfValue { Kind = PdfKind.Bool, Number = 1 }
                : word.SequenceEqual("false"u8) ? new PdfValue { Kind = PdfKind.Bool }
                : PdfValue.Null;
        }

        // "12 0 R": two more words decide.
        if (number >= 0 && number == Math.Floor(number) && number <= int.MaxValue)
        {
            var back = At;
            SkipSpace();
            if (At > back && At < _bytes.Length && char.IsAsciiDigit((char)_bytes[At]))
            {
                if (IsNumber(Word(), out var generation) && generation is >= 0 and <= 65_535)
                {
                    SkipSpace();
                    if (At < _bytes.Length && _bytes[At] == 'R' && (At + 1 == _bytes.Length || Ends.Contains(_bytes[At + 1])))
                    {
                        At++;
                        return new PdfValue
                        {
                            Kind = PdfKind.Reference,
                            Number = number,
                            Generation = (int)generation,
                        };
                    }
                }
            }

            At = back;
        }

        return PdfValue.Of(number);
    }

    private ReadOnlySpan<byte> Word()
    {
        var rest = _bytes[At..];
        var length = rest.IndexOfAny(Ends);
        length = length < 0 ? rest.Length : length;
        At += length;
        return rest[..length];
    }

    private static bool IsNumber(ReadOnlySpan<byte> word, out double number)
    {
        number = 0;
        return word.Length is > 0 and <= 40
            && (char.IsAsciiDigit((char)word[0]) || word[0] is (byte)'-' or (byte)'+' or (byte)'.')
            && double.TryParse(
                word,
                NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out number
            );
    }
}
