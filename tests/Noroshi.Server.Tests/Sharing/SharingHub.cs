using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Intake;
using Noroshi.Server.Intake;
using Noroshi.Server.Pipeline;
using Noroshi.Server.Registers;
using Noroshi.Server.Tests.Hosting;
using Noroshi.Server.Tests.Notices;
using Noroshi.Server.Tests.Steps;
using Shouldly;

namespace Noroshi.Server.Tests.Sharing;

/// <summary>A hub with four members of one group and one of another, two of which met the same attacker.</summary>
internal sealed class SharingHub(TestHub hub) : IAsyncDisposable
{
    public static readonly string[] Names = ["青葉電力", "若葉電力", "朝霧電力", "夕凪電力", "北野瓦斯"];
    private static readonly string[] Ids = ["aoba", "wakaba", "asagiri", "yunagi", "kitano"];

    public TestHub Hub => hub;

    /// <summary>Starts it, with the attack on the first two members.</summary>
    public static async Task<SharingHub> StartAsync(params IReadOnlyList<string> attacked)
    {
        var hub = new SharingHub(await Hubs.StartAsync(workers: new InThisProcess()));
        var organizations = hub.Hub.Get<Register<Organization>>();
        await hub
            .Hub.Get<HubRecords>()
            .ChangeAsync(
                [],
                [
                    hub.Hub.Get<Register<IndustryGroup>>().Put("power", new IndustryGroup("power", "電力業界", "Electric power")),
                    hub.Hub.Get<Register<IndustryGroup>>().Put("gas", new IndustryGroup("gas", "ガス業界", "Gas")),
                    .. Ids.Select((id, at) => organizations.Put(id, Of(id, Names[at]))),
                ]
            );
        foreach (var id in attacked)
        {
            await hub.AttackAsync(id);
        }

        return hub;
    }

    public static Organization Of(string id, string name) =>
        new()
        {
            Id = id,
            Group = id == "kitano" ? "gas" : "power",
            NameJa = name + "株式会社",
            Domains = [$"{id}-corp.example"],
            MailHosts = [$"mx.{id}-corp.example"],
            Windows = [new ContactWindow("inquiry", $"info@{id}-corp.example", "お客様窓口")],
            Secrets = [$"担当者{id}太郎"],
        };

    public HttpClient Analyst() => hub.As(AnalystActor());

    public static Actor AnalystActor() =>
        new()
        {
            Kind = ActorKind.User,
            Id = "u-analyst",
            Roles = new HashSet<Role> { Role.Analyst },
            SecondFactor = true,
        };

    public HttpClient Member(string organization, string user = "u-approver") =>
        hub.As(
            new Actor
            {
                Kind = ActorKind.User,
                Id = $"{user}-{organization}",
                Organization = organization,
                Roles = new HashSet<Role> { Role.MemberCsirt },
                SecondFactor = true,
            }
        );

    /// <summary>The exchange of an organisation.</summary>
    public string ConversationOf(string organization) =>
        hub.Get<HubSituation>().Current.Conversations.Single(one => one.Organization == organization).Id;

