using System.Collections.Frozen;

namespace Noroshi.Hub.Journal;

/// <summary>
/// The actions that the journal knows, in one table: what is not here is not written. A code is <c>thing.done</c> and never changes its
/// meaning; what is recorded under it is said by <see cref="JournalAction"/>.
/// </summary>
public static class JournalActions
{
    // Intake. Subject: provision.

    /// <summary>A provision was stored. Actor: user, key, window or <c>smtp</c>.</summary>
    public const string ProvisionReceived = "provision.received";

    /// <summary>Acknowledgement sent. Detail: id of the recipient.</summary>
    public const string ProvisionAcknowledged = "provision.acknowledged";

    /// <summary>One of the four answers sent. Detail: id of the recipient.</summary>
    public const string ProvisionAnswered = "provision.answered";

    /// <summary>A mail of the hub could not be delivered. Subject: the mail's id; detail: code of the reason.</summary>
    public const string NoticeFailed = "notice.failed";

    /// <summary>Put into quarantine because the sender does not fit the account. Detail: reason.</summary>
    public const string ProvisionHeld = "provision.held";

    /// <summary>Taken out of quarantine.</summary>
    public const string ProvisionReleased = "provision.released";

    /// <summary>Type, window, consent or another thing said about a provision was changed. Detail: what.</summary>
    public const string ProvisionChanged = "provision.changed";

    /// <summary>The provider withdrew. Detail: reason code.</summary>
    public const string ProvisionWithdrawn = "provision.withdrawn";

    /// <summary>Somebody looked at what a provision holds as the hub shows it (dissection, conversation, state).</summary>
    public const string ProvisionRead = "provision.read";

    // Reading what only the hub may see, or what is dangerous.

    /// <summary>Who provided was shown. Subject: provision.</summary>
    public const string IdentityRead = "identity.read";

    /// <summary>Raw mail or attachment was handed out. Subject: evidence; detail: reason.</summary>
    public const string EvidenceRead = "evidence.read";

    /// <summary>A search was run. Subject: keyed id of the query, never its words; detail: number of hits shown.</summary>
    public const string SearchRun = "search.run";

    /// <summary>A document was shown as a hit of a search. Subject: provision; detail: keyed id of the query.</summary>
    public const string SearchHitShown = "search.hit-shown";

    /// <summary>The journal was read. Subject: journal; detail: the id that was asked for.</summary>
    public const string JournalRead = "journal.read";

    /// <summary>Records were taken out in a file. Subject: audience or list; detail: format.</summary>
    public const string ExportMade = "export.made";

    /// <summary>An organisation's dictionary of words that must never leave was read. Subject: organisation.</summary>
    public const string DictionaryRead = "dictionary.read";

    // Shared items. Subject: item.

    /// <summary>An item was put together.</summary>
    public const string ItemDrafted = "item.drafted";

    /// <summary>An item was distributed. Detail: audience.</summary>
    public const string ItemShared = "item.shared";

    /// <summary>An item was sent to somebody. Detail: id of the recipient.</summary>
    public const string ItemDelivered = "item.delivered";

    /// <summary>An item was shown to somebody.</summary>
    public const string ItemShown = "item.shown";

    /// <summary>A new version replaces an item. Detail: version.</summary>
    public const string ItemAmended = "item.amended";

    /// <summary>An item was taken back. Detail: reason code.</summary>
    public const string ItemRetracted = "item.retracted";

    /// <summary>A member said whether it received the same. Detail: its answer.</summary>
    public const string SightingGiven = "sighting.given";

    /// <summary>An indicator was shown to somebody. Subject: indicator.</summary>
    public const string IndicatorShown = "indicator.shown";

    /// <summary>A live warning was sent. Subject: warning; detail: id of the recipient.</summary>
    public const string WarningSent = "warning.sent";

    // Approval. Subject: item.

    /// <summary>Approval was asked. Detail: id of who was asked.</summary>
    public const string ApprovalAsked = "approval.asked";

    /// <summary>Approval was given, refused, or changes were asked for. Detail: which.</summary>
    public const string ApprovalAnswered = "approval.answered";

    // Judgement.

    /// <summary>A verdict was given or changed. Subject: provision or mail; detail: verdict.</summary>
    public const string VerdictGiven = "verdict.given";

    /// <summary>A case was opened, merged, split, assigned, closed or reopened. Subject: case; detail: which.</summary>
    public const string CaseChanged = "case.changed";

    /// <summary>A comment was written, changed or removed. Subject: what it is about.</summary>
    public const string CommentWritten = "comment.written";

    /// <summary>Facts of a destination were set. Subject: destination.</summary>
    public const string DestinationChanged = "destination.changed";

    /// <summary>A telephone call or another contact was logged. Subject: case or provision.</summary>
    public const string ContactLogged = "contact.logged";

    /// <summary>The provider was asked for more. Subject: request; detail: id of who was asked, provision.</summary>
    public const string RequestSent = "request.sent";

    /// <summary>A request was answered, reminded or closed. Subject: request; detail: which.</summary>
    public const string RequestChanged = "request.changed";

    /// <summary>A member was asked (RFI). Subject: request; detail: id of who was asked.</summary>
    public const string InquirySent = "inquiry.sent";

    /// <summary>An RFI was answered or closed. Subject: request; detail: which.</summary>
    public const string InquiryChanged = "inquiry.changed";

    /// <summary>A page of hand-over was written. Subject: day.</summary>
    public const string HandOverWritten = "hand-over.written";

