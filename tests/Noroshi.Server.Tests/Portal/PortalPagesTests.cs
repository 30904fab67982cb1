using System.Globalization;
using System.Net;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Judgement;
using Noroshi.Server.Judgement;
using Noroshi.Server.Pipeline;
using Noroshi.Server.Portal;
using Noroshi.Server.Tests.Hosting;
using Noroshi.Server.Tests.Notices;
using Noroshi.Server.Tests.Steps;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Portal;

/// <summary>Pages of a hub that hostile mails were handed in to.</summary>
public sealed class PortalPagesTests
{
    /// <summary>What a page may be made of.</summary>
    private static readonly HashSet<string> Elements =
    [
        .. (
            "html head meta title link body header a small nav ul li div span bdi form input button main footer p h1 h2 h3 table caption "
            + "thead tbody tr th td section dl dt dd label select option datalist ol strong code details summary aside svg desc defs pattern "
            + "line text g circle rect path polygon"
        ).Split(' '),
    ];

    private static readonly HashSet<string> Attributes =
    [
        .. (
            "lang charset name content rel href type class id tabindex aria-label aria-current hreflang method action accept-charset value "
            + "scope data-label data-hint for role required maxlength autocomplete title list aria-labelledby viewbox width height "
            + "patternunits patterntransform x y x1 x2 y1 y2 cx cy r d points fill font-size text-anchor rx ry transform xmlns"
        ).Split(' '),
    ];

