using Noroshi.Hub.Storage;

namespace Noroshi.Server.Pipeline;

/// <summary>Kinds of the documents that the steps write; those of the registers stand where the registers are made.</summary>
internal static class DocumentKinds
{
    /// <summary>A provision's header (<see cref="Hub.Intake.ProvisionHeader"/>).</summary>
    public const string Provision = IStepLog.ProvisionKind;

    /// <summary>
    /// One mail taken apart, in the form that conversations and campaigns ask for, with its features (<see cref="MailDocument"/>). Subject:
    /// the mail's key. An empty one: a later analysis found no such mail any more.
    /// </summary>
    public const string Mail = "mail";

    /// <summary>The same mail as the contract's MAIL object, for those who look at it. Subject: the mail's key.</summary>
    public const string Anatomy = "anatomy";

    /// <summary>An item that holds no mail, or could not be read to its end (<see cref="FindingDocument"/>). Subject: provision number, colon, item.</summary>
    public const string Finding = "finding";

    /// <summary>What a provision states without a mail (<see cref="StatedDocument"/>). Subject: provision number.</summary>
    public const string Stated = "stated";

    /// <summary>A warning of an attack to come (<see cref="Hub.Judgement.NewWarning"/>). Subject: id of the exchange; written once.</summary>
    public const string Warning = "warning";

    /// <summary>Rarities that links are weighed by, as counted last (<see cref="RarityDocument"/>). Holds hashes of values.</summary>
    public const string Rarity = "rarity";

    /// <summary>Name of a campaign and keys of its mails (<see cref="CampaignDocument"/>). Subject: its id.</summary>
    public const string Campaign = "campaign";

    /// <summary>Somebody looked at a provision that waited (<see cref="Hub.Intake.ProvisionHeader.Quarantine"/>): it is linked from now on. Subject: the provision's id.</summary>
    public const string Release = "release";

    /// <summary>A provision was withdrawn: its mails leave the situation at once. Subject: the provision's id.</summary>
    public const string Withdrawal = "withdrawal";

    /// <summary>A mail to be sent. Subject: its id.</summary>
    public const string Outgoing = "outgoing";
}
