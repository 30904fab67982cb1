using System.Text;
using Noroshi.MailAnatomy.Text;

namespace Noroshi.MailAnatomy.Indicators;

/// <summary>
/// Tells which kind of mail service a domain is. The project's own table of services used in Japan goes before the large list:
/// it knows providers and carriers, and which of them give addresses under subdomains.
/// </summary>
public static class FreeMail
{
    private static readonly SortedTable Japan = SortedTable.Load("free-mail-ja.txt");
    private static readonly SortedTable World = SortedTable.Load("free-mail.txt");

    /// <summary>Versions of both tables.</summary>
    public static string Version => $"ja {Japan.Version}; {World.Version}";

    /// <summary>The class of a domain's mail service.</summary>
    /// <param name="domain">Domain of an address, any case.</param>
    public static MailServiceClass Classify(string domain)
    {
        ArgumentNullException.ThrowIfNull(domain);
        var name = HostName.Canonical(domain);
        if (name is null)
        {
            return MailServiceClass.None;
        }

        Span<byte> buffer = stackalloc byte[HostName.MaxLength + 2];
        var bytes = buffer.Slice(2, name.Length);
        Encoding.Latin1.GetBytes(name, bytes);
        if (Japan.TryFind(bytes, out var mark))
        {
            return Class(mark);
        }

        for (var start = 0; start >= 0; start = NextLabel(name, start))
        {
            // The two characters in front of a label are spent: earlier labels are not looked at again.
            buffer[start] = (byte)'*';
            buffer[start + 1] = (byte)'.';
            if (Japan.TryFind(buffer[start..(name.Length + 2)], out mark))
            {
                return Class(mark);
            }
        }

        Encoding.Latin1.GetBytes(name, bytes);
        return World.TryFind(bytes, out mark) ? Class(mark) : MailServiceClass.None;
    }

    private static int NextLabel(string name, int start)
    {
        var dot = name.IndexOf('.', start);
        return dot < 0 ? -1 : dot + 1;
    }

    private static MailServiceClass Class(byte mark) =>
        mark switch
        {
            (byte)'d' => MailServiceClass.Disposable,
            (byte)'i' => MailServiceClass.Isp,
            (byte)'m' => MailServiceClass.Mobile,
            _ => MailServiceClass.Webmail,
        };
}
