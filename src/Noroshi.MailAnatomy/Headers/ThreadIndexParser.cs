using System.Buffers.Binary;

namespace Noroshi.MailAnatomy.Headers;

/// <summary>Reads Thread-Index (MS-OXOMSG 2.2.1.3, PidTagConversationIndex).</summary>
internal static class ThreadIndexParser
{
    private const int HeaderLength = 22;
    private const int BlockLength = 5;

    /// <summary>Replies whose blocks are kept; a thread that long has no other use for them.</summary>
    private const int MaxReplies = 500;

    private static readonly long Earliest = new DateTime(1985, 1, 1, 0, 0, 0, DateTimeKind.Utc).ToFileTimeUtc();
    private static readonly long Latest = new DateTime(2200, 1, 1, 0, 0, 0, DateTimeKind.Utc).ToFileTimeUtc();

    /// <summary>Decodes the value; null when it is no base64 or shorter than 22 bytes.</summary>
    public static ThreadIndex? Parse(string base64)
    {
        ArgumentNullException.ThrowIfNull(base64);
        var longest = HeaderLength + (MaxReplies * BlockLength);
        Span<char> letters = stackalloc char[((longest + 2) / 3 * 4) + 4];
        var length = 0;
        foreach (var letter in base64)
        {
            if (char.IsAsciiLetterOrDigit(letter) || letter is '+' or '/')
            {
                if (length == letters.Length - 4)
                {
                    break;
                }

                letters[length++] = letter;
            }
            else if (letter == '=')
            {
                break;
            }
            else if (!StructuredText.IsBlank(letter))
            {
                return null;
            }
        }

        // Mailers cut the padding off, or the value in the middle: whole bytes are kept.
        length -= length % 4 == 1 ? 1 : 0;
        while (length % 4 != 0)
        {
            letters[length++] = '=';
        }

        Span<byte> bytes = stackalloc byte[longest + 8];
        if (!Convert.TryFromBase64Chars(letters[..length], bytes, out var count) || count < HeaderLength)
        {
            return null;
        }

        count = Math.Min(count, longest);
        return new ThreadIndex(
            Convert.ToHexStringLower(bytes[..HeaderLength]),
            Started(bytes),
            (count - HeaderLength) / BlockLength,
            Convert.ToHexStringLower(bytes[..count])
        );
    }

    /// <summary>
    /// By the document a reserved 0x01 stands before the five upper bytes of the FILETIME; older makers write its six upper
    /// bytes, whose first is 0x01 as well until 2057. The reading that gives a time of the age of mail is the right one.
    /// </summary>
    private static DateTimeOffset? Started(ReadOnlySpan<byte> bytes)
    {
        Span<byte> time = stackalloc byte[8];
        time.Clear();
        bytes[..6].CopyTo(time);
        var six = BinaryPrimitives.ReadInt64BigEndian(time);
        time.Clear();
        bytes[1..6].CopyTo(time);
        var five = BinaryPrimitives.ReadInt64BigEndian(time);
        return Time(six) ?? Time(five);
    }

    private static DateTimeOffset? Time(long fileTime) =>
        fileTime >= Earliest && fileTime < Latest ? new DateTimeOffset(DateTime.FromFileTimeUtc(fileTime)) : null;
}
