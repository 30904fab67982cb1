using System.Text;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Judgement;
using Noroshi.Hub.Sharing;
using Noroshi.Hub.Sharing.Approvals;
using Noroshi.Hub.Sharing.Drafts;
using Noroshi.Server.Identity;
using Noroshi.Server.Intake;
using Noroshi.Server.Registers;
using Noroshi.Server.Sharing;
using Noroshi.Server.Tests.Hosting;
using Noroshi.Server.Tests.Misp;
using Xunit;

namespace Noroshi.Server.Tests.Access;

/// <summary>
/// What the matrix needs to know of each route with an id: how a real object of an organisation is made, and a body that its handler takes. A
/// part that adds a route adds its line here.
/// </summary>
internal sealed class MatrixObjects(TestHub hub)
{
    /// <summary>Stands in everything that belongs to the other organisation.</summary>
    public const string Marker = "secretum-alterius";

    public const string Own = "power-a";
    public const string Other = "water-b";

    /// <summary>Makes an object of an organisation and gives its id. By the beginning of the route, as far as the id; the longest fits.</summary>
    private readonly Dictionary<string, Func<TestHub, string, Task<string>>> _makers = new(StringComparer.Ordinal)
    {
        ["/api/v1/organizations/{organization}"] = (_, organization) => Task.FromResult(organization),
        ["/api/v1/users/{user}"] = UserAsync,
        ["/api/v1/keys/{key}"] = KeyAsync,
        ["/api/v1/confirmations/{confirmation}"] = ConfirmationAsync,
        ["/api/v1/provisions/{id}"] = ProvisionAsync,
        ["/api/v1/provisions/{provision}"] = ProvisionAsync,
        ["/api/v1/inquiries/{id}"] = InquiryAsync,
        ["/api/v1/approvals/{approval}"] = ApprovalAsync,
        ["/api/v1/items/{item}"] = ItemAsync,
        // A page names the address that was asked for: ids of one length.
        ["/items/{item}"] = async (hub, organization) => Guid.Parse(await ItemAsync(hub, organization)).ToString("N"),
        // Dissecting takes longer than asking: a mail of nobody, whoever asks. PortalTests ask for one that is there.
        ["/mails/{mail}"] = (_, _) => Task.FromResult(Secrets.NewId()),
        ["/taxii2/{root}"] = (_, organization) => Task.FromResult(organization == Own ? "inbox" : "group-" + organization),
        ["/api/v1/me/sessions/{id}"] = (_, _) => Task.FromResult(Marker),
        // A channel stands for the organisation's group; an event was shared to that group alone.
        ["/misp/feed/{channel}"] = ChannelAsync,
        ["/events/view/{id}"] = EventAsync,
        ["/shadow_attributes/index/{**parameters}"] = (_, _) => Task.FromResult(Marker),
        // What is published is everybody's; nothing is.
        ["/api/v1/reports/{report}"] = (_, _) => Task.FromResult(Marker),
        ["/api/v1/me/passkeys/{passkey}"] = (_, _) => Task.FromResult(Marker),
    };

    /// <summary>Bodies that name an organisation.</summary>
    private static readonly Dictionary<string, Func<string, object>> Named = new(StringComparer.Ordinal)
    {
        ["POST /api/v1/keys"] = organization => new { organization, scopes = new[] { "read" } },
        ["POST /api/v1/users"] = organization => new
        {
            userName = Secrets.NewId(),
            organization,
            roles = new[] { "member-csirt" },
        },
    };

    private static readonly Dictionary<string, object> Bodies = new(StringComparer.Ordinal)
    {
        ["PUT /api/v1/organizations/{organization}/description"] = new { windows = Array.Empty<object>() },
        ["PUT /api/v1/organizations/{organization}/secrets"] = new { words = new[] { Marker } },
        ["PUT /api/v1/users/{user}/roles"] = new { roles = new[] { "member-csirt" } },
        ["PUT /api/v1/organizations/{organization}/zip-passwords"] = new { passwords = new[] { Marker } },
        ["PUT /api/v1/outbox/relay-password"] = new { password = Marker },
        ["PUT /api/v1/users/{user}/address"] = new { address = "somebody@power-a.example" },
        ["POST /api/v1/users/{user}/address/confirmation"] = new { address = "somebody@power-a.example" },
        ["PUT /api/v1/me/address"] = new { address = "somebody@power-a.example" },
        ["POST /api/v1/approvals/{approval}/decision"] = new
        {
            verb = "refuse",
            hash = "",
            words = "no",
        },
        ["POST /api/v1/approvals/{approval}/publication"] = new { answer = "no", hash = "" },
        ["POST /api/v1/items/{item}/sightings"] = new { kind = "seen" },
        ["POST /api/v1/organizations/{organization}/share-addresses"] = new { address = "csirt@power-a.example" },
        ["POST /api/v1/inquiries/{id}/answers"] = new { text = "none" },
        ["POST /api/v1/session"] = new { userName = "nobody", password = "nothing" },
        ["POST /api/v1/invitations"] = new { token = "none", password = "nothing" },
        ["POST /api/v1/setup"] = new { token = "none", administrator = new { userName = "nobody", password = "nothing" } },
    };

