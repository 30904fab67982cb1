using Noroshi.Hub.Intake;
using Noroshi.Server.Identity;

namespace Noroshi.Server.Notices;

/// <summary>Registered addresses of users. Identity gives it; without it users have none.</summary>
internal interface IUserAddresses
{
    /// <summary>The address of a user; null when there is none or he may not sign in.</summary>
    string? Of(string user);
}

/// <summary>No user has an address.</summary>
internal sealed class NoUserAddresses : IUserAddresses
{
    /// <inheritdoc/>
    public string? Of(string user) => null;
}

/// <summary>Addresses on file. Mail of the hub goes to these and to no other: what stands in a mail is never asked.</summary>
internal sealed class AddressBook(Community community, IUserAddresses users)
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
}
