using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Sharing;
using Noroshi.Server.Notices;
using Noroshi.Server.Notices.Sending;
using Noroshi.Server.Registers;
using Noroshi.Server.Sharing.Delivery;
using Noroshi.Server.Tests.Hosting;
using Noroshi.Server.Tests.Misp;
using Noroshi.Server.Tests.Notices;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Sharing.Delivery;

public sealed class ShareNoticesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_address_of_each_receiver_gets_one_notice_and_nobody_else_does()
    {
        var mails = new KeptMails();
        await using var hub = await StartAsync(mails);
        await AddressAsync(hub, "power-a", "one@power-a.example");
        await AddressAsync(hub, "power-a", "two@power-a.example");
        await AddressAsync(hub, "water-b", "one@water-b.example");

        hub.Releases().Add(SharedWorld.Release(1, SharedWorld.Group("power"), Tlp.Green));
        await SentAsync(mails, 2);
        hub.Releases().Add(SharedWorld.Release(2, SharedWorld.Everyone, Tlp.Green));
        await SentAsync(mails, 5);

        mails.All.Take(2).Select(one => one.To).Order(StringComparer.Ordinal).ShouldBe(["one@power-a.example", "two@power-a.example"]);
        Read(mails.All[0]).Subject.ShouldNotBeNull().ShouldStartWith("[Noroshi][TLP:GREEN][注意喚起] 0000-0001");
    }

    [Fact]
    public async Task Above_GREEN_nothing_leaves_without_a_key_and_with_one_it_is_sealed()
    {
        var mails = new KeptMails();
        await using var hub = await StartAsync(mails);
        await AddressAsync(hub, "power-a", "plain@power-a.example");
        await AddressAsync(hub, "power-a", "sealed@power-a.example", Pem("sealed@power-a.example"));

        hub.Releases().Add(SharedWorld.Release(1, SharedWorld.Group("power")));
        await SentAsync(mails, 2);

        var byAddress = mails.All.ToDictionary(one => one.To, Read, StringComparer.Ordinal);
        byAddress["plain@power-a.example"].TextBody.ShouldNotBeNull().ShouldContain("ポータルで確認してください");
        byAddress["sealed@power-a.example"].Body.ShouldNotBeNull().ContentType.MimeType.ShouldBe("application/pkcs7-mime");
        foreach (var (_, bytes) in mails.All)
        {
            var text = System.Text.Encoding.UTF8.GetString(bytes);
            text.ShouldNotContain("203.0.113");
            text.ShouldNotContain("203[.]0");
            text.ShouldNotContain("題名");
        }
    }

    [Fact]
    public async Task A_later_version_refers_to_the_notice_of_the_earlier_one_and_a_retraction_goes_to_all_who_got_any()
    {
        var mails = new KeptMails();
        await using var hub = await StartAsync(mails);
        await AddressAsync(hub, "power-a", "one@power-a.example");
        await AddressAsync(hub, "water-b", "one@water-b.example");
        hub.Releases().Add(SharedWorld.Release(1, SharedWorld.Everyone, Tlp.Green));
        await SentAsync(mails, 2);

        hub.Releases().Add(SharedWorld.Release(1, SharedWorld.Group("power"), Tlp.Green, version: 2));
        await SentAsync(mails, 3);
        hub.Releases().Add(SharedWorld.Release(1, SharedWorld.Group("power"), Tlp.Green, version: 3, retracted: true));
        await SentAsync(mails, 5);

        var power = mails.All.Where(one => one.To == "one@power-a.example").Select(Read).ToList();
        power[1].References.ToList().ShouldBe(new List<string> { power[0].MessageId ?? "" });
        power[2].References.ToList().ShouldBe(new List<string> { power[0].MessageId ?? "", power[1].MessageId ?? "" });
        Read(mails.All.Last(one => one.To == "one@water-b.example")).Subject.ShouldNotBeNull().ShouldContain("撤回");
    }

    [Fact]
    public async Task After_a_restart_nothing_is_announced_twice_and_what_was_not_is()
    {
        var folder = Directory.CreateTempSubdirectory("noroshi-shares-").FullName;
        try
        {
            var first = new KeptMails();
            var release = SharedWorld.Release(1, SharedWorld.Everyone, Tlp.Green);
            await using (var hub = await StartAsync(first, folder))
            {
                await AddressAsync(hub, "power-a", "one@power-a.example");
                hub.Releases().Add(release);
                await SentAsync(first, 1);
            }

            var second = new KeptMails();
            await using (var hub = await StartAsync(second, folder))
            {
                hub.Releases().Add(release);
                hub.Releases().Add(SharedWorld.Release(2, SharedWorld.Everyone, Tlp.Green));
                await SentAsync(second, 1);
                await Task.Delay(1_200, Cancellation);
            }

            Read(second.All.ShouldHaveSingleItem()).Subject.ShouldNotBeNull().ShouldContain("0000-0002");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task An_organisation_keeps_its_addresses_and_a_key_that_is_not_good_is_refused_with_the_reason()
    {
        await using var hub = await StartAsync(new KeptMails());
        using var admin = hub.As(Admin("power-a"));
        using var other = hub.As(Admin("water-b"));
        const string path = "/api/v1/organizations/power-a/share-addresses";

        var good = await admin.PostAsJsonAsync(path, new { address = "a@power-a.example", key = Pem("a@power-a.example") }, Cancellation);
        var wrong = await admin.PostAsJsonAsync(path, new { address = "a@power-a.example", key = Pem("b@power-a.example") }, Cancellation);
        var crossing = await other.PostAsJsonAsync(path, new { address = "a@water-b.example" }, Cancellation);

        good.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await admin.GetStringAsync(path, Cancellation)).ShouldContain("\"key\":\"good\"");
        wrong.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await wrong.Content.ReadAsStringAsync(Cancellation)).ShouldContain("別のメールアドレスのものです");
        crossing.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_table_and_the_lists_hold_what_the_reader_has()
    {
        await using var hub = await StartAsync(new KeptMails());
        hub.Releases().Add(SharedWorld.Release(1, SharedWorld.Group("power")));
        hub.Releases().Add(SharedWorld.Release(2, SharedWorld.Group("water")));
        hub.Releases().Add(SharedWorld.Release(3, SharedWorld.Everyone));
        hub.Releases().Add(SharedWorld.Release(3, SharedWorld.Everyone, version: 2, retracted: true));
        using var power = await hub.MispAsync("power-a");
        power.DefaultRequestHeaders.Remove("Authorization");
        power.DefaultRequestHeaders.Add("Authorization", $"Bearer {await hub.KeyAsync("power-a")}");

        var table = await power.GetStringAsync("/api/v1/shares/indicators.csv?lang=en", Cancellation);
        var list = await power.GetStringAsync("/api/v1/shares/block-lists/ip.txt", Cancellation);

        table.ShouldContain("203.0.113.1");
        table.ShouldNotContain("203.0.113.2");
        table.ShouldContain("retracted");
        list.Split('\n').Where(line => line.Length > 0 && line[0] != '#').ShouldBe(["203.0.113.1"]);
        (await power.GetAsync("/api/v1/shares/block-lists/subject.txt", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    internal static Task<TestHub> StartAsync(KeptMails mails, string? folder = null, DeliveryOptions? shares = null) =>
        SharedWorld.StartAsync(
            services =>
            {
                services.AddSingleton<IMailRelay>(mails);
                services.AddSingleton(new NoticeOptions { From = "hub@noroshi.example", Relay = "relay.example" });
                services.AddSingleton(shares ?? new DeliveryOptions());
            },
            folder: folder
        );

    internal static async Task UntilAsync(Func<bool> done)
    {
        for (var round = 0; !done(); round++)
        {
            round.ShouldBeLessThan(600, "it did not happen");
            await Task.Delay(50, Cancellation);
        }
    }

    private static Task SentAsync(KeptMails mails, int count) => UntilAsync(() => mails.All.Count >= count);

    private static Actor Admin(string organization) =>
        new()
        {
            Kind = ActorKind.User,
            Id = "admin-" + organization,
            Organization = organization,
            Roles = new HashSet<Role> { Role.OrganizationAdmin },
            SecondFactor = true,
        };

    private static async Task AddressAsync(TestHub hub, string organization, string address, string? key = null)
    {
        var id = Guid.NewGuid().ToString("N");
        var made = new ShareAddress
        {
            Id = id,
            Organization = organization,
            Address = address,
            Key = key,
        };
        await hub.Get<HubRecords>().ChangeAsync([], hub.Get<Register<ShareAddress>>().Put(id, made));
    }

    private static MimeMessage Read((string To, byte[] Bytes) mail) => MimeMessage.Load(new MemoryStream(mail.Bytes));

    private static string Pem(string address)
    {
        using var key = RSA.Create(2_048);
        var request = new CertificateRequest("CN=CSIRT", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddEmailAddress(address);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddYears(-1), now.AddYears(1));
        return certificate.ExportCertificatePem();
    }
}
