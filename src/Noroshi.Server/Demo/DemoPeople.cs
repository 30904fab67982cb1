using Noroshi.Hub;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Journal;
using Noroshi.Server.Identity;
using Noroshi.Server.Registers;

namespace Noroshi.Server.Demo;

/// <summary>Somebody whom a visitor of the demo may be.</summary>
/// <param name="Code">What the role is called in the list of links.</param>
/// <param name="Title">What people call it.</param>
/// <param name="User">Id of the account.</param>
internal sealed record DemoRole(string Code, Words Title, string User);

/// <summary>
/// The people of the demo: at each member somebody who approves, at the member shown its window and its CSIRT, and those of the hub. Accounts as
/// all others, but without password: there is no way in but the links.
/// </summary>
internal sealed class DemoPeople(Users users, Register<User> accounts, HubRecords records, SecurityClock clock)
{
    private const string Approver = "approver";

    /// <summary>Roles at the member shown.</summary>
    private static readonly (string Code, Role Role, Words Title)[] OfMember =
    [
        ("window-staff", Role.WindowStaff, new("外部向け窓口の担当者", "Staff of a contact window")),
        ("member-csirt", Role.MemberCsirt, new("参加組織のCSIRT", "CSIRT of a member")),
        (Approver, Role.MemberCsirt, new("参加組織の承認者", "Approver of a member")),
    ];

    /// <summary>Roles at the hub.</summary>
    private static readonly (string Code, Role Role, Words Title)[] OfHub =
    [
        ("analyst", Role.Analyst, new("ハブの分析者", "Analyst of the hub")),
        ("coordinator", Role.Coordinator, new("ハブの調整担当", "Coordinator of the hub")),
        ("press", Role.Press, new("ハブの広報担当", "Press officer of the hub")),
        ("administrator", Role.Administrator, new("ハブの管理者", "Administrator of the hub")),
    ];

    /// <summary>Nobody checks what he drafted: there are two press officers, and visitors are the first.</summary>
    private static readonly (string Code, Role Role, Words Title) Checker = (
        "press-checker",
        Role.Press,
        new("ハブの広報担当(確認)", "Press officer of the hub who checks")
    );

    /// <summary>Makes the accounts that are not there yet.</summary>
    /// <param name="members">The community.</param>
    /// <param name="organization">Id of the member shown.</param>
    /// <param name="window">Id of its window shown.</param>
    public Task PrepareAsync(Members members, string organization, string window)
    {
        ArgumentNullException.ThrowIfNull(members);
        var people = OfHub.Append(Checker).Select(one => Account(one.Code, one.Role, one.Title, organization: null, window: null)).ToList();
        people.AddRange(
            members.Organizations.SelectMany(one =>
                OfMember
                    .Where(role => role.Code == Approver || one.Id == organization)
                    .Select(role => Account(role.Code, role.Role, role.Title, one.Id, role.Role == Role.WindowStaff ? window : null))
            )
        );
        return records.ChangeAsync(() =>
        {
            var missing = people.Where(one => users.ByName(one.UserName) is null).ToList();
            return (
                [.. missing.Select(one => accounts.Put(one.Id, one, 0L))],
                [.. missing.Select(one => new JournalRecord(Actor.System.Id, JournalActions.UserChanged, one.Id, "demo"))]
            );
        });
    }

    /// <summary>Somebody of the hub.</summary>
    public Actor Hub(Role role) => ActorOf(NameOf(OfHub.First(one => one.Role == role).Code, null));

    /// <summary>The press officer who checks what the other drafted.</summary>
    public Actor PressChecker() => ActorOf(NameOf(Checker.Code, null));

    /// <summary>Whether somebody can be asked there: who came to the help desk has no account, and said what may be told when he came.</summary>
    public bool HasApprover(string organization) => users.ByName(NameOf(Approver, organization)) is not null;

    /// <summary>Who approves at a member.</summary>
    public Actor ApproverOf(string organization) => ActorOf(NameOf(Approver, organization));

    /// <summary>Whom a visitor may be, in the order of the way of a mail.</summary>
    public IReadOnlyList<DemoRole> Shown()
    {
        var organization = users.All.FirstOrDefault(one => one.Roles.Contains(Role.WindowStaff))?.Organization;
        return
        [
            .. OfMember
                .Select(one => (one.Code, one.Title, User: users.ByName(NameOf(one.Code, organization))))
                .Concat(OfHub.Select(one => (one.Code, one.Title, User: users.ByName(NameOf(one.Code, null)))))
                .Where(one => one.User is not null)
                .Select(one => new DemoRole(one.Code, one.Title, one.User?.Id ?? "")),
        ];
    }

    private Actor ActorOf(string name) =>
        users.ByName(name) is { } user
            ? Authentication.ActorOf(user, factor: true)
            : throw new InvalidOperationException("The demo has no such person.");

    private User Account(string code, Role role, Words title, string? organization, string? window) =>
        new()
        {
            Id = Secrets.NewId(),
            UserName = NameOf(code, organization),
            DisplayName = title.Ja,
            Organization = organization,
            Window = window,
            Roles = [role],
            State = UserState.Active,
            SecurityStamp = Secrets.NewId(),
            CreatedAt = clock.Now,
        };

    private static string NameOf(string code, string? organization) => organization is null ? $"{code}.hub" : $"{code}.{organization}";
}
