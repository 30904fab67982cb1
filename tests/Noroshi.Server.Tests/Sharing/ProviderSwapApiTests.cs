using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Noroshi.Hub.Intake;
using Noroshi.Server.Tests.Steps;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Sharing;

/// <summary>
/// Two worlds with the same members and the same clock: in one the attacks meet one organisation of each pair, in the other the other one.
/// Whatever a third member gets, by whatever way, is the same, byte for byte.
/// </summary>
public sealed partial class ProviderSwapApiTests
{
    private const int Pairs = 8;

    private static readonly string[] Place = ["青葉", "若葉", "北野", "南原", "東雲", "西浜", "朝霧", "夕凪"];
    private static readonly string[] Trade = ["電力", "重工", "瓦斯", "化学", "石油", "製作所", "精機"];
    private static readonly string[] Person =
    [
        "佐藤花子",
        "鈴木太郎",
        "高橋一郎",
        "伊藤恵子",
        "渡辺健",
        "山本由美",
        "中村誠一",
        "小林明子",
    ];

    [Fact]
    public async Task No_third_member_can_tell_which_of_two_organisations_gave()
    {
        var pairs = Enumerable.Range(0, Pairs).Select(at => (A: Of(at, 0), B: Of(at, 1))).ToList();
        var one = await SeenAsync(pairs, [.. pairs.Select((pair, at) => at % 2 == 0 ? pair.A : pair.B)]);
        var other = await SeenAsync(pairs, [.. pairs.Select((pair, at) => at % 2 == 0 ? pair.B : pair.A)]);
        one.Count.ShouldBeGreaterThan(Pairs * 10);
        other.Count.ShouldBe(one.Count);
        foreach (var (name, bytes) in one)
        {
            other[name].ShouldBe(bytes, name);
        }
    }

    private static async Task<Dictionary<string, string>> SeenAsync(
        IReadOnlyList<(Victim A, Victim B)> pairs,
        IReadOnlyList<Victim> attacked
    )
    {
        await using var world = await SwapWorld.StartAsync([
            .. pairs.SelectMany(pair => new[] { pair.A.Organization, pair.B.Organization }),
        ]);
        foreach (var (victim, at) in attacked.Select((victim, at) => (victim, at)))
        {
            await world.GiveAsync(victim, Thread(victim, at));
        }

        await world.SettleAsync();
        foreach (var (victim, at) in attacked.Select((victim, at) => (victim, at)))
        {
            world.Pass(TimeSpan.FromMinutes(1));
            object audience = at % 3 == 0 ? new { reach = "own-group", groups = new[] { "power" } } : new { reach = "all-groups" };
            await world.ShareAsync(victim, audience, exchanges: at % 4 != 1);
        }

        world.Pass(TimeSpan.FromHours(1));
        foreach (var victim in attacked.Where((_, at) => at % 6 == 2))
        {
            await world.WithdrawAsync(victim);
        }

        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var reader in SwapWorld.Readers)
        {
            foreach (var view in await world.SeenByAsync(reader))
            {
                seen[Without($"{reader} {seen.Count} {view.Path}")] = Without($"{view.Headers}\n\n{Encoding.UTF8.GetString(view.Body)}");
            }
        }

        seen.Values.Count(text => text.StartsWith("200\n", StringComparison.Ordinal)).ShouldBeGreaterThan(Pairs * 5);
        seen.ShouldContain(one =>
            one.Key.Contains("/taxii2/all", StringComparison.Ordinal) && one.Value.Contains("tanaka", StringComparison.Ordinal)
        );
        seen.ShouldContain(one =>
            one.Key.Contains("/misp/feed/all", StringComparison.Ordinal) && one.Value.Contains("tanaka", StringComparison.Ordinal)
        );
        var notices = await world.NoticesAsync(
            Enumerable.Range(0, Pairs).Sum(at => (at % 3 == 0 ? 1 : SwapWorld.Readers.Length) * (at % 6 == 2 ? 2 : 1))
        );
        foreach (
            var (notice, at) in notices.Select(Encoding.UTF8.GetString).Order(StringComparer.Ordinal).Select((notice, at) => (notice, at))
        )
        {
            seen[string.Create(CultureInfo.InvariantCulture, $"notice {at}")] = notice;
        }

