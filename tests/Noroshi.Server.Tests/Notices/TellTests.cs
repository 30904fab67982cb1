using Noroshi.Hub.Identity;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Judgement;
using Noroshi.Server.Identity;
using Noroshi.Server.Judgement;
using Noroshi.Server.Notices.Steps;
using Noroshi.Server.Registers;
using Noroshi.Server.Tests.Identity;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Notices;

/// <summary>People with an account are told by mail what is due, at their registered address and at no other.</summary>
public sealed class TellTests
{
    private const string Csirt = "csirt@power-a.example";

    private static readonly Actor Analyst = new()
    {
        Kind = ActorKind.User,
        Id = "analyst",
        Roles = new HashSet<Role> { Role.Analyst },
    };

    [Fact]
    public async Task A_request_goes_to_who_gave_the_provision_and_to_the_security_people_and_is_reminded_of_once()
    {
        await using var hub = await AnsweringHub.StartAsync();
        var user = await hub.Hub.AddUserAsync("csirt", "power-a", Role.MemberCsirt);
        await hub.Hub.Get<UserAddresses>().RegisterAsync(user.Id, Csirt, "kanri");
        await hub.SentAsync(Csirt, 1);
        var receipt = await hub.GiveAsync("power-a", AnsweringHub.Mail(AnsweringHub.AddressOf("power-a"), new Letter()));
        var inquiries = hub.Hub.Get<InquiryWork>();
        await inquiries.AskAsync(
            Analyst,
            new InquiryOrder(
                InquiryKind.ProviderRequest,
                hub.Clock.GetUtcNow().AddDays(4),
                About: receipt.Id.ToString(),
                Checklist: [ChecklistItem.Sample, ChecklistItem.Opened]
            ),
            CancellationToken.None
        );
        var mails = await hub.SentAsync(Csirt, 2);
        Newest(mails, "追加提供").ShouldContain("添付ファイルの検体");
        Newest(mails, "追加提供").ShouldContain("開いたかどうか");
        // Acknowledgement and request at the window.
        await hub.SentAsync(AnsweringHub.AddressOf("power-a"), 2);

        await hub.AdvanceAsync(TimeSpan.FromDays(2.5));
        var reminded = await hub.SentAsync(Csirt, 3);
        Newest(reminded, "再送").ShouldContain("まだ確認できておりません");
        (await hub.SentAsync(Csirt, 3)).Count.ShouldBe(3);
    }

    [Fact]
    public async Task Who_has_answered_is_not_reminded_and_nobody_learns_who_else_was_asked()
    {
        await using var hub = await AnsweringHub.StartAsync();
        foreach (var organization in new[] { "power-a", "gas-b" })
        {
            var user = await hub.Hub.AddUserAsync("csirt." + organization, organization, Role.MemberCsirt);
            await hub.Hub.Get<UserAddresses>().RegisterAsync(user.Id, $"csirt@{organization}.example", "kanri");
        }

        var inquiries = hub.Hub.Get<InquiryWork>();
        var asked = await inquiries.AskAsync(
            Analyst,
            new InquiryOrder(
                InquiryKind.Rfi,
                hub.Clock.GetUtcNow().AddDays(4),
                To: ["gas-b", "power-a"],
                Text: "件名「資料の件」の添付付きメールの受信有無",
                PermittedBy: "gas-b"
            ),
            CancellationToken.None
        );
        var told = Newest(await hub.SentAsync(Csirt, 2), "照会のお願い");
        told.ShouldContain("資料の件");
        told.ShouldNotContain("gas-b");
        await hub.SentAsync("csirt@gas-b.example", 2);
        await inquiries.AnswerAsync(AnsweringHub.MemberOf("power-a"), asked.Id, new AnswerOrder("受信なし"));
        await hub.AdvanceAsync(TimeSpan.FromDays(2.5));
        await hub.SentAsync("csirt@gas-b.example", 3);
        var subjects = string.Join('\n', (await hub.SentAsync(Csirt, 2)).Select(one => Reading.Message(one).Subject));
        subjects.Split('\n').Length.ShouldBe(2, subjects);
    }