    /// <summary>The two organisations, and of each what lists could show.</summary>
    public async Task FillAsync()
    {
        var organizations = hub.Get<Register<Organization>>();
        await hub.Get<HubRecords>()
            .ChangeAsync(
                [],
                organizations.Put(
                    Own,
                    new Organization
                    {
                        Id = Own,
                        NameEn = "Own",
                        Group = GroupOf(Own),
                    }
                ),
                organizations.Put(
                    Other,
                    new Organization
                    {
                        Id = Other,
                        NameEn = Marker,
                        Group = GroupOf(Other),
                        Secrets = [Marker],
                        Windows = [new ContactWindow(Marker)],
                    }
                )
            );
        foreach (var make in _makers.Values)
        {
            await make(hub, Own);
            await make(hub, Other);
        }
    }

    /// <summary>Whether objects of this route are known.</summary>
    public bool Knows(string pattern) => MakerOf(pattern) is not null;

    /// <summary>A fresh object of an organisation.</summary>
    public Task<string> MakeAsync(string pattern, string organization) =>
        MakerOf(pattern) is { } make ? make(hub, organization) : Task.FromResult(Secrets.NewId());

    /// <summary>Whether the body says whose object is meant.</summary>
    public static bool IsNamed(string method, string pattern) => Named.ContainsKey($"{method} {pattern}");

    public static object BodyOf(string method, string pattern, string organization) =>
        Named.TryGetValue($"{method} {pattern}", out var named)
            ? named(organization)
            : Bodies.GetValueOrDefault($"{method} {pattern}", new { });

    private Func<TestHub, string, Task<string>>? MakerOf(string pattern) =>
        _makers
            .Where(one => pattern.Replace(":guid}", "}", StringComparison.Ordinal).StartsWith(one.Key, StringComparison.Ordinal))
            .OrderByDescending(one => one.Key.Length)
            .FirstOrDefault()
            .Value;

    private static string GroupOf(string organization) => organization == Other ? "other-group" : "own-group";

    /// <summary>The group anew: other routes of the matrix write organisations without one.</summary>
    private static async Task<string> ChannelAsync(TestHub hub, string organization)
    {
        var organizations = hub.Get<Register<Organization>>();
        if (organizations.Find(organization) is { } found && found.Value.Group is null)
        {
            await hub.Get<HubRecords>()
                .ChangeAsync([], organizations.Put(organization, found.Value with { Group = GroupOf(organization) }));
        }

        return Channels.Group(GroupOf(organization));
    }

    private static async Task<string> EventAsync(TestHub hub, string organization)
    {
        await ChannelAsync(hub, organization);
        var release = SharedWorld.Release(organization == Other ? 2 : 1, SharedWorld.Group(GroupOf(organization)));
        var item = release.Item with { Id = Guid.NewGuid(), Title = TitleOf(organization) };
        await PutAsync(hub, release with { Item = item }, organization);
        return item.Id.ToString();
    }

    private static async Task<string> UserAsync(TestHub hub, string organization)
    {
        var user = new User
        {
            Id = Secrets.NewId(),
            UserName = Secrets.NewId(),
            DisplayName = organization == Other ? Marker : "own",
            Organization = organization,
            Roles = [Role.MemberCsirt],
            State = UserState.Active,
            CreatedAt = hub.Get<SecurityClock>().Now,
        };
        await hub.Get<Users>().AddAsync(user, "system");
        return user.Id;
    }

    private static async Task<string> KeyAsync(TestHub hub, string organization)
    {
        var (key, _) = await hub.Get<ApiKeys>()
            .AddAsync(
                new ApiKey
                {
                    Id = Secrets.NewId(),
                    Hash = "",
                    Name = organization == Other ? Marker : "own",
                    Organization = organization,
                    Scopes = ["read"],
                    CreatedBy = "system",
                    CreatedAt = hub.Get<SecurityClock>().Now,
                    ExpiresAt = hub.Get<SecurityClock>().Now.AddDays(1),
                }
            );
        return key.Id;
    }

