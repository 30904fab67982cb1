using System.Globalization;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Sharing.Gate;
using Noroshi.Server.Tests.Steps;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Sharing;

/// <summary>
/// An organisation of which every name is unique gives many mails full of them, also where nobody would think of it. Whatever all others get,
/// decoded in every way that the gate knows, holds none.
/// </summary>
public sealed class CanaryTests
{
    private const int Most = 20;

    /// <summary>In the dictionary that the organisation gave.</summary>
    private static readonly string[] Given =
    [
        "金糸雀重工業",
        "KanariaJuko",
        "kanaria-juko.example",
        "カナリヤ計画",
        "鳥籠小夜子",
        "torikago.sayoko",
        "045-998-7701",
        "192.0.2.200",
        "横浜市金糸雀区鳥籠町1-2-3",
    ];

    /// <summary>Told to nobody: they stand where nothing is carried over from.</summary>
    private static readonly string[] Untold =
    [
        "止り木次郎",
        "tomarigi-desk",
        "FX-9912-KAGO",
        "torigoya.internal-host",
        "餌箱システム",
        "zz-lot-48812-mdlq",
    ];

    [Fact]
    public async Task Nothing_that_others_get_names_the_canary()
    {
        // NOROSHI_CANARY_MAILS makes the run longer by hand.
        var mails = int.TryParse(Environment.GetEnvironmentVariable("NOROSHI_CANARY_MAILS"), CultureInfo.InvariantCulture, out var more)
            ? more
            : Most;
        var canary = Canary();
        await using var world = await SwapWorld.StartAsync([
            canary.Organization,
            .. new[] { "m1", "m2", "m3" }.Select(id => new Organization { Id = id, Group = "power" }),
        ]);
        for (var from = 0; from < mails; from += 50)
        {
            await world.GiveAsync(canary, [.. Enumerable.Range(from, Math.Min(50, mails - from)).Select(at => Mail(canary, at))]);
        }

        await world.SettleAsync();
        await world.ShareAsync(canary, new { reach = "own-group", groups = new[] { "power" } }, exchanges: false);
        await world.ShareAsync(canary, new { reach = "all-groups" });
        var gate = new LeakGate([
            .. Given.Concat(Untold).Select(word => new IdentityTerm("canary", IdentityKind.Word, word)),
            new IdentityTerm("canary", IdentityKind.Network, "192.0.2.200"),
        ]);
        var views = new List<ReaderView>();
        foreach (var reader in SwapWorld.Readers.Append("m1"))
        {
            views.AddRange(await world.SeenByAsync(reader));
        }

        views.AddRange((await world.NoticesAsync(3)).Select(notice => new ReaderView("notice", "message/rfc822", notice)));
        views.Count(view => view.Decoded().Contains("attacker-7@free.example", StringComparison.Ordinal)).ShouldBeGreaterThan(10);
        foreach (var view in views.DistinctBy(view => Convert.ToHexString(view.Body), StringComparer.Ordinal))
        {
            foreach (var text in new[] { view.Path, view.Headers, view.Decoded() })
            {
                foreach (var word in Given.Concat(Untold))
                {
                    text.Contains(word, StringComparison.OrdinalIgnoreCase).ShouldBeFalse($"{word} in {view.Path}");
                }
            }

            gate.Inspect(view.Body).Hits.ShouldBeEmpty(view.Path);
        }
    }

    private static Victim Canary() =>
        new(
            new Organization
            {
                Id = "canary-bird",
                Group = "power",
                NameJa = "金糸雀重工業株式会社",
                NameEn = "KanariaJuko Heavy Industries",
                Domains = ["kanaria-juko.example"],
                MailHosts = ["mx1.kanaria-juko.example"],
                Networks = ["192.0.2.200/30"],
                Windows = [new ContactWindow("inquiry", "torikago.sayoko@kanaria-juko.example", "金糸雀お客様窓口")],
                Secrets = [.. Given],
            },
            "鳥籠小夜子",
            "045-998-7701",
            "192.0.2.200"
        );

    private static byte[] Mail(Victim canary, int at)
    {
        var word = Given[at % Given.Length];
        var untold = Untold[at % Untold.Length];
        var start = new DateTimeOffset(2013, 10, 1, 9, 0, 0, TimeSpan.FromHours(9)).AddMinutes(at * 17);
        var attacker = (string.Create(CultureInfo.InvariantCulture, $"attacker-{at % 20}@free.example"), at % 3 == 0 ? word : "田中");
        var subject = (at % 4) switch
        {
            0 => $"{word} の件",
            1 => $"Re: [{word}] お見積り {at}",
            2 => $"FW: ｋａｎａｒｉａ－ｊｕｋｏ 様 {at}",
            _ => $"資料の送付 {at}",
        };
        return SwapMails.Letter(
            attacker,
            (canary.Window, untold),
            (subject, string.Create(CultureInfo.InvariantCulture, $"c{at}@free.example"), $"{untold.Length}.{at}@{canary.Host}"),
            start,
            canary,
            (
                $"{untold} 様\n{word} の件でご連絡しました。\nhttp://bad{at % 7}.example/{Uri.EscapeDataString(word)}/x?id={Uri.EscapeDataString(untold)}\n"
                    + $"http://track.bad.example/{Convert.ToHexStringLower(System.Text.Encoding.UTF8.GetBytes(word + at))}/a\n> {untold}\n-- \n{untold}\n{canary.Phone}",
                at % 2 == 0 ? $"{word}_資料\u202Ecod.exe" : null,
                $"X-Original-To: {untold}@kanaria-juko.example\r\nX-Internal-Ref: {(untold.All(char.IsAscii) ? untold : "zz-lot-48812-mdlq")}\r\n"
                    + $"List-Id: <all.kanaria-juko.example>\r\nX-Mailer: Foxmail {at % 5}\r\n"
                    + "Authentication-Results: mx1.kanaria-juko.example; spf=pass smtp.mailfrom=free.example; dkim=pass header.i=@kanaria-juko.example\r\n"
            )
        );
    }
}
