namespace Noroshi.MailAnatomy.Passwords;

/// <summary>A password worth trying and where it was seen.</summary>
/// <param name="Value">The password.</param>
/// <param name="Source"><c>same-mail</c>, <c>second-mail</c>, <c>conversation</c>, <c>campaign</c>, <c>date</c>, <c>list</c>, <c>given</c>, <c>token</c>.</param>
/// <param name="Where">Place for people, e.g. <c>body line 3</c>.</param>
public sealed record PasswordCandidate(string Value, string Source, string Where);

/// <summary>
/// Says cheaply whether a password fits one locked container: by its check value, checksum or first block, never by "it produced something".
/// </summary>
public interface IPasswordProbe
{
    /// <summary>CPU milliseconds one try costs on an ordinary machine; the search orders its work by it.</summary>
    double CostMilliseconds { get; }

    /// <summary>
    /// True when one false accept in at least 2^30 is expected (check value of 4 bytes or more); otherwise the search confirms by opening
    /// an entry with the password.
    /// </summary>
    bool Conclusive { get; }

    /// <summary>Passwords that the format's own programs try by themselves; tried before anything else, within the budget.</summary>
    IReadOnlyList<PasswordCandidate> First => [];

    /// <summary>Whether the password fits. Never throws.</summary>
    bool Check(string password);
}
