using Noroshi.Hub;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Intake;
using Noroshi.Server.Identity;

namespace Noroshi.Server.Notices;

/// <summary>Addresses on file. Mail of the hub goes to these and to no other: what stands in a mail is never asked.</summary>
internal sealed class AddressBook(Community community, UserAddresses users)
{
    /// <summary>The address of a recipient as of now; null when none is on file.</summary>
    public string? Find(NoticeRecipient recipient)
    {
        ArgumentNullException.ThrowIfNull(recipient);
        var address =
            recipient.Kind == RecipientKind.User
                ? users.Of(recipient.Id)
                : community
                    .Find(recipient.Organization)
                    ?.Windows.FirstOrDefault(one => string.Equals(one.Id, recipient.Id, StringComparison.Ordinal))
                    ?.Address;
        return MailText.IsAddress(address) ? address : null;
    }

    /// <summary>
    /// Who is told about a provision: its window, else the user who gave it. Nobody for what the help desk or the hub took down, and for
    /// imports.
    /// </summary>
    public NoticeRecipient? GiverOf(ProvisionHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);
        if (header.Intake != "member" || header.Way is GivingWay.Import or GivingWay.Desk or GivingWay.Hub)
        {
            return null;
        }

        var window = header.Window is { } id ? new NoticeRecipient(RecipientKind.Window, header.Organization, id) : null;
        var user = new NoticeRecipient(RecipientKind.User, header.Organization, header.GivenBy);
        return window is not null && Find(window) is not null ? window
            : Find(user) is not null ? user
            : null;
    }

    /// <summary>
    /// Who of an organisation is written to about what concerns it as a whole: those who hold one of the roles, else its windows. Nobody when
    /// none has an address on file.
    /// </summary>
    public IReadOnlyList<NoticeRecipient> PeopleOf(string organization, params IReadOnlyList<Role> roles)
    {
        var people = users.Holding(organization, roles).Select(id => new NoticeRecipient(RecipientKind.User, organization, id)).ToList();
        return people.Count > 0
            ? people
            :
            [
                .. (community.Find(organization)?.Windows ?? [])
                    .Select(one => new NoticeRecipient(RecipientKind.Window, organization, one.Id))
                    .Where(one => Find(one) is not null),
            ];
    }

    /// <summary>How much is registered of an organisation; the list itself is looked at in the hub, not sent by mail.</summary>
    public Words Entries(string organization)
    {
        var windows = community.Find(organization)?.Windows.Count ?? 0;
        var people = users.CountOf(organization);
        return new Words(
            $"窓口 {windows}件、利用者 {people}名(一覧は利用者の管理画面でご確認ください)",
            $"Windows: {windows}, users: {people} (the list is where you manage users)"
        );
    }

    /// <summary>People of the hub who hold one of the roles and have an address on file.</summary>
    public IReadOnlyList<NoticeRecipient> PeopleOfHub(params IReadOnlyList<Role> roles) =>
        [.. users.Holding(null, roles).Select(id => new NoticeRecipient(RecipientKind.User, null, id))];
}
