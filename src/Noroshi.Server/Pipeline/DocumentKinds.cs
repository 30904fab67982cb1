using Noroshi.Hub.Storage;

namespace Noroshi.Server.Pipeline;

/// <summary>Kinds of the documents that the steps write; those of the registers stand where the registers are made.</summary>
internal static class DocumentKinds
{
    /// <summary>A provision's header (<see cref="Hub.Intake.ProvisionHeader"/>).</summary>
    public const string Provision = IStepLog.ProvisionKind;

    /// <summary>One mail taken apart, in the form that conversations and campaigns ask for, with its features. Subject: the mail's key.</summary>
    public const string Mail = "mail";

    /// <summary>The same mail as the contract's MAIL object, for those who look at it. Subject: the mail's key.</summary>
    public const string Anatomy = "anatomy";

    /// <summary>A mail to be sent. Subject: its id.</summary>
    public const string Outgoing = "outgoing";
}
