namespace Noroshi.Makers.Story;

/// <summary>A person outside, or a window.</summary>
/// <param name="Name">Display name; empty for none.</param>
/// <param name="Address">Address.</param>
/// <param name="Signature">Lines under the text.</param>
internal sealed record Person(string Name, string Address, string Signature = "")
{
    /// <summary>Domain of the address.</summary>
    public string Domain => Address[(Address.LastIndexOf('@') + 1)..];
}

/// <summary>A destination of the malware as the seed states it.</summary>
internal sealed record C2(string Host, string Ip, string Country, string AsOf, string Hijacked = "no");

/// <summary>An event that somebody states.</summary>
internal sealed record Stated(string Kind, DateTimeOffset At, string Precision, string Text);

/// <summary>What is attached: the name as stored, and the bytes.</summary>
/// <param name="Name">File name.</param>
/// <param name="Content">Content.</param>
/// <param name="Payload">Type of the most dangerous thing inside, in the words of the statistics; empty for nothing dangerous.</param>
internal sealed record Enclosure(string Name, byte[] Content, string Payload = "");

/// <summary>Which way a mail goes.</summary>
internal enum Way
{
    In,
    Out,
    Inside,
}

/// <summary>A mail of the world before it is written.</summary>
internal sealed record Letter
{
    /// <summary>Organisation, an id of the members file or of somebody who came to the help desk.</summary>
    public required string Organization { get; init; }

    /// <summary>Window.</summary>
    public required string Window { get; init; }

    /// <summary>Received for what comes in, sent for what goes out.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Which way.</summary>
    public Way Way { get; init; }

    /// <summary>Who sends.</summary>
    public required Person From { get; init; }

    /// <summary>Who receives.</summary>
    public required string To { get; init; }

    /// <summary>Subject.</summary>
    public required string Subject { get; init; }

    /// <summary>Text, with quotes and signature.</summary>
    public required string Text { get; init; }

    /// <summary>How the program writes.</summary>
    public required MailStyle Style { get; init; }

    /// <summary>Files.</summary>
    public IReadOnlyList<Enclosure> Files { get; init; } = [];

    /// <summary>Address of the machine behind a web-mail front.</summary>
    public string? Client { get; init; }

    /// <summary>Server that hands the mail in: its name and address; null for that of the sender's domain.</summary>
    public (string Host, string Ip)? Handed { get; init; }

    /// <summary>Message-ID without brackets.</summary>
    public string Id { get; init; } = "";

    /// <summary>Message-IDs of the mails before it, oldest first.</summary>
    public IReadOnlyList<string> Parents { get; init; } = [];

    /// <summary>Further headers, written behind those of the style.</summary>
    public IReadOnlyList<(string Name, string Value)> Extra { get; init; } = [];

    /// <summary>Changes the written bytes: damage done by a gateway.</summary>
    public Func<byte[], byte[]>? Damage { get; init; }

    /// <summary>Headers of the hops are left out: the mail was handed in without them.</summary>
    public bool WithoutHops { get; init; }

    /// <summary>Provision it belongs to.</summary>
    public string Provision { get; init; } = "";

    /// <summary><c>member</c>, <c>desk</c> or <c>hub</c>.</summary>
    public string Intake { get; init; } = "member";

    /// <summary>When the hub received it; null for the day after.</summary>
    public DateTimeOffset? ProvidedAt { get; init; }

    /// <summary>Verdict; null for none (a window's own answer).</summary>
    public string? Verdict { get; init; }

    /// <summary><c>form</c> or null for mail.</summary>
    public string? Channel { get; init; }

    /// <summary>The manifest says which way it went, and when: the mail itself does not tell.</summary>
    public bool WayStated { get; init; }

    /// <summary>Destinations.</summary>
    public IReadOnlyList<C2> Destinations { get; init; } = [];

    /// <summary>Stated events.</summary>
    public IReadOnlyList<Stated> Events { get; init; } = [];

    /// <summary>Case of the attacker it belongs to, from 1; 0 for none.</summary>
    public int Case { get; init; }

    /// <summary>Named cases it belongs to.</summary>
    public IReadOnlyList<string> Named { get; init; } = [];

    /// <summary>Type of the payload for the statistics; empty for none.</summary>
    public string Payload => Files.Select(file => file.Payload).FirstOrDefault(type => type.Length > 0) ?? "";
}
