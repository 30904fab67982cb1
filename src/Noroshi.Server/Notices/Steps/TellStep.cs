using System.Globalization;
using System.Text.Json;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Judgement;
using Noroshi.Hub.Storage;
using Noroshi.Server.Identity;
using Noroshi.Server.Judgement;
using Noroshi.Server.Pipeline;

namespace Noroshi.Server.Notices.Steps;

/// <summary>
/// Tells people by mail what the registers say is due: inquiries and their reminders, the yearly confirmation of staff, idle accounts. Reads the
/// versions as they are written, so that nothing is told before it stands in the log; what a version says is told once, whatever is read again.
/// </summary>
internal sealed class TellStep(IHubStore store, AddressBook addresses, Notices notices, AccountOptions accounts, TimeProvider time)
{
    /// <summary>The steps.</summary>
    public static Step Inquiries { get; } = new("tell-inquiry", "inquiry");

    /// <summary>The same of the confirmations.</summary>
    public static Step Confirmations { get; } = new("tell-confirmation", "confirmation");

    /// <summary>The same of the accounts.</summary>
    public static Step Accounts { get; } = new("tell-user", "user");

    /// <summary>An inquiry to those who have not answered, when it was written and at each reminder; at the end to who asked.</summary>
    public async Task<Handled> InquiryAsync(StepEntry entry, CancellationToken cancellation)
    {
        if (Body(entry, JudgementJson.Default.Inquiry) is not { Closed: false } inquiry || inquiry.Deadline.AddDays(1) < time.GetUtcNow())
        {
            return Handled.Nothing;
        }

        var told = new Told(store, notices, cancellation);
        var id = entry.Entry.Subject;
        var reminders = inquiry.Reminded.Count.ToString(CultureInfo.InvariantCulture);
        foreach (var organization in inquiry.Open)
        {
            foreach (var one in await ToldAsync(inquiry, organization, cancellation))
            {
                await told.AddAsync($"inquiry-{id}-{reminders}-{one.Name}", TemplateOf(inquiry), one, ValuesOf(id, inquiry));
            }
        }

        if (inquiry.Open.Count > 0 && inquiry.Reminded.Any(at => at >= inquiry.Deadline))
        {
            var asker = new NoticeRecipient(RecipientKind.User, null, inquiry.By);
            var values = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["number"] = id,
                ["open"] = inquiry.Open.Count.ToString(CultureInfo.InvariantCulture),
                ["asked"] = inquiry.To.Count.ToString(CultureInfo.InvariantCulture),
                ["deadline"] = JapanTime.Text(inquiry.Deadline, notices.Language),
            };
            await told.AddAsync($"inquiry-{id}-overdue", NoticeTemplate.InquiryOverdue, asker, values, addresses.Find(asker));
        }

