namespace Noroshi.Makers.Threads;

/// <summary>Who takes part in one thread, and how each writes.</summary>
internal sealed record ThreadPeople
{
    public required AuthoredOrganization Organization { get; init; }

    /// <summary>Name of the organisation in the language of the thread.</summary>
    public required string OrganizationName { get; init; }

    public required string Window { get; init; }

    /// <summary>Name of the person at the window.</summary>
    public required string Staff { get; init; }

    /// <summary>Name of the outsider.</summary>
    public required string Person { get; init; }

    public required string PersonOrganization { get; init; }

    public required string PersonAddress { get; init; }

    public required bool FreeMail { get; init; }

    public string PersonDomain => PersonAddress[(PersonAddress.IndexOf('@', StringComparison.Ordinal) + 1)..];

    /// <summary>Draws the people of a thread.</summary>
    /// <param name="kind"><c>business</c>, <c>research</c>, <c>free</c> or <c>hijacked</c> (an attacker in the account of a business).</param>
    /// <param name="japanese">Language of the names.</param>
    /// <param name="tag">Makes addresses unique.</param>
    /// <param name="random">Source of chance.</param>
    public static ThreadPeople Draw(string kind, bool japanese, string tag, Random random)
    {
        var surname = Pick(ThreadCast.Surnames, random);
        var given = Pick(ThreadCast.GivenNames, random);
        var staff = Pick(ThreadCast.Surnames, random);
        var (ja, en, domain) =
            kind == "research" ? Pick(ThreadCast.Universities, random)
            : kind == "free" ? Private(random)
            : Pick(ThreadCast.Businesses, random);
        var organization = Pick(ThreadCast.Organizations, random);
        return new ThreadPeople
        {
            Organization = organization,
            OrganizationName = japanese ? organization.Name : organization.NameEn,
            Window = $"{Pick(ThreadCast.WindowNames, random)}@{organization.Domain}",
            Staff = japanese ? staff.Ja : staff.En[..1].ToUpperInvariant() + staff.En[1..],
            Person = japanese ? surname.Ja + given.Ja : $"{Capital(given.En)} {Capital(surname.En)}",
            PersonOrganization = japanese ? ja : en,
            PersonAddress = $"{surname.En}.{given.En}{tag}@{domain}",
            FreeMail = kind == "free",
        };
    }

    public static T Pick<T>(IReadOnlyList<T> list, Random random) => list[random.Next(list.Count)];

    private static (string Ja, string En, string Domain) Private(Random random)
    {
        var (ja, en) = Pick(ThreadCast.Private, random);
        return (ja, en, Pick(ThreadCast.FreeMailDomains, random));
    }

    private static string Capital(string name) => name[..1].ToUpperInvariant() + name[1..];
}
