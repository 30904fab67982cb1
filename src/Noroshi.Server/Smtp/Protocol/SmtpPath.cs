using System.Net;
using System.Net.Sockets;

namespace Noroshi.Server.Smtp.Protocol;

/// <summary>A mailbox of MAIL or RCPT (RFC 5321 4.1.2, RFC 6531 3.3).</summary>
/// <param name="Local">Local part without quotes; empty together with the domain for the null path.</param>
/// <param name="Domain">Domain as written; empty for the null path and a bare postmaster.</param>
internal sealed record SmtpPath(string Local, string Domain)
{
    /// <summary>The null path.</summary>
    public static SmtpPath Null { get; } = new("", "");

    /// <summary>The null path or a mailbox as text.</summary>
    public override string ToString() => Local.Length == 0 && Domain.Length == 0 ? "" : $"{Local}@{Domain}";

    /// <summary>Needs SMTPUTF8.</summary>
    public bool IsInternational =>
        Local.AsSpan().ContainsAnyExceptInRange('\0', '~') || Domain.AsSpan().ContainsAnyExceptInRange('\0', '~');

    /// <summary>Reads <c>&lt;path&gt;</c> at the beginning; what follows it is the parameters.</summary>
    public static bool TryRead(string text, out SmtpPath path, out string rest)
    {
        path = Null;
        rest = "";
        if (text.Length < 2 || text[0] != '<' || Close(text) is not (> 0 and var close) || close > 512)
        {
            return false;
        }

        rest = text[(close + 1)..];
        if (rest.Length > 0 && rest[0] is not ' ' and not '\t')
        {
            return false;
        }

        var inner = WithoutRoute(text[1..close]);
        if (inner.Length == 0)
        {
            return close == 1;
        }

        return inner[0] == '"' ? Quoted(inner, out path) : Plain(inner, out path);
    }

    /// <summary>Place of the closing bracket; one inside quotes does not count.</summary>
    private static int Close(string text)
    {
        var quoted = false;
        for (var i = 1; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\\' when quoted:
                    i++;
                    break;
                case '"':
                    quoted = !quoted;
                    break;
                case '>' when !quoted:
                    return i;
                default:
                    break;
            }
        }

        return -1;
    }

    /// <summary>A source route is read and ignored (RFC 5321 appendix C).</summary>
    private static string WithoutRoute(string inner)
    {
        var colon = inner.StartsWith('@') ? inner.IndexOf(':', StringComparison.Ordinal) : -1;
        return colon < 0 ? inner : inner[(colon + 1)..];
    }

    private static bool Plain(string inner, out SmtpPath path)
    {
        path = Null;
        var at = inner.LastIndexOf('@');
        if (at < 0)
        {
            // The one mailbox without a domain (RFC 5321 4.5.1).
            path = new SmtpPath(inner, "");
            return inner.Equals("postmaster", StringComparison.OrdinalIgnoreCase);
        }

        var local = inner[..at];
        var domain = inner[(at + 1)..];
        path = new SmtpPath(local, domain);
        return local.Length is > 0 and <= 64 && local.Split('.').All(IsAtom) && IsDomain(domain);
    }

    private static bool Quoted(string inner, out SmtpPath path)
    {
        path = Null;
        var local = new System.Text.StringBuilder();
        var i = 1;
        for (; i < inner.Length && inner[i] != '"'; i++)
        {
            i += inner[i] == '\\' ? 1 : 0;
            if (i >= inner.Length || inner[i] < ' ')
            {
                return false;
            }

            local.Append(inner[i]);
        }

        if (i + 1 >= inner.Length || inner[i + 1] != '@')
        {
            return false;
        }

        path = new SmtpPath(local.ToString(), inner[(i + 2)..]);
        return path.Local.Length is > 0 and <= 64 && IsDomain(path.Domain);
    }

    private static bool IsAtom(string atom) =>
        atom.Length > 0
        && atom.All(character =>
            char.IsAsciiLetterOrDigit(character)
            || "!#$%&'*+-/=?^_`{|}~".Contains(character, StringComparison.Ordinal)
            || character > '\u009f'
        );

    private static bool IsDomain(string domain) =>
        domain.Length is > 0 and <= 255 && (domain[0] == '[' ? IsLiteral(domain) : domain.Split('.').All(IsLabel));

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= 63
        && label[0] != '-'
        && label[^1] != '-'
        && label.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' || character > '\u009f');

    private static bool IsLiteral(string domain)
    {
        if (domain[^1] != ']')
        {
            return false;
        }

        var inner = domain[1..^1];
        var six = inner.StartsWith("IPv6:", StringComparison.OrdinalIgnoreCase);
        return IPAddress.TryParse(six ? inner[5..] : inner, out var address)
            && address.AddressFamily == (six ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork);
    }
}