        return told.Handled;
    }

    /// <summary>The yearly confirmation, to the organisation's administrators.</summary>
    public async Task<Handled> ConfirmationAsync(StepEntry entry, CancellationToken cancellation)
    {
        if (Body(entry, IdentityRecords.Default.StaffConfirmation) is not { State: ConfirmationState.Asked } asked)
        {
            return Handled.Nothing;
        }

        var told = new Told(store, notices, cancellation);
        var by = (asked.RemindedAt ?? asked.AskedAt) + StaffConfirmations.BetweenReminders;
        foreach (var one in addresses.PeopleOf(asked.Organization, Role.OrganizationAdmin))
        {
            var values = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["year"] = asked.FiscalYear.ToString(CultureInfo.InvariantCulture),
                ["entries"] = addresses.Entries(asked.Organization).In(notices.Language == "ja"),
                ["deadline"] = JapanTime.Text(by, notices.Language),
            };
            var reminders = asked.Reminders.ToString(CultureInfo.InvariantCulture);
            await told.AddAsync($"confirmation-{asked.Id}-{reminders}-{one.Name}", NoticeTemplate.StaffConfirmation, one, values);
        }

        return told.Handled;
    }

    /// <summary>An account: a new address to itself, idleness to its owner, a suspension to those who manage it.</summary>
    public async Task<Handled> AccountAsync(StepEntry entry, CancellationToken cancellation)
    {
        if (Body(entry, IdentityRecords.Default.User) is not { State: not UserState.Removed } user)
        {
            return Handled.Nothing;
        }

        var told = new Told(store, notices, cancellation);
        var own = new NoticeRecipient(RecipientKind.User, user.Organization, user.Id);
        if (user.Address is { } address)
        {
            var values = Values(("at", JapanTime.Text(entry.Entry.WrittenAt, notices.Language)));
            var id = $"address-{address.Secret}";
            await told.AddAsync(id, NoticeTemplate.AddressRegistered, own, values, addresses.Find(own));
        }

        if (user is { State: UserState.Active or UserState.Invited, WarnedAt: { } warned })
        {
            var values = Values(("deadline", Day(warned + (accounts.Idle.Suspended - accounts.Idle.Warned))));
            await told.AddAsync(IdOf("idle", user.Id, warned), NoticeTemplate.IdleAccount, own, values, addresses.Find(own));
        }

        if (user is { State: UserState.Suspended, SuspendedFor: IdleAccounts.SuspendedIdle, SuspendedAt: { } suspended })
        {
            var values = Values(
                ("user", user.Id),
                ("at", Day(suspended)),
                ("deadline", Day(suspended + (accounts.Idle.Removed - accounts.Idle.Suspended)))
            );
            foreach (var one in Managing(user.Organization))
            {
                var id = $"{IdOf("suspended", user.Id, suspended)}-{one.Name}";
                await told.AddAsync(id, NoticeTemplate.AccountSuspended, one, values);
            }
        }

        return told.Handled;
    }

    private static Dictionary<string, string> Values(params ReadOnlySpan<(string Name, string Value)> values)
    {
        var filled = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in values)
        {
            filled[name] = value;
        }

        return filled;
    }

    private static string IdOf(string what, string user, DateTimeOffset at) =>
        string.Create(CultureInfo.InvariantCulture, $"{what}-{user}-{at.ToUnixTimeMilliseconds()}");

    private static NoticeTemplate TemplateOf(Inquiry inquiry) =>
        inquiry.Kind == InquiryKind.Rfi ? NoticeTemplate.Rfi
        : inquiry.Reminded.Count == 0 ? NoticeTemplate.Request
        : NoticeTemplate.Reminder;

    private static T? Body<T>(StepEntry entry, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> json)
        where T : class => entry.Entry.Body is { IsEmpty: false } body ? JsonSerializer.Deserialize(body.Span, json) : null;

    private string Day(DateTimeOffset at) => JapanTime.Text(at, notices.Language);

    private IReadOnlyList<NoticeRecipient> Managing(string? organization) =>
        organization is null
            ? addresses.PeopleOfHub(Role.Administrator)
            : [.. addresses.PeopleOf(organization, Role.OrganizationAdmin).Where(one => one.Kind == RecipientKind.User)];

    /// <summary>Who of an organisation is asked: its security people; of a request also who gave the provision.</summary>
    private async Task<IReadOnlyList<NoticeRecipient>> ToldAsync(Inquiry inquiry, string organization, CancellationToken cancellation)
    {
        var people = addresses.PeopleOf(organization, Role.MemberCsirt, Role.OrganizationAdmin);
        return
            inquiry.Kind == InquiryKind.ProviderRequest
            && Guid.TryParseExact(inquiry.About, "N", out var provision)
            && await ProvisionHeaders.FindAsync(store, new ProvisionId(provision), cancellation) is { } header
            && addresses.GiverOf(header) is { } giver
            ? [giver, .. people.Where(one => one.Kind == RecipientKind.User && one != giver)]
            : people;
    }

    private Dictionary<string, string> ValuesOf(string id, Inquiry inquiry)
    {
        var ja = notices.Language == "ja";
        var lines = inquiry.Checklist.Select(one => (ja ? "・" : "  - ") + ChecklistWords.Of(one).In(ja)).Append(inquiry.Text);
        var question = string.Join('\n', lines.Where(line => !string.IsNullOrWhiteSpace(line)));
        return Values(
            ("deadline", JapanTime.Text(inquiry.Deadline, notices.Language)),
            ("number", id),
            (
                "receipt",
                Guid.TryParseExact(inquiry.About, "N", out var provision) ? ReceiptCode.Of(new ProvisionId(provision)) : inquiry.About ?? id
            ),
            ("checklist", question),
            ("question", question),
            ("audience", ja ? "貴組織内" : "your organisation only")
        );
    }
}

/// <summary>The mails that one entry gives rise to, without those that are there already.</summary>
internal sealed class Told(IHubStore store, Notices notices, CancellationToken cancellation)
{
    private readonly List<NewDocument> _mails = [];

    /// <summary>What is to be written.</summary>
    public Handled Handled => new() { Documents = _mails };

    /// <summary>Adds a mail, unless it was told before or there is no address.</summary>
    public Task AddAsync(
        string id,
        NoticeTemplate template,
        NoticeRecipient to,
        IReadOnlyDictionary<string, string> values,
        string? address
    ) => address is null ? Task.CompletedTask : AddAsync(id, template, to, values);

    /// <summary>Adds a mail, unless it was told before.</summary>
    public async Task AddAsync(string id, NoticeTemplate template, NoticeRecipient to, IReadOnlyDictionary<string, string> values)
    {
        if (await store.Steps.LatestAsync(DocumentKinds.Outgoing, id, cancellation) is null)
        {
            _mails.Add(notices.Queue(id, template, to, values));
        }
    }
}

/// <summary>What a provider may be asked for, in words.</summary>
internal static class ChecklistWords
{
    /// <summary>The words of an item.</summary>
    public static Hub.Words Of(ChecklistItem item) =>
        item switch
        {
            ChecklistItem.OriginalWithHeaders => new("ヘッダー付きの原本", "the original with its headers"),
            ChecklistItem.Sample => new("添付ファイルの検体(パスワード付きZIP)", "the attachment as a sample (in a password ZIP)"),
            ChecklistItem.OwnReplies => new("窓口からの返信", "what your window answered"),
            ChecklistItem.NumberReceived => new("同じメールの受信数", "how many of these mails were received"),
            ChecklistItem.Opened => new("添付ファイルやリンクを開いたかどうか", "whether attachment or link was opened"),
            ChecklistItem.OtherContacts => new("電話など、メール以外でのやり取り", "contacts by telephone or other ways"),
        };
}
