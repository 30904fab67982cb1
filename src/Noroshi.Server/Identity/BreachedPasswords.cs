using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Noroshi.Server.Identity;

/// <summary>
/// The operator's list of passwords that became known: a text file with one password a line, UTF-8, sorted by its bytes (<c>LC_ALL=C sort -u</c>). It
/// may be larger than memory: each look is a binary search in the file. No service is asked, because the hub works without internet.
/// </summary>
internal sealed class BreachedPasswords
{
    private const int LongestLine = 1_024;
    private const int Samples = 1_000;
    private readonly string? _path;

    private BreachedPasswords(string? path) => _path = path;

    /// <summary>No list: the rules of words and runs stand alone.</summary>
    public static BreachedPasswords None { get; } = new(null);

    /// <summary>The list in a file; none without a path.</summary>
    /// <exception cref="IOException">The file cannot be read, or is not sorted.</exception>
    public static BreachedPasswords Open(string? path)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            return None;
        }

        try
        {
            using var file = File.OpenHandle(path);
            var length = RandomAccess.GetLength(file);
            byte[] before = [];
            for (var i = 0; i < Samples; i++)
            {
                var line = LineAt(file, length / Samples * i, 0).Text;
                if (before.AsSpan().SequenceCompareTo(line) > 0)
                {
                    throw new IOException("The list of passwords is not sorted by its bytes: LC_ALL=C sort -u makes it so.");
                }

                before = line;
            }
        }
        catch (UnauthorizedAccessException error)
        {
            throw new IOException("The list of passwords cannot be read.", error);
        }

        return new BreachedPasswords(path);
    }

    /// <summary>Whether a password stands in the list.</summary>
    /// <exception cref="IOException">The list cannot be read any more.</exception>
    public bool Contains(string password)
    {
        ArgumentNullException.ThrowIfNull(password);
        var wanted = Encoding.UTF8.GetBytes(password);
        if (_path is null || wanted.Length is 0 or > LongestLine)
        {
            return false;
        }

        using var file = File.OpenHandle(_path);
        var (low, high) = (0L, RandomAccess.GetLength(file));
        while (low < high)
        {
            var (text, start, next) = LineAt(file, low + ((high - low) / 2), low);
            switch (text.AsSpan().SequenceCompareTo(wanted))
            {
                case 0:
                    return true;
                case < 0:
                    low = next;
                    break;
                default:
                    high = start;
                    break;
            }
        }

        return false;
    }

    /// <summary>The line that a place lies in, where it begins, and where the next one does.</summary>
    private static (byte[] Text, long Start, long Next) LineAt(SafeFileHandle file, long place, long notBefore)
    {
        var buffer = new byte[2 * LongestLine];
        var from = Math.Max(notBefore, place - LongestLine);
        var window = buffer.AsSpan(0, RandomAccess.Read(file, buffer, from));
        var here = (int)(place - from);
        var start = window[..Math.Min(here, window.Length)].LastIndexOf((byte)'\n') + 1;
        var end = window[start..].IndexOf((byte)'\n');
        var text = end < 0 ? window[start..] : window.Slice(start, end);
        return (text.ToArray(), from + start, from + start + text.Length + 1);
    }
}