    private static readonly string[] Hostile =
    [
        "<script>alert(1)</script>",
        "\"><script>alert(1)</script>",
        "'><img src=x onerror=alert(1)>",
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)>",
        "<svg><script>alert(1)</script></svg>",
        "</title><script>alert(1)</script>",
        "</style><script>alert(1)</script>",
        "</textarea><script>alert(1)</script>",
        "<iframe src=javascript:alert(1)>",
        "<a href=javascript:alert(1)>x</a>",
        "javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "\" onmouseover=\"alert(1)",
        "' onfocus='alert(1)' autofocus='",
        "` onclick=`alert(1)",
        "<body onload=alert(1)>",
        "<details open ontoggle=alert(1)>",
        "<video><source onerror=alert(1)>",
        "<audio src onerror=alert(1)>",
        "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        "<template><script>alert(1)</script></template>",
        "<base href=//198.51.100.7/>",
        "<meta http-equiv=refresh content=0;url=javascript:alert(1)>",
        "<link rel=stylesheet href=//198.51.100.7/x>",
        "<object data=javascript:alert(1)>",
        "<embed src=javascript:alert(1)>",
        "<form action=javascript:alert(1)><button>x",
        "<input autofocus onfocus=alert(1)>",
        "<select onfocus=alert(1) autofocus>",
        "<marquee onstart=alert(1)>",
        "<style>@import '//198.51.100.7/x'</style>",
        "<div style=background:url(javascript:alert(1))>",
        "<!--><script>alert(1)</script>-->",
        "<![CDATA[<script>alert(1)</script>]]>",
        "<?xml version=1?><script>alert(1)</script>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "&#60;script&#62;alert(1)&#60;/script&#62;",
        "%3Cscript%3Ealert(1)%3C/script%3E",
        "\\u003cscript\\u003ealert(1)",
        "{{constructor.constructor('alert(1)')()}}",
        "${alert(1)}",
        "<x onclick=alert(1)>click",
        "<scr<script>ipt>alert(1)</scr</script>ipt>",
        "<ScRiPt>alert(1)</sCrIpT>",
        "<script/src=//198.51.100.7/x></script>",
        "<svg/onload=alert(1)//",
        "<img/src/onerror=alert(1)>",
        "<a href=\"jav&#x09;ascript:alert(1)\">x</a>",
        "＜script＞alert(1)＜/script＞",
        "</bdi></td></tr></table><script>alert(1)</script>",
    ];

    private static readonly Actor Analyst = new()
    {
        Kind = ActorKind.User,
        Id = "u-analyst",
        Roles = new HashSet<Role> { Role.Analyst },
        SecondFactor = true,
    };

    private static readonly Actor Member = new()
    {
        Kind = ActorKind.User,
        Id = "u-member",
        Organization = "power-a",
        Roles = new HashSet<Role> { Role.MemberCsirt },
    };

    [Fact]
    public async Task Hostile_mails_put_nothing_into_pages_but_text_and_no_link_is_dead()
    {
        Hostile.Length.ShouldBeGreaterThanOrEqualTo(50);
        await using var hub = await Hubs.StartAsync(workers: new InThisProcess());
        await hub.RegisterAsync("power-a");
        var at = 0;
        foreach (var one in Hostile)
        {
            await hub.GiveAsync(($"{one.Replace('/', '_')}.eml", MailOf(one, at++)));
        }

        await hub.SettleAsync();
        await hub.Get<CaseWork>().OpenAsync(Analyst, new CaseOrder(Hostile[1], [hub.Get<HubSituation>().Current.Mails.Keys.First()]));
        foreach (var (actor, least) in new[] { (Analyst, Hostile.Length), (Member, Hostile.Length) })
        {
            using var client = hub.As(actor);
            var seen = await CrawlAsync(client);
            seen.Count(one => one.StartsWith("/mails/", StringComparison.Ordinal) && !one.Contains('?', StringComparison.Ordinal))
                .ShouldBe(least, actor.Id);
        }
    }

    [Fact]
    public async Task A_member_reads_own_mails_and_nobody_elses()
    {
        await using var hub = await Hubs.StartAsync(workers: new InThisProcess());
        await hub.RegisterAsync("power-a");
        await hub.RegisterAsync("water-b");
        await hub.GiveAsync(("a.eml", MailOf("one", 1)));
        await hub.GiveAsync(header => header with { Organization = "water-b" }, ("b.eml", MailOf("two", 2)));
        await hub.SettleAsync();
        using var client = hub.As(Member);
        foreach (var mail in hub.Get<HubSituation>().Current.Mails.Values)
        {
            using var answer = await client.GetAsync(Place.Mail(mail.Key), Hubs.Token);
            answer.StatusCode.ShouldBe(mail.Organization == "power-a" ? HttpStatusCode.OK : HttpStatusCode.NotFound);
        }

        foreach (var path in new[] { "/triage", "/cases", "/campaigns" })
        {
            using var answer = await client.GetAsync(path, Hubs.Token);
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, path);
            answer.Content.Headers.ContentType?.MediaType.ShouldBe("text/html");
        }
    }

    [Fact]
    public async Task What_an_analyst_decides_in_the_list_is_kept_and_can_be_taken_back()
    {
        await using var hub = await Hubs.StartAsync(workers: new InThisProcess());
        await hub.RegisterAsync("power-a");
        await hub.GiveAsync(("a.eml", MailOf("one", 1)));
        await hub.SettleAsync();
        var mail = hub.Get<HubSituation>().Current.Mails.Keys.Single();
        using var client = hub.As(Analyst);
        var verdicts = hub.Get<VerdictWork>();
        (await SendAsync(client, ("mail", mail), ("act", "exclude"), ("as", "Spam"))).ShouldBe(HttpStatusCode.UnprocessableEntity);
        verdicts.Find(mail).ShouldBeNull();
        await SendAsync(client, ("mail", mail), ("act", "exclude"), ("as", "Spam"), ("reason", "広告"));
        verdicts.Find(mail).ShouldNotBeNull().Verdict.ShouldBe(Verdict.Spam);
        await SendAsync(client, ("mail", mail), ("act", "undo"));
        verdicts.Find(mail).ShouldNotBeNull().Verdict.ShouldBe(Verdict.Unknown);
        await SendAsync(client, ("mail", mail), ("act", "case"), ("title", "照会"));
        hub.Get<CaseBook>().All.Single().Value.Mails.ShouldBe([mail]);
        using var member = hub.As(Member);
        (await SendAsync(member, ("mail", mail), ("act", "undo"))).ShouldBe(HttpStatusCode.Forbidden);
    }

    private static async Task<HttpStatusCode> SendAsync(HttpClient client, params (string Name, string Value)[] fields)
    {
        using var content = new FormUrlEncodedContent(fields.Select(one => KeyValuePair.Create(one.Name, one.Value)));
        using var answer = await client.PostAsync("/triage", content, Hubs.Token);
        return answer.StatusCode;
    }

    /// <summary>Follows every link from the first page on; each page in both languages.</summary>
    private static async Task<IReadOnlyCollection<string>> CrawlAsync(HttpClient client)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<string>(["/"]);
        while (open.TryDequeue(out var path))
        {
            if (!seen.Add(path))
            {
                continue;
            }

            using var answer = await client.GetAsync(path, Hubs.Token);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
            if (answer.Content.Headers.ContentType?.MediaType != "text/html")
            {
                continue;
            }

            var page = await CheckAsync(answer, path);
            foreach (var href in page.QuerySelectorAll("a[href],link[href]").Select(one => one.GetAttribute("href") ?? ""))
            {
                // The other language is asked for once: a page offers it on every page.
                if (href.StartsWith('/') && !(href.Contains("lang=", StringComparison.Ordinal) && seen.Count > 40))
                {
                    open.Enqueue(href);
                }
            }
        }

        return seen;
    }

    private static async Task<IDocument> CheckAsync(HttpResponseMessage answer, string path)
    {
        var html = await answer.Content.ReadAsStringAsync(Hubs.Token);
        answer.Headers.GetValues("Content-Security-Policy").ShouldBe([PortalPart.Policy], path);
        var page = await new HtmlParser().ParseDocumentAsync(html, Hubs.Token);
        page.QuerySelectorAll("h1").Length.ShouldBe(1, path);
        page.Title.ShouldNotBeNullOrWhiteSpace(path);
        page.DocumentElement.GetAttribute("lang").ShouldBe(answer.Content.Headers.ContentLanguage.Single(), path);
        foreach (var element in page.All)
        {
            Elements.Contains(element.LocalName).ShouldBeTrue($"{path}: {element.OuterHtml[..Math.Min(200, element.OuterHtml.Length)]}");
            foreach (var attribute in element.Attributes)
            {
                Attributes
                    .Contains(attribute.LocalName.ToLowerInvariant())
                    .ShouldBeTrue($"{path}: {attribute.LocalName}=\"{attribute.Value}\"");
                (attribute.LocalName is not ("href" or "action") || attribute.Value is ['/' or '#', ..] or ['/']).ShouldBeTrue(
                    $"{path}: {attribute.LocalName}=\"{attribute.Value}\""
                );
            }
        }

        return page;
    }

    private static byte[] MailOf(string hostile, int at)
    {
        var line = hostile.ReplaceLineEndings(" ");
        var word = $"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(line))}?=";
        var name = Uri.EscapeDataString(line);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"From: {word} <sender{at}@attacker{at}.example>\r\n")
            .Append("To: info@power-a.example\r\n")
            .Append(CultureInfo.InvariantCulture, $"Subject: {word} {at} {Guid.NewGuid():N}\r\n")
            .Append(CultureInfo.InvariantCulture, $"Message-ID: <{at}.{Guid.NewGuid():N}@attacker{at}.example>\r\n")
            .Append("Date: Tue, 15 Oct 2013 13:02:00 +0900\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n")
            .Append(CultureInfo.InvariantCulture, $"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{line} {Guid.NewGuid():N}\r\n")
            .Append(
                CultureInfo.InvariantCulture,
                $"--b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename*=utf-8''{name}\r\n\r\nx{at}\r\n--b--\r\n"
            );
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
