using System.Collections.Frozen;

namespace Noroshi.MailAnatomy.Passwords;

/// <summary>The mail that only brings the password of a file that another mail brought. Pure; the hub chooses the mails.</summary>
public static class SecondMail
{
    /// <summary>How far apart the two mails may be.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(72);

    /// <summary>Whether two mails are within <see cref="Window"/> of each other, in either order.</summary>
    public static bool WithinWindow(DateTimeOffset a, DateTimeOffset b) => (a - b).Duration() <= Window;

    /// <summary>
    /// Whether two mails are of the same people by their address sets (sender and recipients): two addresses in common, in either
    /// direction; or one, when the rest of one side shares a domain of its own (no free mail) with the other.
    /// </summary>
    /// <param name="a">Addresses of one mail, case does not count.</param>
    /// <param name="b">Addresses of the other mail.</param>
    public static bool SameCorrespondents(IReadOnlySet<string> a, IReadOnlySet<string> b) => SameCorrespondents(a, b, static _ => false);

    /// <summary>As above, with the list that says which domains are free mail.</summary>
    /// <param name="a">Addresses of one mail.</param>
    /// <param name="b">Addresses of the other mail.</param>
    /// <param name="isFreeMail">Whether a lower-case domain is one at which anybody gets an address.</param>
    public static bool SameCorrespondents(IReadOnlySet<string> a, IReadOnlySet<string> b, Func<string, bool> isFreeMail)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        ArgumentNullException.ThrowIfNull(isFreeMail);

        var left = Clean(a);
        var right = Clean(b);
        var common = left.Intersect(right, StringComparer.Ordinal).ToFrozenSet(StringComparer.Ordinal);
        if (common.Count >= 2)
        {
            return true;
        }

        if (common.Count == 0)
        {
            return false;
        }

        var known = common.Select(Domain).ToFrozenSet(StringComparer.Ordinal);
        return Domains(left, common, isFreeMail)
            .Any(domain => !known.Contains(domain) && Domains(right, common, isFreeMail).Contains(domain));
    }

    /// <summary>Whether two mails are of the same people when sender and recipients are known apart.</summary>
    /// <param name="senderA">Sender of one mail.</param>
    /// <param name="recipientsA">Its recipients.</param>
    /// <param name="senderB">Sender of the other mail.</param>
    /// <param name="recipientsB">Its recipients.</param>
    /// <param name="isFreeMail">Whether a lower-case domain is free mail.</param>
    public static bool SameCorrespondents(
        string senderA,
        IReadOnlySet<string> recipientsA,
        string senderB,
        IReadOnlySet<string> recipientsB,
        Func<string, bool> isFreeMail
    )
    {
        ArgumentNullException.ThrowIfNull(recipientsA);
        ArgumentNullException.ThrowIfNull(recipientsB);
        ArgumentNullException.ThrowIfNull(isFreeMail);

        var (fromA, fromB) = (Clean(senderA), Clean(senderB));
        var (toA, toB) = (Clean(recipientsA), Clean(recipientsB));
        var sameSender = fromA.Length > 0 && SamePerson(fromA, fromB, isFreeMail);
        var forward = sameSender && toA.Overlaps(toB);
        var backward =
            toB.Contains(fromA) && toA.Any(one => SamePerson(fromB, one, isFreeMail))
            || toA.Contains(fromB) && toB.Any(one => SamePerson(fromA, one, isFreeMail));
        return forward || backward;
    }

    /// <summary>The passwords of the other mail as candidates for the locked file of this one.</summary>
    /// <param name="hints">What the other mail's sentences give.</param>
    /// <param name="fileOfOther">Name of the other mail for people.</param>
    public static IReadOnlyList<PasswordCandidate> FromOther(IReadOnlyList<PasswordCandidate> hints, string fileOfOther)
    {
        ArgumentNullException.ThrowIfNull(hints);
        return [.. hints.Select(hint => new PasswordCandidate(hint.Value, "second-mail", $"{fileOfOther} {hint.Where}"))];
    }

    private static bool SamePerson(string one, string other, Func<string, bool> isFreeMail)
    {
        if (string.Equals(one, other, StringComparison.Ordinal))
        {
            return one.Length > 0;
        }

        var domain = Domain(one);
        return domain.Length > 0 && string.Equals(domain, Domain(other), StringComparison.Ordinal) && !isFreeMail(domain);
    }

    private static HashSet<string> Domains(IEnumerable<string> addresses, FrozenSet<string> without, Func<string, bool> isFreeMail) =>
        addresses
            .Where(one => !without.Contains(one))
            .Select(Domain)
            .Where(domain => domain.Length > 0 && !isFreeMail(domain))
            .ToHashSet(StringComparer.Ordinal);

    private static HashSet<string> Clean(IEnumerable<string> addresses) =>
        addresses.Select(Clean).Where(one => one.Length > 0).ToHashSet(StringComparer.Ordinal);

    private static string Clean(string address) => address.Trim().Trim('<', '>').ToLowerInvariant();

    private static string Domain(string address) => address[(address.LastIndexOf('@') + 1)..];
}