        return seen;
    }

    /// <summary>Without what each request draws anew: its own id, and the seals under the hub's own key.</summary>
    private static string Without(string text) => Seals().Replace(RequestIds().Replace(text, "request"), "${seal}");

    [GeneratedRegex("""(?:"requestId":"[0-9a-f]+")|(?:Request-Id: \S+)""", RegexOptions.IgnoreCase, 1_000)]
    private static partial Regex RequestIds();

    [GeneratedRegex("""(?<seal>next(?:":"|=)[0-9a-f]{16})[0-9a-f]{48}""", RegexOptions.None, 1_000)]
    private static partial Regex Seals();

    private static IReadOnlyList<byte[]> Thread(Victim victim, int at)
    {
        var organization = victim.Organization;
        var persona = (string.Create(CultureInfo.InvariantCulture, $"tanaka.lab{at}@free.example"), "田中");
        var window = (victim.Window, victim.Person);
        var start = new DateTimeOffset(2013, 10, 17, 9, at % 50, 0, TimeSpan.FromHours(9)).AddDays(at);
        var latin = organization.Domains[0].Split('.')[0];
        return
        [
            SwapMails.Letter(
                persona,
                window,
                ($"{organization.NameJa} 製品についての問い合わせ", $"q{at}@free.example", null),
                start,
                victim,
                ($"{organization.NameJa} ご担当者様\n貴社の製品の仕様について教えてください。", null, "")
            ),
            SwapMails.Letter(
                window,
                persona,
                ("Re: 製品についての問い合わせ", $"r{at}@{victim.Host}", $"q{at}@free.example"),
                start.AddMinutes(60),
                victim,
                ($"{organization.NameJa}の{victim.Person}です。資料をお送りください。\n電話 {victim.Phone}", null, "")
            ),
            SwapMails.Letter(
                persona,
                window,
                ($"Re: {victim.Person}様 資料の送付", $"s{at}@free.example", $"r{at}@{victim.Host}"),
                start.AddMinutes(60 + 11 + (at % 5)),
                victim,
                (
                    $"「資料」をお送りします。\nhttp://bad{at}.example/{latin}/view?u={victim.Person}\nhttp://{latin}.bad{at}.example/a",
                    $"{organization.NameJa}_資料.exe",
                    $"X-Mailer: Foxmail 7\r\nList-Id: <{latin}.lists.example>\r\n"
                )
            ),
        ];
    }

    private static Victim Of(int pair, int which)
    {
        var number = (pair * 2) + which;
        var name = $"{Place[number % Place.Length]}{Trade[number / Place.Length % Trade.Length]}";
        var domain = string.Create(CultureInfo.InvariantCulture, $"{(which == 0 ? "aoyama" : "kurokawa")}{pair}-corp.example");
        var network = string.Create(CultureInfo.InvariantCulture, $"203.0.113.{number * 4}");
        return new Victim(
            new Organization
            {
                Id = string.Create(CultureInfo.InvariantCulture, $"{(which == 0 ? "m" : "n")}{pair}"),
                Group = "power",
                NameJa = name + "株式会社",
                Domains = [domain],
                MailHosts = [$"mx{which + 1}.{domain}"],
                Networks = [network + "/30"],
                Windows = [new ContactWindow("inquiry", $"info@{domain}", "お客様窓口")],
                Secrets = [Person[number % Person.Length] + Place[number % 7]],
            },
            Person[number % Person.Length] + Place[number % 7],
            string.Create(CultureInfo.InvariantCulture, $"03-{1_000 + number}-{2_000 + (number * 7)}"),
            network
        );
    }
}
