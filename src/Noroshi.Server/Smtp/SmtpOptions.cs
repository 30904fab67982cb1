using Noroshi.Hub.Storage;
using Noroshi.MailAnatomy.Headers;

namespace Noroshi.Server.Smtp;

/// <summary>Settings of the mail intake. Every limit is there because somebody will try what lies beyond it.</summary>
internal sealed class SmtpOptions
{
    /// <summary>Name in the greeting and the answer to EHLO: letters, digits, hyphens and dots.</summary>
    public string HostName { get; set; } = "localhost";

    /// <summary>Domain of the intake addresses.</summary>
    public string IntakeDomain { get; set; } = "localhost";

    /// <summary>Local part that senders who are known otherwise (key, relay network) write to: <c>report@</c>, <c>report+window@</c>.</summary>
    public string SharedLocalPart { get; set; } = "report";

    /// <summary>Networks whose mail is an organisation's without further proof.</summary>
    public IReadOnlyList<SmtpRelay> Relays { get; set; } = [];

    /// <summary>Refuse mail that does not come under TLS (530). Off by default: many mail servers would fail for good.</summary>
    public bool RequireTls { get; set; }

    /// <summary>Largest mail in bytes.</summary>
    public int MostMessageBytes { get; set; } = 50 * 1024 * 1024;

    /// <summary>
    /// Bytes of mails above <see cref="SmallMessageBytes"/> that are held at the same time. A mail that does not find room waits, with its
    /// sender, for <see cref="MemoryWait"/> and is then asked to come again: a hundred mails of 50 MB come five at a time, never as 5 GB.
    /// </summary>
    public long MemoryBytes { get; set; } = 256L * 1024 * 1024;

    /// <summary>Up to here a mail needs no share of <see cref="MemoryBytes"/>; the number of connections bounds it.</summary>
    public int SmallMessageBytes { get; set; } = 128 * 1024;

    /// <summary>How long a large mail waits for room.</summary>
    public TimeSpan MemoryWait { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Most recipients of one mail (RFC 5321 4.5.3.1.8 asks for 100).</summary>
    public int MostRecipients { get; set; } = 100;

    /// <summary>Most connections at a time.</summary>
    public int MostConnections { get; set; } = 2_000;

    /// <summary>Most connections at a time of one address (IPv4) or one network of 64 bits (IPv6).</summary>
    public int MostConnectionsPerAddress { get; set; } = 40;

    /// <summary>Most new connections a minute of one address or network of 64 bits.</summary>
    public int MostNewConnectionsPerMinute { get; set; } = 240;

    /// <summary>Errors of one connection after which it is ended.</summary>
    public int MostErrors { get; set; } = 20;

    /// <summary>Failed authentications of one connection after which it is ended.</summary>
    public int MostFailedAuthentications { get; set; } = 3;

    /// <summary>Mails of one connection after which it is ended.</summary>
    public int MostTransactions { get; set; } = 500;

    /// <summary>Commands of one connection that are no mail: keeps one that only says NOOP from staying for ever.</summary>
    public int MostCommands { get; set; } = 20_000;

    /// <summary>How long a client may be silent between commands (RFC 5321 4.5.3.2.7 asks for five minutes).</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long one line of a command may take from its first byte.</summary>
    public TimeSpan LineTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long the mail's bytes may stop coming.</summary>
    public TimeSpan DataTimeout { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>Slowest rate of a mail's bytes a second; counted after <see cref="RateGrace"/>.</summary>
    public int SlowestRate { get; set; } = 512;

    /// <summary>How long a mail may be slower than <see cref="SlowestRate"/>.</summary>
    public TimeSpan RateGrace { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long the TLS handshake may take.</summary>
    public TimeSpan HandshakeTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a client may leave answers unread.</summary>
    public TimeSpan WriteTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Longest connection.</summary>
    public TimeSpan SessionTimeout { get; set; } = TimeSpan.FromHours(1);

    /// <summary>What is wrong with the settings, in words for who set them; empty when nothing is.</summary>
    public IReadOnlyList<string> Problems()
    {
        var problems = new List<string>();
        void Ask(bool holds, string otherwise)
        {
            if (!holds)
            {
                problems.Add(otherwise);
            }
        }

        Ask(IsHostName(HostName), "HostName: letters, digits, hyphens and dots, at most 255 characters");
        Ask(IsHostName(IntakeDomain), "IntakeDomain: letters, digits, hyphens and dots, at most 255 characters");
        Ask(
            SharedLocalPart.Length is > 0 and <= 32 && SharedLocalPart.All(char.IsAsciiLetterOrDigit),
            "SharedLocalPart: 1 to 32 letters and digits"
        );
        foreach (var relay in Relays)
        {
            Ask(
                NetworkText.Parse(relay.Network) is not null && relay.Organization.Length > 0,
                $"Relays: '{relay.Network}' needs an address range (192.0.2.0/24) and an organisation"
            );
        }

        Ask(MostMessageBytes is >= 64 * 1024 and <= IncomingProvision.MostBytes, "MostMessageBytes: from 64 KiB to 128 MiB");
        Ask(SmallMessageBytes is >= 4_096 and <= 1 << 20, "SmallMessageBytes: from 4 KiB to 1 MiB");
        Ask(MemoryBytes >= 2L * MostMessageBytes, "MemoryBytes: at least twice MostMessageBytes");
        Ask(MostRecipients >= 1, "MostRecipients: at least 1");
        Ask(MostConnections >= 1 && MostConnectionsPerAddress >= 1, "MostConnections, MostConnectionsPerAddress: at least 1");
        Ask(MostNewConnectionsPerMinute >= 1, "MostNewConnectionsPerMinute: at least 1");
        Ask(MostErrors >= 1 && MostFailedAuthentications >= 1, "MostErrors, MostFailedAuthentications: at least 1");
        Ask(MostTransactions >= 1 && MostCommands >= 10, "MostTransactions: at least 1; MostCommands: at least 10");
        Ask(SlowestRate >= 1, "SlowestRate: at least 1 byte a second");
        Ask(
            new[] { IdleTimeout, LineTimeout, DataTimeout, HandshakeTimeout, WriteTimeout, SessionTimeout, RateGrace, MemoryWait }.All(
                time => time > TimeSpan.Zero && time < TimeSpan.FromDays(1)
            ),
            "every time: more than nothing, less than a day"
        );
        return problems;
    }

    /// <summary>A name that may stand in a reply: nothing in it can end the line.</summary>
    internal static bool IsHostName(string name) =>
        name.Length is > 0 and <= 255
        && name[0] is not '.' and not '-'
        && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '-');
}

/// <summary>A network whose mail is an organisation's.</summary>
/// <param name="Network">Address range.</param>
/// <param name="Organization">Id of the organisation.</param>
/// <param name="Window">Id of the window, when all of it is of one.</param>
internal sealed record SmtpRelay(string Network, string Organization, string? Window = null);
