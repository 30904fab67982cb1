using System.Net;
using System.Net.Sockets;

namespace Noroshi.MailAnatomy.FileTypes.Shortcuts;

/// <summary>Where a path leads: onto the machine, to a share, or out.</summary>
internal static class Places
{
    /// <summary>What a path or address names.</summary>
    public enum Kind
    {
        /// <summary>A file of the machine, or nothing that can be told.</summary>
        Local,

        /// <summary>A share within a house.</summary>
        Share,

        /// <summary>A share outside, or WebDAV.</summary>
        Outside,

        /// <summary>A page or other address with a scheme.</summary>
        Web,
    }

    private static readonly string[] InnerNames = [".local", ".lan", ".internal", ".corp", ".intra", ".intranet", ".home", ".localdomain"];

    /// <summary>Tells where the path leads.</summary>
    public static Kind Of(string? path)
    {
        var text = path.AsSpan().Trim(" \t\"'\0");
        if (text.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
        {
            text = text[5..];
            var slashes = text.Length - text.TrimStart("/\\").Length;
            // Two slashes or more than three stand before a host, one or three before a local path.
            return slashes is 0 or 1 or 3 ? Kind.Local : Share(text[slashes..]);
        }

        if (text.StartsWith(@"\\.\", StringComparison.Ordinal) || text.StartsWith(@"\\?\", StringComparison.Ordinal))
        {
            return text[4..].StartsWith(@"UNC\", StringComparison.OrdinalIgnoreCase) ? Share(text[8..]) : Kind.Local;
        }

        if (text.StartsWith(@"\\", StringComparison.Ordinal) || text.StartsWith("//", StringComparison.Ordinal))
        {
            return Share(text[2..]);
        }

        var colon = text.IndexOf(':');
        return colon > 1 && text[..colon].IndexOfAny("\\/ %") < 0 && char.IsAsciiLetter(text[0]) ? Kind.Web : Kind.Local;
    }

    private static Kind Share(ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOfAny('\\', '/');
        var host = end < 0 ? rest : rest[..end];
        if (host.IsEmpty)
        {
            return Kind.Local;
        }

        if (host.Contains('@') || rest.Contains("DavWWWRoot", StringComparison.OrdinalIgnoreCase))
        {
            return Kind.Outside;
        }

        if (IPAddress.TryParse(host, out var address))
        {
            return IsInner(address) ? Kind.Share : Kind.Outside;
        }

        if (!host.Contains('.'))
        {
            return Kind.Share;
        }

        foreach (var name in InnerNames)
        {
            if (host.EndsWith(name, StringComparison.OrdinalIgnoreCase))
            {
                return Kind.Share;
            }
        }

        return Kind.Outside;
    }

    private static bool IsInner(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetwork)
        {
            return address.IsIPv6LinkLocal || address.IsIPv6UniqueLocal || IPAddress.IsLoopback(address);
        }

        var bytes = address.GetAddressBytes();
        return bytes[0] is 10 or 127
            || (bytes[0] == 172 && bytes[1] is >= 16 and <= 31)
            || (bytes[0] == 192 && bytes[1] == 168)
            || (bytes[0] == 169 && bytes[1] == 254);
    }
}