    // People and organisations.

    /// <summary>The hub's first administrator was made with the setup token.</summary>
    public const string HubSetUp = "hub.set-up";

    /// <summary>A user was made, changed, suspended, removed. Subject: user; detail: which.</summary>
    public const string UserChanged = "user.changed";

    /// <summary>A user signed in. Subject: user.</summary>
    public const string UserSignedIn = "user.signed-in";

    /// <summary>A sign-in was refused. Subject: user; detail: reason code.</summary>
    public const string UserRefused = "user.refused";

    /// <summary>A user's sessions were ended. Subject: user.</summary>
    public const string UserSignedOut = "user.signed-out";

    /// <summary>A second factor was added or removed. Subject: user; detail: which.</summary>
    public const string FactorChanged = "factor.changed";

    /// <summary>A user's roles were changed. Subject: user; detail: roles.</summary>
    public const string RoleChanged = "role.changed";

    /// <summary>The yearly confirmation of staff was asked or given. Subject: organisation or user.</summary>
    public const string StaffConfirmed = "staff.confirmed";

    /// <summary>An API key was made. Subject: key; detail: organisation.</summary>
    public const string KeyCreated = "key.created";

    /// <summary>An API key was revoked. Subject: key.</summary>
    public const string KeyRevoked = "key.revoked";

    /// <summary>An intake address was made. Subject: address's id.</summary>
    public const string AddressCreated = "address.created";

    /// <summary>An intake address was revoked. Subject: address's id.</summary>
    public const string AddressRevoked = "address.revoked";

    /// <summary>An organisation was made or changed, joined, left. Subject: organisation; detail: which.</summary>
    public const string OrganizationChanged = "organization.changed";

    /// <summary>A window was made or changed. Subject: window; detail: organisation.</summary>
    public const string WindowChanged = "window.changed";

    /// <summary>An industry group was made or changed. Subject: group.</summary>
    public const string GroupChanged = "group.changed";

    /// <summary>An affiliated scheme was made or changed. Subject: scheme.</summary>
    public const string SchemeChanged = "scheme.changed";

    /// <summary>A standing approval was given or ended. Subject: organisation; detail: class.</summary>
    public const string StandingApprovalChanged = "standing-approval.changed";

    /// <summary>An organisation's dictionary was changed. Subject: organisation.</summary>
    public const string DictionaryChanged = "dictionary.changed";

    /// <summary>A secret (agreed password) was set or removed. Subject: organisation; detail: name.</summary>
    public const string SecretChanged = "secret.changed";

    /// <summary>A request was refused for want of a right. Subject: route or object; detail: reason code.</summary>
    public const string AccessRefused = "access.refused";

    // Disclosure, retention, care.

    /// <summary>Data was given to a third party. Subject: provision; detail: id of the third party, disclosure.</summary>
    public const string DisclosureMade = "disclosure.made";

    /// <summary>Erasure was ordered. Subject: provision; detail: reason.</summary>
    public const string ErasureOrdered = "erasure.ordered";

    /// <summary>Keys were destroyed. Subject: provision; detail: reason, orderer, counts.</summary>
    public const string ProvisionErased = "provision.erased";

    /// <summary>The master key was changed. Subject: name of the key.</summary>
    public const string MasterKeyRotated = "master-key.rotated";

    /// <summary>A backup was made. Subject: backup.</summary>
    public const string BackupMade = "backup.made";

    /// <summary>The hub was restored from a backup. Subject: store.</summary>
    public const string HubRestored = "hub.restored";

    /// <summary>Mails were imported. Subject: import; detail: counts.</summary>
    public const string ImportRun = "import.run";

    /// <summary>A step did its work anew, or released what it had given up. Subject: step.</summary>
    public const string StepRestarted = "step.restarted";

    /// <summary>A setting was changed. Subject: name of the setting.</summary>
    public const string SettingChanged = "setting.changed";

    /// <summary>A report was drafted, checked, sent back or corrected. Subject: report; detail: version and step.</summary>
    public const string ReportChanged = "report.changed";

    /// <summary>A report or figures were released. Subject: report; detail: version.</summary>
    public const string ReportReleased = "report.released";

    /// <summary>All of them, in the order of the manual.</summary>
    public static IReadOnlyList<JournalAction> All { get; } =
    [.. JournalActionTable.Rows.Select(row => new JournalAction(row.Code, row.Kind, row.Subject, row.Ja, row.En))];

    private static readonly FrozenDictionary<string, JournalAction> ByCode = All.ToFrozenDictionary(
        action => action.Code,
        StringComparer.Ordinal
    );

    /// <summary>The action of a code; null for one that an older or newer version wrote.</summary>
    public static JournalAction? Find(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return ByCode.GetValueOrDefault(code);
    }
}

/// <summary>What an action did to its subject.</summary>
public enum JournalActionKind
{
    /// <summary>Something was changed.</summary>
    Change,

    /// <summary>The actor saw something.</summary>
    Read,

    /// <summary>The hub sent something; <see cref="JournalRecord.Detail"/> begins with the id of who received it.</summary>
    Delivery,
}

/// <summary>An action of the journal.</summary>
/// <param name="Code">Code, as it is written.</param>
/// <param name="Kind">What it did.</param>
/// <param name="Subject">What the subject is the id of.</param>
/// <param name="Ja">Japanese words.</param>
/// <param name="En">English words.</param>
public sealed record JournalAction(string Code, JournalActionKind Kind, string Subject, string Ja, string En);