    private static async Task<string> ConfirmationAsync(TestHub hub, string organization)
    {
        var id = $"{organization}.{Secrets.NewId()}";
        var confirmation = new StaffConfirmation
        {
            Id = id,
            Organization = organization,
            FiscalYear = 2026,
            AskedAt = default,
        };
        await hub.Get<HubRecords>().ChangeAsync([], hub.Get<Register<StaffConfirmation>>().Put(id, confirmation));
        return id;
    }

    private static async Task<string> InquiryAsync(TestHub hub, string organization)
    {
        var id = Secrets.NewId();
        var inquiry = new Inquiry
        {
            Kind = InquiryKind.ProviderRequest,
            To = [organization],
            Text = organization == Other ? Marker : "own",
            By = "system",
            At = DateTimeOffset.UnixEpoch,
            Deadline = DateTimeOffset.MaxValue,
        };
        await hub.Get<HubRecords>().ChangeAsync([], hub.Get<Register<Inquiry>>().Put(id, inquiry));
        return id;
    }

    private static async Task<string> ApprovalAsync(TestHub hub, string organization)
    {
        var draft = Secrets.NewId();
        var file = new DraftFile
        {
            Selection = new DraftSelection([], [], null, WithCampaign: false),
            Draft = new ItemDraft
            {
                Kind = ItemKind.Alert,
                Origin = ItemOrigin.Provisions,
                Audience = new Audience { Reach = AudienceReach.AllGroups },
                Marking = Marking(),
                Contact = BothLanguages.Empty,
                Texts = [new DraftPart<DraftText>(new DraftText(TextPlace.Title, TitleOf(organization)), [])],
            },
            By = "system",
        };
        var approval = new Approval
        {
            Draft = draft,
            Organization = organization,
            Provisions = [],
            Mode = ApprovalMode.PerCase,
            State = ApprovalState.Pending,
            Words = TitleOf(organization).En,
        };
        var id = ApprovalBook.IdOf(draft, organization);
        await hub.Get<HubRecords>()
            .ChangeAsync([], hub.Get<Register<DraftFile>>().Put(draft, file), hub.Get<Register<Approval>>().Put(id, approval));
        return id;
    }

    private static async Task<string> ItemAsync(TestHub hub, string organization)
    {
        var item = new SanitisedItem
        {
            Id = Guid.NewGuid(),
            Version = 1,
            Kind = ItemKind.Alert,
            Origin = ItemOrigin.Hub,
            Title = TitleOf(organization),
            Summary = BothLanguages.Empty,
            Countermeasure = BothLanguages.Empty,
            Contact = BothLanguages.Empty,
            Marking = Marking(),
            Audience = new Audience { Reach = AudienceReach.OwnGroup, Groups = [GroupOf(organization)] },
        };
        await PutAsync(
            hub,
            new Release
            {
                Item = item,
                FirstAt = DateTimeOffset.UnixEpoch,
                At = DateTimeOffset.UnixEpoch,
            },
            organization
        );
        return item.Id.ToString();
    }

    private static Task PutAsync(TestHub hub, Release release, string organization) =>
        hub.Get<HubRecords>()
            .ChangeAsync(
                [],
                hub.Get<Register<ReleaseFile>>()
                    .Put(
                        ReleaseBook.IdOf(release.Item.Id, release.Item.Version),
                        new ReleaseFile(
                            release,
                            "none",
                            [],
                            [organization],
                            new Dictionary<string, string>(StringComparer.Ordinal),
                            "system"
                        )
                    )
            );

    private static BothLanguages TitleOf(string organization)
    {
        var word = organization == Other ? Marker : "own";
        return new BothLanguages(word, word);
    }

    private static Marking Marking() =>
        new()
        {
            Tlp = Tlp.Amber,
            Pap = Pap.Amber,
            Redistribution = Redistribution.OwnOrganizationOnly,
            ExpiresAt = DateTimeOffset.UnixEpoch,
        };

    private static async Task<string> ProvisionAsync(TestHub hub, string organization)
    {
        var receipt = await hub.Get<ProvisionIntake>()
            .ReceiveAsync(
                new Giving(
                    Actor.System,
                    new ProvisionHeader
                    {
                        Way = GivingWay.Api,
                        Intake = "member",
                        Organization = organization,
                        GivenBy = "",
                        ReceivedAt = default,
                        Note = organization == Other ? Marker : "own",
                    },
                    [Encoding.ASCII.GetBytes($"Subject: {(organization == Other ? Marker : "own")}\r\n\r\n{Secrets.NewId()}")]
                ),
                TestContext.Current.CancellationToken
            );
        return receipt.Id.ToString();
    }
}