    [Fact]
    public async Task Without_people_the_windows_are_told_and_without_any_address_nobody()
    {
        await using var hub = await AnsweringHub.StartAsync();
        var book = hub.Hub.Get<Noroshi.Server.Notices.AddressBook>();
        book.PeopleOf("power-a", Role.MemberCsirt).Select(one => one.Name).ShouldBe(["power-a/inquiry"]);
        var user = await hub.Hub.AddUserAsync("csirt", "power-a", Role.MemberCsirt);
        book.PeopleOf("power-a", Role.MemberCsirt).Select(one => one.Name).ShouldBe(["power-a/inquiry"]);
        await hub.Hub.Get<UserAddresses>().RegisterAsync(user.Id, Csirt, "kanri");
        book.PeopleOf("power-a", Role.MemberCsirt).Select(one => one.Name).ShouldBe([user.Id]);
        book.PeopleOf("nobody", Role.MemberCsirt).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_idle_account_is_warned_at_its_own_address_and_its_suspension_told_to_those_who_manage_it()
    {
        await using var hub = await AnsweringHub.StartAsync();
        var users = hub.Hub.Get<Users>();
        var idle = await hub.Hub.AddUserAsync("idle", "power-a", Role.MemberCsirt);
        var chief = await hub.Hub.AddUserAsync("kanri", "power-a", Role.OrganizationAdmin);
        await hub.Hub.Get<UserAddresses>().RegisterAsync(idle.Id, Csirt, "kanri");
        await hub.Hub.Get<UserAddresses>().RegisterAsync(chief.Id, "kanri@power-a.example", "kanri");
        var now = hub.Clock.GetUtcNow();
        await users.ChangeAsync(idle.Id, user => IdleAccounts.Apply(user, IdleMeasure.Warn, now));
        Newest(await hub.SentAsync(Csirt, 2), "予告").ShouldContain("利用停止の予定");
        await users.ChangeAsync(idle.Id, user => IdleAccounts.Apply(user, IdleMeasure.Suspend, now.AddDays(30)));
        var told = Newest(await hub.SentAsync("kanri@power-a.example", 2), "利用停止");
        told.ShouldContain(idle.Id);
        (await hub.SentAsync(Csirt, 2)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task The_yearly_confirmation_goes_to_the_organisations_administrators()
    {
        await using var hub = await AnsweringHub.StartAsync();
        var chief = await hub.Hub.AddUserAsync("kanri", "power-a", Role.OrganizationAdmin);
        await hub.Hub.Get<UserAddresses>().RegisterAsync(chief.Id, "kanri@power-a.example", "kanri");
        // Registered today, and nobody said since when it is a member: it has told its people just now.
        await hub.Hub.Get<AccountCare>().RunAsync(CancellationToken.None);
        hub.Hub.Get<ConfirmationBook>().All.ShouldBeEmpty();
        var organizations = hub.Hub.Get<Register<Organization>>();
        var longAgo = organizations.Find("power-a").ShouldNotBeNull().Value with { JoinedOn = new DateOnly(2010, 4, 1) };
        await hub.Hub.Get<HubRecords>().ChangeAsync([], organizations.Put("power-a", longAgo));
        await hub.Hub.Get<AccountCare>().RunAsync(CancellationToken.None);
        var told = Newest(await hub.SentAsync("kanri@power-a.example", 2), "担当者確認");
        told.ShouldContain("窓口 1件、利用者 1名");
        await hub.Hub.Get<AccountCare>().RunAsync(CancellationToken.None);
        (await hub.SentAsync("kanri@power-a.example", 2)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_provision_without_a_window_is_acknowledged_to_its_giver_when_his_address_is_confirmed()
    {
        await using var hub = await AnsweringHub.StartAsync();
        var user = new User
        {
            Id = AnsweringHub.MemberOf("power-a").Id,
            UserName = "csirt",
            Organization = "power-a",
            Roles = [Role.MemberCsirt],
            State = UserState.Active,
            CreatedAt = hub.Clock.GetUtcNow(),
        };
        await hub.Hub.Get<Users>().AddAsync(user, "kanri");
        var header = AnsweringHub.Header("power-a") with { Window = null, Items = [new Noroshi.Hub.Intake.ProvisionItem("a.eml")] };
        var mail = AnsweringHub.Mail(AnsweringHub.AddressOf("power-a"), new Letter());
        await hub.Hub.Get<UserAddresses>().ProposeAsync(user.Id, Csirt);
        var first = await hub.GiveAsync(header, [mail]);
        await hub.AnswersAsync(first.Id);
        hub.Mails.All.ShouldBeEmpty();
        await hub.Hub.Get<UserAddresses>().ConfirmAsync(user.Id, Csirt, "kanri");
        await hub.GiveAsync(header, [AnsweringHub.Mail(AnsweringHub.AddressOf("power-a"), new Letter { Id = "second@free-mail.example" })]);
        var sent = await hub.SentAsync(Csirt, 2);
        sent.Select(Reading.Text).ShouldContain(text => text.Contains("ご提供を受け付けました", StringComparison.Ordinal));
        hub.Mails.All.Select(one => one.To).Distinct(StringComparer.Ordinal).ShouldBe([Csirt]);
    }

    /// <summary>The text of the newest mail with this in its subject: mails of one moment have no order.</summary>
    private static string Newest(IReadOnlyList<byte[]> mails, string subject) =>
        Reading.Text(mails.Last(one => (Reading.Message(one).Subject ?? "").Contains(subject, StringComparison.Ordinal)));
}
