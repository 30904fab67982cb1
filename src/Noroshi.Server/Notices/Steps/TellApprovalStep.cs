using System.Globalization;
using System.Text.Json;
using Noroshi.Hub;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Sharing.Approvals;
using Noroshi.Hub.Storage;
using Noroshi.Server.Sharing;

namespace Noroshi.Server.Notices.Steps;

/// <summary>Tells approvers what they are asked for, and analysts what came of it; each version once.</summary>
internal sealed class TellApprovalStep(IHubStore store, AddressBook addresses, Notices notices)
{
    /// <summary>The step.</summary>
    public static Step Approvals { get; } = new("tell-approval", "approval");

    /// <summary>A version of an approval.</summary>
    public async Task<Handled> HandleAsync(StepEntry entry, CancellationToken cancellation)
    {
        if (
            entry.Entry.Body is not { IsEmpty: false } body
            || JsonSerializer.Deserialize(body.Span, SharingDocumentsJson.Default.Approval) is not { } approval
            // What moved on meanwhile is told by its newest version.
            || await store.Steps.LatestAsync(entry.Entry.Kind, entry.Entry.Subject, cancellation) is not { } latest
            || latest.Position != entry.Entry.Position
        )
        {
            return Handled.Nothing;
        }

        var told = new Told(store, notices, null, cancellation);
        var version = entry.Entry.Position.ToString(CultureInfo.InvariantCulture);
        switch (approval)
        {
            case { State: ApprovalState.Pending, Deadline: { } deadline }:
                var values = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["number"] = approval.Draft[..8],
                    ["deadline"] = JapanTime.Text(deadline, notices.Language),
                    ["silence"] = Silence(approval.Mode).In(notices.Language == "ja"),
                };
                var template = approval.Reminded.Count == 0 ? NoticeTemplate.ApprovalAsked : NoticeTemplate.ApprovalReminder;
                foreach (var one in addresses.PeopleOf(approval.Organization, Role.MemberCsirt, Role.OrganizationAdmin))
                {
                    await told.AddAsync($"approval-{version}-{one.Name}", template, one, values);
                }

                break;
            case { Mode: not ApprovalMode.AtIntake, State: not (ApprovalState.Draft or ApprovalState.Pending) }:
                var result = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["draft"] = approval.Draft,
                    ["result"] = Result(approval.State).In(notices.Language == "ja"),
                };
                foreach (var one in addresses.PeopleOfHub(Role.Analyst))
                {
                    await told.AddAsync($"approval-{version}-{one.Name}", NoticeTemplate.ApprovalAnswered, one, result);
                }

                break;
            default:
                break;
        }

        return told.Handled;
    }

    private static Words Silence(ApprovalMode mode) =>
        mode is ApprovalMode.Standing or ApprovalMode.Urgent
            ? new("ご署名いただいた取り決めにより、承認とみなして共有します", "it is shared, as was signed")
            : new("共有しません", "it is not shared");

    private static Words Result(ApprovalState state) =>
        state switch
        {
            ApprovalState.Draft => new("下書き", "draft"),
            ApprovalState.Pending => new("承認待ち", "awaited"),
            ApprovalState.ChangesRequested => new("修正要望", "changes wished"),
            ApprovalState.Approved => new("承認済み", "approved"),
            ApprovalState.Refused => new("共有不可", "refused"),
            ApprovalState.Expired => new("期限超過", "expired"),
            ApprovalState.Withdrawn => new("取下げ", "withdrawn"),
        };
}