    public static async Task<JsonElement> SendAsync(
        HttpClient client,
        string path,
        object? body,
        HttpStatusCode expected = HttpStatusCode.OK
    )
    {
        using var content = new StringContent(body is null ? "" : JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(path, content, Hubs.Token);
        var text = await answer.Content.ReadAsStringAsync(Hubs.Token);
        answer.StatusCode.ShouldBe(expected, text);
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    public static async Task<JsonElement> GetAsync(HttpClient client, string path, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var answer = await client.GetAsync(path, Hubs.Token);
        var text = await answer.Content.ReadAsStringAsync(Hubs.Token);
        answer.StatusCode.ShouldBe(expected, text);
        return expected == HttpStatusCode.OK ? JsonDocument.Parse(text).RootElement : default;
    }

    /// <summary>A reviewed draft over the exchanges of organisations.</summary>
    public async Task<(string Id, long Version)> DraftAsync(
        HttpClient analyst,
        object? audience = null,
        params IReadOnlyList<string> organizations
    )
    {
        var made = await SendAsync(
            analyst,
            "/api/v1/drafts",
            new
            {
                kind = "case",
                conversations = organizations.Select(ConversationOf).ToArray(),
                audience = audience ?? new { reach = "all-groups" },
                marking = Marking(),
            },
            HttpStatusCode.Created
        );
        var id = made.GetProperty("id").GetString() ?? "";
        made = await SendAsync(analyst, $"/api/v1/drafts/{id}/review", new { version = made.GetProperty("version").GetInt64() });
        return (id, made.GetProperty("version").GetInt64());
    }

    public static object Marking() =>
        new
        {
            tlp = "amber",
            pap = "amber",
            redistribution = new { groupCompanies = true, contractors = false },
            expiresAt = "2099-03-31T00:00:00+09:00",
        };

    /// <summary>The provider of a draft is asked, and its approver decides.</summary>
    public async Task DecideAsync(string draft, string organization, string verb = "approve", string? words = null)
    {
        using var member = Member(organization);
        var view = await GetAsync(member, $"/api/v1/approvals/{draft}.{organization}");
        await SendAsync(
            member,
            $"/api/v1/approvals/{draft}.{organization}/decision",
            new
            {
                verb,
                hash = view.GetProperty("hash").GetString(),
                words,
            },
            HttpStatusCode.NoContent
        );
    }

    /// <summary>The provision of an organisation that was attacked.</summary>
    public string ProvisionOf(string organization) => _provisions[organization];

    /// <summary>An item as a member reads it.</summary>
    public async Task<JsonElement> ItemAsync(string organization, Guid item)
    {
        using var reader = Member(organization);
        return await GetAsync(reader, $"/api/v1/items/{item}/json");
    }

    /// <summary>Everything that a reader gets by any way, one text.</summary>
    public static async Task<string> EverythingAsync(HttpClient reader)
    {
        var all = new StringBuilder();
        foreach (var answer in await ReaderViews.OfAsync(reader))
        {
            all.Append(answer.Path).Append('\n').Append(answer.Headers).Append('\n').Append(answer.Decoded()).Append('\n');
        }

        return all.ToString();
    }

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    private readonly Dictionary<string, string> _provisions = new(StringComparer.Ordinal);

    private async Task AttackAsync(string id)
    {
        var organization = Of(id, Names[Array.IndexOf(Ids, id)]);
        var window = organization.Windows[0].Address ?? "";
        var number = Array.IndexOf(Ids, id);
        var start = new DateTimeOffset(2013, 10, 17, 9, 5 + number, 0, TimeSpan.FromHours(9));
        byte[][] mails =
        [
            Letter(
                ("tanaka.lab@free.example", "田中"),
                window,
                ("製品についての問い合わせ", $"q{number}@free.example", null),
                start,
                organization,
                "貴社の製品の仕様について教えてください。",
                null
            ),
            Letter(
                (window, organization.NameJa ?? ""),
                "tanaka.lab@free.example",
                ("Re: 製品についての問い合わせ", $"r{number}@mx.{id}-corp.example", $"q{number}@free.example"),
                start.AddMinutes(60),
                organization,
                $"{organization.NameJa}の担当者{id}太郎です。詳しい資料をお送りください。",
                null
            ),
            Letter(
                ("tanaka.lab@free.example", "田中"),
                window,
                ($"Re: {organization.NameJa}様 資料の送付", $"s{number}@free.example", $"r{number}@mx.{id}-corp.example"),
                start.AddMinutes(73),
                organization,
                "「資料」をお送りします。ご確認ください。",
                $"{organization.NameJa}_資料.exe"
            ),
        ];
        var receipt = await hub.Get<ProvisionIntake>()
            .ReceiveAsync(
                new Giving(
                    new Actor
                    {
                        Kind = ActorKind.User,
                        Id = $"u-submitter-{id}",
                        Organization = id,
                        Roles = new HashSet<Role> { Role.MemberCsirt },
                    },
                    new ProvisionHeader
                    {
                        Way = GivingWay.Api,
                        Intake = "member",
                        Organization = id,
                        Window = "inquiry",
                        GivenBy = "",
                        ReceivedAt = default,
                        Items = [.. mails.Select((_, at) => new ProvisionItem(string.Create(CultureInfo.InvariantCulture, $"{at}.eml")))],
                    },
                    [.. mails.Select(mail => (ReadOnlyMemory<byte>)mail)]
                ),
                Hubs.Token
            );
        _provisions[id] = receipt.Id.ToString();
        await hub.SettleAsync();
    }

    private static byte[] Letter(
        (string Address, string Name) from,
        string to,
        (string Subject, string Id, string? Answers) headers,
        DateTimeOffset at,
        Organization organization,
        string text,
        string? file
    )
    {
        var time = at.ToString("ddd, dd MMM yyyy HH:mm:ss zz00", CultureInfo.InvariantCulture);
        var mail = new StringBuilder();
        if (from.Address.EndsWith("free.example", StringComparison.Ordinal))
        {
            mail.Append(
                CultureInfo.InvariantCulture,
                $"Received: from out.free.example ([198.51.100.5]) by {organization.MailHosts[0]} with ESMTP for <{to}>; {time}\r\n"
            );
        }

        mail.Append(
            CultureInfo.InvariantCulture,
            $"From: {Word(from.Name)} <{from.Address}>\r\nTo: <{to}>\r\nSubject: {Word(headers.Subject)}\r\n"
        );
        mail.Append(CultureInfo.InvariantCulture, $"Message-ID: <{headers.Id}>\r\nDate: {time}\r\n");
        if (headers.Answers is { } answers)
        {
            mail.Append(CultureInfo.InvariantCulture, $"In-Reply-To: <{answers}>\r\nReferences: <{answers}>\r\n");
        }

        mail.Append(
                "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n"
            )
            .Append("Content-Transfer-Encoding: base64\r\n\r\n")
            .Append(Convert.ToBase64String(Encoding.UTF8.GetBytes(text)))
            .Append("\r\n");
        if (file is not null)
        {
            // An executable by its first bytes: harmless, it has no code.
            var program = new byte[256];
            "MZ"u8.CopyTo(program);
            program[0x3C] = 0x80;
            "PE\0\0"u8.CopyTo(program.AsSpan(0x80));
            mail.Append("--b\r\nContent-Type: application/octet-stream\r\n")
                .Append(CultureInfo.InvariantCulture, $"Content-Disposition: attachment; filename*=utf-8''{Uri.EscapeDataString(file)}\r\n")
                .Append("Content-Transfer-Encoding: base64\r\n\r\n")
                .Append(Convert.ToBase64String(program))
                .Append("\r\n");
        }

        return Encoding.ASCII.GetBytes(mail.Append("--b--\r\n").ToString());
    }

    private static string Word(string text) => $"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}?=";
}
