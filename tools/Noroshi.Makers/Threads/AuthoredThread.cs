namespace Noroshi.Makers.Threads;

/// <summary>How a message of an authored thread is known to whoever reads the thread.</summary>
public enum AuthoredKind
{
    /// <summary>As a mail that was handed in.</summary>
    Mail,

    /// <summary>Nobody hands it in; the next mail quotes it.</summary>
    Hidden,

    /// <summary>Somebody states it.</summary>
    Stated,
}

/// <summary>Which way a message of an authored thread went.</summary>
public enum AuthoredWay
{
    /// <summary>To the organisation.</summary>
    In,

    /// <summary>From the organisation.</summary>
    Out,

    /// <summary>Within the organisation.</summary>
    Internal,
}

/// <summary>What a message of an authored thread is, by the hand of its author.</summary>
public enum AuthoredRole
{
    /// <summary>その他.</summary>
    Other,

    /// <summary>偵察.</summary>
    Reconnaissance,

    /// <summary>返信.</summary>
    Reply,

    /// <summary>攻撃.</summary>
    Attack,
}

/// <summary>One message of an authored thread with what its author knows of it.</summary>
public sealed record AuthoredMessage
{
    /// <summary>Unique among all messages.</summary>
    public required string Key { get; init; }

    /// <summary>How it is known.</summary>
    public required AuthoredKind Kind { get; init; }

    /// <summary>Which way it went.</summary>
    public required AuthoredWay Way { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Role.</summary>
    public required AuthoredRole Role { get; init; }

    /// <summary>Intents in the words of the reports (<c>cannot-open</c>), ordinal.</summary>
    public required IReadOnlyList<string> Intents { get; init; }

    /// <summary>The mail; empty when it is not handed in.</summary>
    public byte[] Eml { get; init; } = [];

    /// <summary>What the person wrote.</summary>
    public string Text { get; init; } = "";

    /// <summary>A machine wrote it.</summary>
    public bool Automatic { get; init; }

    /// <summary>The verdict of whoever handed it in; null as a rule.</summary>
    public string? Verdict { get; init; }

    /// <summary>Hosts that an analyst found to be malicious.</summary>
    public IReadOnlyList<string> BadHosts { get; init; } = [];

    /// <summary><c>reply</c>, <c>phone</c>; null when nobody states it.</summary>
    public string? Stated { get; init; }
}

/// <summary>One authored thread between an outsider and a contact window.</summary>
public sealed record AuthoredThread
{
    /// <summary>Name of the case; its hash decides the half.</summary>
    public required string Name { get; init; }

    /// <summary>Shape it was made from.</summary>
    public required string Shape { get; init; }

    /// <summary><c>ja</c> or <c>en</c>.</summary>
    public required string Language { get; init; }

    /// <summary>The outsider is an attacker.</summary>
    public required bool Attack { get; init; }

    /// <summary>Belongs to the half that may be used for tuning.</summary>
    public required bool Tuned { get; init; }

    /// <summary>The outsider is known from elsewhere (linked to a campaign).</summary>
    public required bool Linked { get; init; }

    /// <summary>The outsider's domain is one of a free web-mail service (reserved names cannot stand in the list of such services).</summary>
    public required bool FreeMail { get; init; }

    /// <summary>The organisation.</summary>
    public required AuthoredOrganization Organization { get; init; }

    /// <summary>Address of the window.</summary>
    public required string Window { get; init; }

    /// <summary>Address of the outsider.</summary>
    public required string Person { get; init; }

    /// <summary>Messages in order of time.</summary>
    public required IReadOnlyList<AuthoredMessage> Messages { get; init; }
}

/// <summary>An invented organisation with contact windows.</summary>
/// <param name="Id">Id.</param>
/// <param name="Name">Name.</param>
/// <param name="NameEn">English name.</param>
/// <param name="Domain">Mail domain; the mail server is <c>mx.</c> of it.</param>
/// <param name="Network">Address range of its servers.</param>
/// <param name="ContractorDomain">Domain of the call centre that answers for it.</param>
public sealed record AuthoredOrganization(string Id, string Name, string NameEn, string Domain, string Network, string ContractorDomain);
