using System.Buffers;
using System.Globalization;
using System.Text;

namespace Noroshi.MailAnatomy.Indicators;

/// <summary>Host names in the one form everything here compares: lower case, IDNA ASCII, no dot at the end.</summary>
internal static class HostName
{
    /// <summary>Longest name in characters (RFC 1035 2.3.4).</summary>
    public const int MaxLength = 253;

    private static readonly SearchValues<char> Plain = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789.-_");

    /// <summary>The canonical form, or null when the text is no host name. Unicode names need ICU and are rare, so they come second.</summary>
    public static string? Canonical(ReadOnlySpan<char> host)
    {
        host = host.TrimEnd('.');
        if (host.IsEmpty || host.Length > MaxLength)
        {
            return null;
        }

        if (Ascii.IsValid(host))
        {
            Span<char> lower = stackalloc char[MaxLength];
            Ascii.ToLower(host, lower, out var count);
            var plain = lower[..count];
            return !plain.ContainsAnyExcept(Plain) && LabelsFit(plain) ? new string(plain) : null;
        }

        try
        {
            var unicode = new string(host).Replace('。', '.').Replace('．', '.').Replace('｡', '.');
            var ascii = Unicode.Mapping.GetAscii(unicode).ToLowerInvariant();
            return !ascii.AsSpan().ContainsAnyExcept(Plain) && LabelsFit(ascii) ? ascii : null;
        }
        catch (ArgumentException)
        {
            // The mapping refuses names that no resolver would accept either.
            return null;
        }
    }

    private static bool LabelsFit(ReadOnlySpan<char> host)
    {
        while (true)
        {
            var dot = host.IndexOf('.');
            var length = dot < 0 ? host.Length : dot;
            if (length is 0 or > 63)
            {
                return false;
            }

            if (dot < 0)
            {
                return true;
            }

            host = host[(dot + 1)..];
        }
    }

    /// <summary>Made on first need: most mails hold no Unicode host.</summary>
    private static class Unicode
    {
        public static readonly IdnMapping Mapping = new() { AllowUnassigned = true, UseStd3AsciiRules = false };
    }
}
