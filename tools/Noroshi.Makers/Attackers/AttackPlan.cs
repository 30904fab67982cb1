namespace Noroshi.Makers.Attackers;

/// <summary>Which half of the evaluation an attacker belongs to.</summary>
public enum EvaluationHalf
{
    /// <summary>Weights may be tuned on it.</summary>
    Tuned,

    /// <summary>Only reported.</summary>
    Reported,
}

/// <summary>Who the sender says he is.</summary>
/// <param name="Name">Display name.</param>
/// <param name="Address">Address.</param>
/// <param name="Signature">Lines under the text.</param>
public sealed record Persona(string Name, string Address, string Signature);

/// <summary>Where the files are made.</summary>
/// <param name="Machine">Name of the machine, as shortcuts keep it.</param>
/// <param name="Author">Author of documents.</param>
/// <param name="Folder">Folder on the machine.</param>
/// <param name="Build">Number of the build: ids, stamp and imports of programs come from it.</param>
public sealed record Workshop(string Machine, string Author, string Folder, int Build);

/// <summary>A stretch of an attacker's work during which his ways stay the same.</summary>
public sealed record AttackPhase
{
    /// <summary>Day of the first mail.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Days between two organisations.</summary>
    public int DaysApart { get; init; } = 1;

    /// <summary>Personas, used in turn.</summary>
    public required IReadOnlyList<Persona> Personas { get; init; }

    /// <summary>The story told.</summary>
    public required Lure Lure { get; init; }

    /// <summary>How the mail is put together.</summary>
    public required MailStyle Style { get; init; }

    /// <summary>Address the mail is written from.</summary>
    public required string Client { get; init; }

    /// <summary><c>exe</c>, <c>lnk</c>, <c>docx</c>, <c>jtd</c>, <c>rtf</c>, <c>js</c>.</summary>
    public required string Payload { get; init; }

    /// <summary><c>zip</c>, <c>zip-aes</c>, <c>rar4</c>, <c>rar5</c>, <c>lzh</c>, <c>7z</c>, <c>none</c>, <c>link</c>.</summary>
    public required string Container { get; init; }

    /// <summary>Where the files are made.</summary>
    public required Workshop Workshop { get; init; }

    /// <summary>Host to which the malware connects, or from which it is fetched.</summary>
    public required string Host { get; init; }

    /// <summary>Every so many attack mails somebody has analysed the sample and states the host; 0 for never.</summary>
    public int Analysed { get; init; } = 3;

    /// <summary>
    /// Organisations with what each gets: <c>03:RA</c> is organisation 3, first a mail without anything harmful (R), then an attack (A).
    /// </summary>
    public required string Targets { get; init; }
}

/// <summary>An authored attacker.</summary>
/// <param name="Name">Name in the evaluation.</param>
/// <param name="Half">Half.</param>
/// <param name="Password">Password of his archives.</param>
/// <param name="Phases">Phases in order of time: from one to the next some ways change, never all.</param>
public sealed record Attacker(string Name, EvaluationHalf Half, string Password, IReadOnlyList<AttackPhase> Phases);

/// <summary>A mail of the evaluation with the truth about it.</summary>
/// <param name="Truth">Attacker, or kind of the look-alike.</param>
/// <param name="Genuine">A look-alike: harmless, sent by somebody else than every other.</param>
/// <param name="Half">Half it belongs to.</param>
/// <param name="Organization">Organisation that received it.</param>
/// <param name="ReceivedAt">When.</param>
/// <param name="FirstContact">First of its sender with the organisation.</param>
/// <param name="Destination">Malicious destination, when somebody stated one.</param>
/// <param name="Bytes">The mail.</param>
public sealed record AuthoredMail(
    string Truth,
    bool Genuine,
    EvaluationHalf Half,
    string Organization,
    DateTimeOffset ReceivedAt,
    bool FirstContact,
    string? Destination,
    byte[] Bytes
);
