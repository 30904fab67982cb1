namespace Noroshi.MailAnatomy.Findings;

/// <summary>How much a finding weighs for the reader.</summary>
public enum Severity
{
    /// <summary>Worth knowing; ordinary mail has it too.</summary>
    Note,

    /// <summary>Seldom in honest mail.</summary>
    Suspicious,

    /// <summary>The bytes do not follow their format; what could be read is kept.</summary>
    Damaged,

    /// <summary>A limit stopped the work; the rest is kept.</summary>
    Limit,
}

/// <summary>One thing that was noticed about a mail or a file.</summary>
/// <param name="Code">Stable code, <c>area.what</c>, listed in <see cref="FindingCodes"/>.</param>
/// <param name="Severity">Weight.</param>
/// <param name="Detail">Where and what, in plain text; control characters are escaped by whoever shows it.</param>
public sealed record Finding(string Code, Severity Severity, string Detail);

/// <summary>An entry of the table of findings: the code, its usual weight and what it says to people.</summary>
/// <param name="Code">Stable code, <c>area.what</c>.</param>
/// <param name="Severity">Weight.</param>
/// <param name="Ja">One sentence for people, Japanese.</param>
/// <param name="En">One sentence for people, English.</param>
public sealed record FindingCode(string Code, Severity Severity, string Ja, string En)
{
    /// <summary>Makes a finding of this code.</summary>
    public Finding At(string detail) => new(Code, Severity, detail);
}
